import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from members.models import (
    Account,
    AccountSession,
    Authenticator,
    CodeCard,
    Event,
    FailedTry,
    Post,
)
from members.policy import Role
from members.services import authenticators, code_cards, second_steps, slips
from tests.factories import (
    NOON,
    OPENED,
    PASSWORD,
    AccountFactory,
    AuthenticatorFactory,
    CodeCardFactory,
    MemberFactory,
    PostFactory,
)
from tests.members.keepers import keeper_of
from tests.one_time_codes import shown_by_app

pytestmark = pytest.mark.django_db

LOGIN = reverse("members:login")
STEP = reverse("members:second_step")
FACTORS = reverse("members:second_factor_list")
CARD = reverse("members:card_print")
APP = reverse("members:authenticator_add")
APP_REMOVE = reverse("members:authenticator_remove")
SLIPS = reverse("members:slip_list")
HOME = reverse("home")
ROLL = reverse("members:member_list")
FIRST, SECOND, THIRD = "11111111", "22222222", "33333333"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def secretary():
    """A secretary from noon on, whose log-in is "yen"."""
    account = AccountFactory(login="yen", created_at=NOON)
    PostFactory(account=account, role=Role.SECRETARY, from_on=NOON.date())
    return account


def show_password(client, login="yen", **fields):
    typed = {"username": login, "password": PASSWORD, **fields}
    return client.post(LOGIN, typed)


def show_code(client, code):
    return client.post(STEP, {"code": code})


def is_in(client):
    return "_auth_user_id" in client.session


def code_of(account, *, later=0):
    seed = Authenticator.objects.get(account=account).seed
    return shown_by_app(seed, at=NOON + timedelta(seconds=later))


def actions():
    return list(Event.objects.order_by("pk").values_list("action", flat=True))


# ---- The second step ------------------------------------------------------


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


def test_a_code_of_the_app_counts_once(client, secretary):
    AuthenticatorFactory(account=secretary)
    code = code_of(secretary)
    show_password(client)
    show_code(client, f"{code[:3]} {code[3:]}")
    assert is_in(client)

    client.logout()
    show_password(client)
    replayed = show_code(client, code)

    assert (replayed.status_code, is_in(client)) == (422, False)


@pytest.mark.parametrize(
    ("seconds", "fits"), [(-1, False), (0, True), (29, True), (30, False)]
)
def test_a_code_of_the_app_lives_thirty_seconds(secretary, seconds, fits):
    app = AuthenticatorFactory(account=secretary)
    code = code_of(secretary)
    at = NOON + timedelta(seconds=seconds)

    assert authenticators.use_code(account=app.account, code=code, now=at) is fits


def test_the_step_before_the_last_code_counts_no_more(secretary):
    AuthenticatorFactory(account=secretary)
    late, early = code_of(secretary, later=30), code_of(secretary)
    after = NOON + timedelta(seconds=30)

    assert authenticators.use_code(account=secretary, code=late, now=after)
    assert not authenticators.use_code(account=secretary, code=early, now=NOON)


def test_rfc_6238_says_the_same():
    seed = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    at = NOON.fromtimestamp(1111111109, tz=NOON.tzinfo)

    assert authenticators.step_of(seed, "081804", now=at) == 37037036
    assert authenticators.step_of(seed, "081805", now=at) is None


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


# ---- Who has to choose ----------------------------------------------------


def test_a_plain_member_needs_none(client):
    AccountFactory(login="an", member=MemberFactory())

    assert show_password(client, "an").url == HOME


def test_a_post_that_opens_nothing_needs_none(client):
    PostFactory(account=AccountFactory(login="an"), role=Role.OUTSIDE)

    assert show_password(client, "an").url == HOME


def test_a_new_holder_is_led_to_the_choice_and_may_put_it_off(client, secretary, clock):
    led = show_password(client, next=ROLL)
    page = client.get(led.url)

    assert led.url == f"{FACTORS}?next=%2Fmembers%2F"
    assert f'href="{ROLL}"' in page.text
    assert page.context["last_day"] == date(2024, 12, 15)
    assert client.get(ROLL).status_code == 200
    clock.shift(14 * DAY)
    client.logout()
    show_password(client)
    assert client.get(ROLL).status_code == 200


def test_after_the_grace_nothing_opens_before_the_choice(client, secretary, clock):
    clock.shift(15 * DAY)
    show_password(client)

    assert client.get(ROLL).url == FACTORS
    assert client.post(reverse("members:session_end_others")).url == FACTORS
    assert client.get(FACTORS).status_code == 200
    assert client.get(reverse("health")).status_code == 200
    sheet = client.post(CARD)
    assert "code-card" in sheet.text
    assert client.get(ROLL).status_code == 200
    client.logout()
    assert show_password(client).url == STEP


