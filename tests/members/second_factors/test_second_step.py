"""What stands between a password and the log-in."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from members.models import Account, Authenticator, CodeCard, FailedTry
from members.policy import Role
from members.services import code_cards, second_steps, slips
from tests.factories import (
    NOON,
    AuthenticatorFactory,
    CodeCardFactory,
    MemberFactory,
    PostFactory,
)
from tests.members.keepers import keeper_of
from tests.members.second_factors.steps import (
    APP,
    APP_REMOVE,
    CARD,
    FACTORS,
    FIRST,
    LOGIN,
    ROLL,
    SECOND,
    STEP,
    THIRD,
    actions,
    is_in,
    show_code,
    show_password,
)

pytestmark = pytest.mark.django_db


def test_the_password_alone_lets_nobody_in_who_has_a_card(client, secretary):
    CodeCardFactory(account=secretary)

    asked = show_password(client, next=ROLL)

    assert (asked.url, is_in(client)) == (STEP, False)
    assert client.get(ROLL).status_code == 302
    done = show_code(client, "1111 1111")
    assert (done.url, is_in(client)) == (ROLL, True)


def test_a_code_of_the_card_counts_once_and_in_any_order(client, secretary):
    CodeCardFactory(account=secretary)
    for code, comes_in in ((SECOND, True), (SECOND, False), (FIRST, True)):
        client.logout()
        show_password(client)
        show_code(client, code)
        assert is_in(client) is comes_in

    assert CodeCard.objects.get().codes == THIRD


def test_the_codes_lie_sealed(secretary):
    card = CodeCardFactory(account=secretary)
    AuthenticatorFactory(account=secretary)

    with connection.cursor() as cursor:
        cursor.execute("SELECT codes FROM members_codecard")
        (codes,) = cursor.fetchone()
        cursor.execute("SELECT seed FROM members_authenticator")
        (seed,) = cursor.fetchone()
    assert FIRST not in codes
    assert not seed.startswith("JBSW")
    assert CodeCard.objects.get(pk=card.pk).left == 3


def test_six_failures_of_both_steps_lock_the_name(client, secretary, clock):
    CodeCardFactory(account=secretary)
    for _ in range(6):
        show_password(client)  # is right each time, and forgives nothing
        show_code(client, "00000000")

    locked = show_code(client, FIRST)
    at_the_door = show_password(client)

    assert (locked.status_code, is_in(client)) == (422, False)
    assert at_the_door.status_code == 200
    assert actions().count("accounts.locked_out") == 1
    assert actions().count("accounts.second_step_refused") == 6
    clock.shift(timedelta(minutes=15))
    show_password(client)
    show_code(client, FIRST)
    assert (is_in(client), FailedTry.objects.exists()) == (True, False)


def test_every_wrong_code_is_refused_in_one_sentence(client, secretary):
    CodeCardFactory(account=secretary)
    AuthenticatorFactory(account=secretary, last_step=10**12)
    show_password(client)

    told = {
        str(show_code(client, code).context["form"].errors)
        for code in ("00000000", "000000", "x", "1" * 9)
    }

    assert len(told) == 1


def test_the_step_is_taken_within_ten_minutes_and_by_a_password_that_counts(
    client, secretary, clock
):
    CodeCardFactory(account=secretary)
    show_password(client)
    clock.shift(second_steps.VALID)
    assert show_code(client, FIRST).url == LOGIN

    show_password(client)
    secretary.set_password("another one of these")
    secretary.save()
    assert show_code(client, FIRST).url == LOGIN
    assert client.get(STEP).url == LOGIN


def test_whoever_is_disabled_between_the_steps_stays_out(client, secretary):
    CodeCardFactory(account=secretary)
    show_password(client)
    secretary.is_active = False
    secretary.save()

    assert show_code(client, FIRST).url == LOGIN


def test_a_session_gets_a_new_key_at_each_step(client, secretary):
    CodeCardFactory(account=secretary)
    client.get(LOGIN)
    show_password(client)
    between = client.session.session_key
    show_code(client, FIRST)

    assert client.session.session_key != between


def test_a_slip_does_not_skip_the_second_step(client, district):
    cell = district["1"]
    member = MemberFactory(full_name="Nguyễn Văn An", cell=cell)
    PostFactory(member=member, unit=cell, role=Role.DEPUTY_SECRETARY)
    keeper = keeper_of(cell)
    (slip,) = slips.print_slips(members=[member], actor=keeper, now=NOON)
    account = Account.objects.get(member=member)
    (card,) = code_cards.print_cards(accounts=[account], actor=keeper, now=NOON)
    typed = {"login": slip.login, "code": slip.code}
    chosen = dict.fromkeys(("password", "again"), "hoa sen nở bên hồ")

    started = client.post(reverse("members:start"), typed | chosen)

    assert (started.url, is_in(client)) == (STEP, False)
    done = show_code(client, card.codes[0])
    assert (done.url, is_in(client)) == (reverse("members:own_record"), True)


def test_the_last_codes_are_told_and_the_last_leads_to_a_new_card(client, secretary):
    CodeCardFactory(account=secretary)
    for code in (FIRST, SECOND):
        client.logout()
        show_password(client, next=ROLL)
        assert show_code(client, code).url == ROLL
        assert "notice-warning" in client.get(ROLL).text

    client.logout()
    show_password(client)
    done = show_code(client, THIRD)

    assert done.url.startswith(FACTORS)
    assert client.get(ROLL).url == FACTORS
    client.post(CARD)
    assert client.get(ROLL).status_code == 200


@pytest.mark.parametrize("address", [CARD, APP, APP_REMOVE])
def test_an_old_session_asks_for_the_password_again(client, secretary, clock, address):
    show_password(client)
    assert "old" not in client.get(address).context["form"].fields
    clock.shift(timedelta(minutes=5))

    assert "old" in client.get(address).context["form"].fields
    assert client.post(address, {"old": "x", "code": "1"}).status_code == 422
    assert not CodeCard.objects.exists()


def test_a_change_of_the_key_locks_nobody_out(settings, secretary):
    CodeCardFactory(account=secretary)
    AuthenticatorFactory(account=secretary)
    old = settings.FIELD_KEYS[0]
    settings.FIELD_KEYS = ["a new key " * 6, old]

    call_command("reseal")
    settings.FIELD_KEYS = ["a new key " * 6]

    assert code_cards.use_code(account=secretary, code=FIRST, now=NOON)
    assert Authenticator.objects.get().seed.startswith("JBSW")
