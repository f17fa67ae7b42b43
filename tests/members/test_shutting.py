"""Accounts that are shut and opened again: by whom, and what ends with it."""

from importlib import import_module

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from members.models import (
    Account,
    AccountSession,
    Event,
    Membership,
    Slip,
)
from members.policy import SYSTEM, Role
from members.queries import actor_for
from members.services import memberships, shutting
from members.services.shutting import NotShut
from tests.clients import client_of, english_client_of, forget_password
from tests.factories import (
    NOON,
    PASSWORD,
    AccountFactory,
    MemberFactory,
    PostFactory,
    SlipFactory,
)
from tests.members.keepers import keeper_of
from tests.small_worlds import together

pytestmark = pytest.mark.django_db

PAPER = "Quyết định số 12-QĐ/ĐU, ngày 05/9/2026"


@pytest.fixture
def cell(district):
    return district["1"]


@pytest.fixture
def keeper(cell):
    return keeper_of(cell)


@pytest.fixture
def account(cell):
    member = MemberFactory(full_name="Nguyễn Văn An", cell=cell)
    return AccountFactory(member=member, login="an")


def shut(account, actor, now=NOON):
    shutting.shut_account(account=account, document=PAPER, actor=actor, now=now)


def reopen(account, actor, now=NOON):
    shutting.reopen_account(account=account, document=PAPER, actor=actor, now=now)


def address(account):
    return reverse("members:account_detail", args=[account.pk])


def actions():
    return list(Event.objects.order_by("pk").values_list("action", flat=True))


def logged_in(account):
    client = Client()
    client.post(
        reverse("members:login"), {"username": account.login, "password": PASSWORD}
    )
    assert client.get(reverse("members:own_record")).status_code == 200
    return client


def test_a_shut_account_keeps_who_shut_it_when_and_why(account, keeper):
    shut(account, keeper)

    account.refresh_from_db()
    assert not account.is_active
    assert (account.shut_at, account.shut_by_id) == (NOON, keeper.account_id)
    assert account.shut_document == PAPER
    event = Event.objects.get(action="accounts.shut")
    assert (event.member_id, event.account_id) == (account.member_id, keeper.account_id)
    assert event.post_id is not None
    assert event.data == {"document": PAPER}


def test_what_is_opened_again_is_as_before(account, keeper):
    shut(account, keeper)
    reopen(account, keeper)

    account.refresh_from_db()
    assert account.is_active
    assert (account.shut_at, account.shut_by, account.shut_document) == (None, None, "")
    assert account.check_password(PASSWORD)
    assert actions() == ["accounts.shut", "accounts.reopened"]


def test_open_sessions_end_and_open_nothing_after_it_is_opened_again(account, keeper):
    client = logged_in(account)
    shut(account, keeper)
    assert client.get(reverse("members:own_record")).status_code == 302
    assert not AccountSession.objects.filter(account=account).exists()

    reopen(account, keeper)

    assert client.get(reverse("members:own_record")).status_code == 302
    logged_in(account)


def test_a_session_begun_while_it_was_being_shut_ends_when_it_is_opened(
    account, keeper
):
    shut(account, keeper)
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store.create()
    AccountSession.objects.create(
        session_id=store.session_key, account=account, begun_at=NOON, seen_at=NOON
    )

    reopen(account, keeper)

    assert not AccountSession.objects.filter(account=account).exists()


def test_a_slip_that_waits_goes_and_the_password_opens_nothing(account, keeper):
    SlipFactory(account=account)
    shut(account, keeper)

    answer = Client().post(
        reverse("members:login"), {"username": account.login, "password": PASSWORD}
    )

    assert not Slip.objects.exists()
    assert answer.status_code in {200, 422}


def test_twice_is_refused(account, keeper):
    with pytest.raises(NotShut):
        reopen(account, keeper)
    shut(account, keeper)
    with pytest.raises(NotShut):
        shut(account, keeper)


def test_nobody_shuts_the_own_account(account, cell):
    PostFactory(unit=cell, role=Role.SECRETARY, member=account.member, account=None)

    with pytest.raises(NotShut):
        shut(account, actor_for(account))


def test_somebody_with_a_post_out_of_reach_is_left_to_the_office_above(
    account, keeper, district
):
    PostFactory(member=account.member, account=None, unit=district["A"])

    with pytest.raises(NotShut):
        shut(account, keeper)

    shut(account, actor_for(PostFactory(unit=district["A"], role=Role.CLERK).account))
    account.refresh_from_db()
    assert not account.is_active


def test_what_runs_the_machine_is_shut_on_the_server_alone(account, keeper):
    Account.objects.filter(pk=account.pk).update(is_technical=True)

    with pytest.raises(NotShut):
        shut(account, keeper)

    shutting.shut_account(
        account=account, document=PAPER, actor=SYSTEM, now=NOON, system_reason="test"
    )


def test_the_account_of_who_died_is_shut_and_of_who_left_stays(account, keeper, cell):
    gone = AccountFactory(member=MemberFactory(cell=cell))
    for each, ending in (
        (account, Membership.Ending.DIED),
        (gone, Membership.Ending.EXPELLED),
    ):
        memberships.end_membership(
            member=each.member,
            on=NOON.date(),
            ending=ending,
            actor=keeper,
            now=NOON,
            document=PAPER,
        )

    account.refresh_from_db()
    gone.refresh_from_db()
    assert (account.is_active, gone.is_active) == (False, True)
    assert (account.shut_document, account.shut_by_id) == (PAPER, keeper.account_id)