def test_the_grace_begins_with_the_account_where_the_post_is_older(client, clock):
    account = AccountFactory(login="yen", created_at=NOON)
    Post.objects.all().delete()
    PostFactory(account=account, from_on=OPENED)

    show_password(client)

    assert client.get(FACTORS).context["last_day"] == date(2024, 12, 15)


def test_the_grace_is_a_setting(client, secretary, settings):
    settings.SECOND_FACTOR_GRACE_DAYS = 90
    show_password(client)

    assert client.get(FACTORS).context["last_day"] == date(2025, 3, 1)


def test_a_demonstration_asks_for_nothing(client, secretary, settings, clock):
    settings.SECOND_FACTOR_ASKED = False
    clock.shift(60 * DAY)

    assert show_password(client).url == HOME


def test_the_way_on_leads_nowhere_else(client, secretary):
    client.force_login(secretary)

    page = client.get(FACTORS, {"next": "https://elsewhere.example/"})

    assert page.context["next"] == HOME


# ---- Cards ----------------------------------------------------------------


def test_an_own_card_counts_at_once_and_ends_other_sessions(client, secretary):
    old = CodeCardFactory(account=secretary)
    other = Client()
    other.force_login(secretary)
    other.get(HOME)
    client.force_login(secretary)
    client.get(HOME)

    sheet = client.post(CARD, {"old": PASSWORD})

    codes = re.findall(r"<li>(\d{4} \d{4})</li>", sheet.text)
    assert (len(codes), len(set(codes))) == (40, 40)
    assert sheet["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    card = CodeCard.objects.get()
    assert card.pk != old.pk
    assert card.codes.split() == [code.replace(" ", "") for code in codes]
    assert (other.get(HOME).status_code, client.get(HOME).status_code) == (302, 200)
    assert actions() == ["cards.printed", "sessions.ended"]


@pytest.mark.parametrize("address", [CARD, APP, APP_REMOVE])
def test_an_old_session_asks_for_the_password_again(client, secretary, clock, address):
    show_password(client)
    assert "old" not in client.get(address).context["form"].fields
    clock.shift(timedelta(minutes=5))

    assert "old" in client.get(address).context["form"].fields
    assert client.post(address, {"old": "x", "code": "1"}).status_code == 422
    assert not CodeCard.objects.exists()


@pytest.fixture
def cell(district):
    return district["1"]


@pytest.fixture
def deputy(cell):
    """Somebody of the cell who holds a post in it and has an account."""
    member = MemberFactory(full_name="Nguyễn Văn An", cell=cell)
    PostFactory(member=member, unit=cell, role=Role.DEPUTY_SECRETARY)
    return AccountFactory(member=member, login="an")


def test_a_card_that_is_handed_over_waits_for_its_first_code(client, cell, deputy):
    CodeCardFactory(account=deputy)
    client.force_login(deputy)
    client.get(HOME)

    (card,) = code_cards.print_cards(accounts=[deputy], actor=keeper_of(cell), now=NOON)

    assert (len(card.codes), card.valid_until) == (40, date(2024, 12, 15))
    assert client.get(HOME).status_code == 200
    assert code_cards.use_code(account=deputy, code=FIRST, now=NOON)
    first = card.codes[7].replace(" ", "")
    assert code_cards.use_code(account=deputy, code=first, now=NOON)
    assert not code_cards.use_code(account=deputy, code=SECOND, now=NOON)
    assert not AccountSession.objects.exists()
    assert actions() == ["cards.printed", "cards.taken", "sessions.ended"]


def test_a_card_that_waits_too_long_opens_nothing(cell, deputy):
    (card,) = code_cards.print_cards(accounts=[deputy], actor=keeper_of(cell), now=NOON)
    first = card.codes[0].replace(" ", "")
    late = NOON + 14 * DAY

    assert not code_cards.use_code(account=deputy, code=first, now=late)
    code_cards.forget_cards(now=late - timedelta(seconds=1))
    assert CodeCard.objects.exists()
    code_cards.forget_cards(now=late)
    assert not CodeCard.objects.exists()


def test_a_newer_card_takes_the_place_of_the_one_that_waits(cell, deputy):
    keeper = keeper_of(cell)
    (old,) = code_cards.print_cards(accounts=[deputy], actor=keeper, now=NOON)
    code_cards.print_cards(accounts=[deputy], actor=keeper, now=NOON)

    assert not code_cards.use_code(
        account=deputy, code=old.codes[0].replace(" ", ""), now=NOON
    )


def test_cards_are_printed_on_the_page_of_slips(client, cell, deputy):
    client.force_login(PostFactory(unit=cell, role=Role.SECRETARY).account)

    sheet = client.post(SLIPS, {"members": [deputy.member_id], "act": "cards"})

    assert sheet.text.count('<li class="code-card">') == 1
    assert sheet["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    event = Event.objects.get(action="cards.printed")
    assert (event.unit, event.member) == (cell, deputy.member)


@pytest.mark.parametrize(
    "case", ["without a post", "post above", "without an account", "oneself"]
)
def test_for_whom_no_card_is_printed(client, cell, district, case):
    own = MemberFactory(cell=cell)
    PostFactory(unit=cell, role=Role.SECRETARY, member=own)
    client.force_login(AccountFactory(member=own))
    member = own if case == "oneself" else MemberFactory(cell=cell)
    if case not in {"without an account", "oneself"}:
        AccountFactory(member=member)
    if case == "post above":
        PostFactory(member=member, unit=district["A"], role=Role.SECRETARY)

    answer = client.post(SLIPS, {"members": [member.pk], "act": "cards"})

    assert answer.status_code == 422
    assert not CodeCard.objects.exists()


# ---- The app --------------------------------------------------------------


def add_app(client, code=None):
    page = client.get(APP)
    code = code or shown_by_app(page.context["seed"], at=NOON)
    return client.post(APP, {"code": code})


def test_an_app_counts_once_it_has_shown_a_code(client, secretary):
    show_password(client)
    page = client.get(APP)
    assert "data:image/svg+xml" in page.text

    refused = client.post(APP, {"code": "0"})
    assert refused.status_code == 422
    assert refused.context["seed"] == page.context["seed"]
    done = add_app(client)

    assert done.url == CARD  # a card against the loss of the telephone
    app = Authenticator.objects.get()
    assert app.last_step == int(NOON.timestamp()) // 30
    assert actions() == ["authenticators.added"]
    assert "new_seed" not in client.session


def test_the_code_that_added_the_app_opens_nothing_more(client, secretary):
    show_password(client)
    add_app(client)
    code = code_of(secretary)
    client.logout()
    show_password(client)

    assert show_code(client, code).status_code == 422


def test_a_holder_keeps_one_factor(client, secretary):
    AuthenticatorFactory(account=secretary)
    client.force_login(secretary)
    typed = {"old": PASSWORD}

    assert client.post(APP_REMOVE, typed).status_code == 422
    assert Authenticator.objects.exists()
    CodeCardFactory(account=secretary)
    assert client.post(APP_REMOVE, typed).url == FACTORS
    assert actions()[0] == "authenticators.removed"


def test_whoever_holds_no_post_may_have_none(client):
    account = AuthenticatorFactory().account
    client.force_login(account)

    client.post(APP_REMOVE, {"old": PASSWORD})

    assert not Authenticator.objects.exists()


def test_a_change_of_the_key_locks_nobody_out(settings, secretary):
    CodeCardFactory(account=secretary)
    AuthenticatorFactory(account=secretary)
    old = settings.FIELD_KEYS[0]
    settings.FIELD_KEYS = ["a new key " * 6, old]

    call_command("reseal")
    settings.FIELD_KEYS = ["a new key " * 6]

    assert code_cards.use_code(account=secretary, code=FIRST, now=NOON)
    assert Authenticator.objects.get().seed.startswith("JBSW")


# ---- Slips and cards for accounts without a member ------------------------


@pytest.fixture
def clerk(client, district):
    """A client at whose other end the district's clerk sits."""
    client.force_login(PostFactory(unit=district["A"], role=Role.CLERK).account)
    return client


def test_a_clerk_on_no_roll_gets_slip_and_card(clerk, cell):
    below = PostFactory(unit=cell, account=AccountFactory(login="chi")).account
    PostFactory(unit=cell, member=MemberFactory())

    shown = clerk.get(SLIPS).context["account_rows"]
    slip = clerk.post(SLIPS, {"accounts": [below.pk], "act": "slips"})
    card = clerk.post(SLIPS, {"accounts": [below.pk], "act": "cards"})

    assert [(row.account_id, row.unit, row.bar) for row in shown][-1:] == [
        (below.pk, cell.name, "")
    ]
    assert slip.context["slips"][0][0].login == "chi"
    assert card.context["cards"][0].login == "chi"
    assert [event.unit for event in Event.objects.order_by("pk")] == [cell, cell]


@pytest.mark.parametrize("case", ["beyond", "above", "closed", "oneself"])
def test_for_which_accounts_no_slip_is_printed(clerk, cell, case):
    account = AccountFactory()
    if case == "oneself":
        account = Account.objects.get(pk=clerk.session["_auth_user_id"])
    elif case == "beyond":
        PostFactory(account=account)
    else:
        PostFactory(account=account, unit=cell)
    if case == "above":
        PostFactory(account=account)
    if case == "closed":
        Account.objects.filter(pk=account.pk).update(is_active=False)

    answer = clerk.post(SLIPS, {"accounts": [account.pk], "act": "slips"})

    assert answer.status_code == 422
    assert not Event.objects.exists()
