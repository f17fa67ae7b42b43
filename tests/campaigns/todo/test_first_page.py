"""The first page: what is due as cards, what is folded, which parts are shown."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns.queries import todo
from members.due import DueItem
from members.policy import Role
from tests.campaigns.todo.days import LAST_DAY, TODAY, placed, secretary
from tests.clients import english_client, english_client_of
from tests.factories import (
    NOON,
    AccountFactory,
    GrassrootsFactory,
    MemberFactory,
    PostFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


def test_three_cards_are_shown_and_the_rest_is_folded():
    items = [DueItem(str(at), str(at)) for at in range(5)]
    own, done = DueItem("o", "o", is_own=True), DueItem("d", "d", is_done=True)

    cards = todo.cards_of([own, *items, done], today=TODAY)

    assert [[each.item.key for each in part] for part in (cards.first, cards.rest)] == [
        ["0", "1", "2"],
        ["3", "4"],
    ]
    assert [each.item.key for each in cards.own] == ["o"]
    assert cards.done == [done]


def test_cards_name_their_campaign_once_there_is_more_than_one():
    one = DueItem("a", "a", campaign="Đợt 2023")
    other = DueItem("b", "b", is_own=True, campaign="Đợt 2024")

    def named(*items):
        cards = todo.cards_of(items, today=TODAY)
        return [card.campaign for card in cards.first + cards.own]

    assert named(one, DueItem("c", "c")) == ["", ""]
    assert named(one, other) == ["Đợt 2023", "Đợt 2024"]
    for here, told in (("Đợt 2023", ""), ("Đợt 2024", "Đợt 2023"), ("", "")):
        [card] = todo.cards_of([one], today=TODAY, here=here).first
        assert card.campaign == told


def test_the_first_page_of_a_secretary(cell, phase, time_machine):
    time_machine.move_to(NOON.replace(year=2024, month=3, day=25))
    placed(cell, "NONE", "SENT", "CONFIRMED")
    PostFactory(unit=cell.parent.live_unit, role=Role.CLERK)
    client = english_client()
    client.force_login(secretary(cell))

    page = client.get(reverse("home"))

    assert page.context["place"] == todo.Place(cell.name, cell, 3)
    assert page.context["present"] == todo.Present("Writing pledges", LAST_DAY)
    assert [(line.state, line.is_current) for line in page.context["year"]] == [
        ("1/3", True),
        ("month 3: not yet", False),
        ("0/3", False),
        *[("no time set", False)] * 4,
    ]
    assert page.context["helper"].endswith(f", {cell.parent.name}")
    assert "6 days left." in page.text
    _head, _, main = page.text.partition("<main")
    main, _, _foot = main.partition("</main>")
    assert main.count("btn btn-primary") == 1


def test_a_member_finds_the_own_work_and_no_line_of_the_cell(cell, phase, time_machine):
    time_machine.move_to(NOON.replace(year=2024, month=3, day=25))
    own, _other = placed(cell, "NONE", "NONE")
    client = english_client()
    client.force_login(AccountFactory(member=own.member))

    page = client.get(reverse("home"))

    assert page.context["place"] == todo.Place(cell.name, cell, None)
    assert page.context["year"] == []
    assert "Your pledge is not begun." in page.text
    assert "Đào" not in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_first_page_takes_the_same_queries_for_one_and_for_three(
    cell, phase, count, django_assert_num_queries, time_machine
):
    time_machine.move_to(NOON.replace(year=2024, month=3, day=25))
    placed(cell, *["NONE"] * count)
    client = english_client()
    client.force_login(secretary(cell))
    client.get(reverse("home"))

    with django_assert_num_queries(40):
        client.get(reverse("home"))


@pytest.mark.parametrize(
    ("language", "names"),
    [("vi", ("thứ Năm", "Chủ Nhật")), ("en", ("Thursday", "Sunday"))],
)
def test_the_day_of_the_week_is_a_word(language, names):
    from django.utils import translation

    with translation.override(language):
        days = date(2026, 11, 26), date(2026, 11, 29)
        assert tuple(map(todo.weekday, days)) == names


@pytest.mark.parametrize(
    ("account", "parts"),
    [
        pytest.param(lambda: AccountFactory(), [], id="nobody in particular"),
        pytest.param(
            lambda: AccountFactory(member=MemberFactory()), ["Your pledge"], id="member"
        ),
        pytest.param(
            lambda: (
                PostFactory(unit=UnitFactory(kind="CELL"), role=Role.SECRETARY).account
            ),
            ["The work of a cell"],
            id="secretary of a cell",
        ),
        pytest.param(
            lambda: PostFactory(unit=GrassrootsFactory(), role=Role.CLERK).account,
            ["The work of a committee and its office"],
            id="office",
        ),
    ],
)
def test_the_guide_has_the_parts_that_ones_posts_need(account, parts):
    page = english_client_of(account()).get(reverse("todo:guide")).text

    told = ("Your pledge", "The work of a cell", "The work of a committee and its office")  # fmt: skip
    assert [part for part in told if f"<h2>{part}</h2>" in page] == parts
