"""Cards of codes: one's own, and those that are handed over."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from members.models import Account, AccountSession, CodeCard, Event
from members.policy import Role
from members.services import code_cards
from tests.factories import (
    NOON,
    PASSWORD,
    AccountFactory,
    CodeCardFactory,
    MemberFactory,
    PostFactory,
)
from tests.members.keepers import keeper_of
from tests.members.second_factors.steps import (
    CARD,
    DAY,
    FIRST,
    HOME,
    SECOND,
    SLIPS,
    actions,
)

pytestmark = pytest.mark.django_db


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