def test_who_left_still_reads_the_own_record(account, keeper):
    memberships.end_membership(
        member=account.member,
        on=NOON.date(),
        ending=Membership.Ending.EXPELLED,
        actor=keeper,
        now=NOON,
    )

    assert (
        client_of(actor_for(account)).get(reverse("members:own_record")).status_code
        == 200
    )


def test_a_death_is_recorded_of_who_has_no_account_or_a_shut_one(account, keeper, cell):
    shut(account, keeper)
    for member in (account.member, MemberFactory(cell=cell)):
        memberships.end_membership(
            member=member,
            on=NOON.date(),
            ending=Membership.Ending.DIED,
            actor=keeper,
            now=NOON,
        )

    assert actions().count("accounts.shut") == 1


def test_the_page_shuts_and_opens(account, keeper):
    client = client_of(keeper)
    # The menu under one's name stays one's own.
    assert (
        Account.objects.get(pk=keeper.account_id).display_name
        in client.get(address(account)).text
    )
    sent = client.post(address(account), {"act": "shut", "document": PAPER})
    shown = client.get(address(account)).text
    listed = client.get(reverse("members:slip_list")).text
    assert sent.status_code == 302
    account.refresh_from_db()
    assert not account.is_active
    assert PAPER in shown
    assert Account.objects.get(pk=keeper.account_id).display_name in shown
    assert address(account) in listed

    client.post(address(account), {"act": "reopen", "document": PAPER})

    account.refresh_from_db()
    assert account.is_active


def test_the_page_of_a_person_leads_to_the_account(account, keeper):
    page = client_of(keeper).get(
        reverse("members:member_detail", args=[account.member_id])
    )

    assert address(account) in page.text


def test_the_account_leads_back_to_the_person_or_to_the_slips(account, keeper, cell):
    person = reverse("members:member_detail", args=[account.member_id])
    nobody_here = PostFactory(unit=cell.parent, role=Role.CLERK).account
    above = actor_for(PostFactory(unit=cell.parent.parent, role=Role.CLERK).account)

    assert client_of(keeper).get(address(account)).context["crumbs"] == [
        ("Nguyễn Văn An", person)
    ]
    way_back = client_of(above).get(address(nobody_here)).context["crumbs"]
    assert [url for _, url in way_back] == [reverse("members:slip_list")]


def test_a_form_without_a_paper_or_too_late_is_refused_with_what_was_typed(
    account, keeper
):
    client = english_client_of(Account.objects.get(pk=keeper.account_id))
    empty = client.post(address(account), {"act": "shut", "document": ""})
    shut(account, keeper)
    late = client.post(address(account), {"act": "shut", "document": "QĐ 99"})

    assert (empty.status_code, late.status_code) == (422, 422)
    assert "Enter number and date of the document." in empty.text
    assert "The account is shut already." in late.text
    assert "QĐ 99" in late.text


def test_the_password_is_asked_for(account, keeper):
    client = client_of(keeper)
    forget_password(client)

    answer = client.post(address(account), {"act": "shut", "document": PAPER})

    assert answer.status_code == 422
    account.refresh_from_db()
    assert account.is_active


def test_an_account_out_of_reach_does_not_exist(account, keeper, district):
    stranger = client_of(keeper_of(district["2"]))
    left = AccountFactory(member=MemberFactory())

    assert stranger.get(address(account)).status_code == 404
    assert client_of(keeper).get(address(left)).status_code == 404


def test_the_server_shuts_and_opens_any_account(account, english, capsys):
    call_command("shut_account", "an", document=PAPER)
    account.refresh_from_db()
    assert (account.is_active, account.shut_by) == (False, None)
    event = Event.objects.get(action="accounts.shut")
    assert (event.account_id, event.system_reason) == (None, "done on the server")

    call_command("shut_account", "an", document=PAPER, reopen=True)
    account.refresh_from_db()
    assert account.is_active
    assert capsys.readouterr().out.splitlines() == [
        "The account is shut.",
        "The account is open again.",
    ]


def test_the_server_refuses_what_is_not_so(account, english):
    for command, told in (
        (("nobody", False), "no account nobody"),
        (("an", True), "open already"),
    ):
        login, again = command
        with pytest.raises(CommandError, match=told):
            call_command("shut_account", login, document=PAPER, reopen=again)


@pytest.mark.django_db(transaction=True)
def test_two_who_shut_one_another_do_not_wait_in_a_ring(district):
    posts = [PostFactory(unit=district["A"], role=Role.CLERK) for _ in range(2)]
    one, other = (actor_for(post.account) for post in posts)
    refused = []

    def shutting_of(post, actor):
        def act():
            try:
                shut(post.account, actor)
            except Exception as refusal:  # noqa: BLE001 -- which one is looked at below
                refused.append(refusal)

        return act

    together(shutting_of(posts[1], one), shutting_of(posts[0], other))

    assert Account.objects.filter(is_active=False).count() == 1
    assert [type(each).__name__ for each in refused] == ["AuthorityEnded"]
