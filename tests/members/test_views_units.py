"""Units as they are and as they were, on the pages of whoever reaches them."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from members.models import Account, PartyUnit
from members.policy import Role
from members.queries import units
from tests.campaigns.decisions import carry_out
from tests.clients import english_client
from tests.factories import (
    DistrictFactory,
    GrassrootsFactory,
    MemberFactory,
    PostFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

LIST = reverse("members:unit_list")


def holder(unit, role=Role.CLERK) -> Client:
    client = english_client()
    client.force_login(PostFactory(unit=unit, role=role).account)
    return client


def account_of(client) -> Account:
    return Account.objects.get(pk=client.session["_auth_user_id"])


def page(unit, on="") -> str:
    url = reverse("members:unit_detail", args=[unit.pk])
    return f"{url}?on={on}" if on else url


def names(rows):
    return [row.name for row in rows]


@pytest.fixture
def tree():
    district = DistrictFactory(code="H", name="Đảng bộ huyện H")
    communes = [
        GrassrootsFactory(code=f"X{n}", name=f"Đảng bộ xã {n}", parent=district)
        for n in (1, 2)
    ]
    for commune in communes:
        UnitFactory(
            code=f"{commune.code}.1",
            name=f"Chi bộ thôn {commune.code}",
            parent=commune,
        )
    return {unit.code: unit for unit in PartyUnit.objects.all()}


def test_the_list_begins_with_the_outermost_units_in_reach(tree):
    DistrictFactory()

    assert names(holder(tree["H"]).get(LIST).context["units"]) == ["Đảng bộ huyện H"]
    secretary = holder(tree["X1.1"], Role.SECRETARY)
    assert secretary.get(LIST).url == page(tree["X1.1"])  # nothing to choose
    PostFactory(unit=tree["X2.1"], role=Role.SECRETARY, account=account_of(secretary))
    assert names(secretary.get(LIST).context["units"]) == [
        "Chi bộ thôn X1",
        "Chi bộ thôn X2",
    ]
    assert holder(tree["H"], Role.OUTSIDE).get(LIST).status_code == 404


def test_a_unit_shows_what_stands_below_it_today_and_stood_on_a_day(tree):
    carry_out(
        "1",
        ("MOVE", "X1.1", "X2", {}),
        ("RENAME", "X1", None, {"name": "Đảng bộ xã Mới"}),
    )
    clerk = holder(tree["H"])

    today, before = (
        clerk.get(page(tree["X2"])),
        clerk.get(page(tree["X2"], "2025-06-30")),
    )
    renamed = clerk.get(page(tree["H"], "2025-06-30"))

    assert names(today.context["below"]) == ["Chi bộ thôn X2", "Chi bộ thôn X1"]
    assert names(before.context["below"]) == ["Chi bộ thôn X2"]
    assert names(renamed.context["below"]) == [
        "Đảng bộ xã 1",
        "Chi bộ thôn X1",
        "Đảng bộ xã 2",
        "Chi bộ thôn X2",
    ]
    assert "This is how it was on 30/06/2025." in before.text
    states = clerk.get(page(tree["X1"])).context["states"]
    assert [(row.name, row.from_on, row.until_on) for row in states] == [
        ("Đảng bộ xã Mới", date(2025, 7, 1), None),
        ("Đảng bộ xã 1", date(2010, 1, 1), date(2025, 7, 1)),
    ]


def test_a_merged_unit_says_what_became_of_it(tree):
    carry_out("1", ("MERGE", "X1", "X2", {}))

    response = holder(tree["H"]).get(page(tree["X1"]))

    assert "This unit was closed on 01/07/2025." in response.text
    assert "Đảng bộ xã 1 went over into Đảng bộ xã 2 on 01/07/2025" in response.text


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        ("2009-12-31", "This unit was not there on 31/12/2009."),
        ("2010-01-01", "This is how it was on 01/01/2010."),
        ("", "Posts"),
    ],
)
def test_a_day_before_the_unit_says_so_and_no_day_is_today(tree, on, sentence):
    response = holder(tree["H"]).get(page(tree["X1"], on))

    assert response.status_code == 200
    assert sentence in response.text


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        ("31/06/2025", "This is no day of the calendar"),
        ("<b>", "This is no day of the calendar"),
        ("01/01/0001", "The year is not from 1900 to 2100"),
        ("31/12/9999", "The year is not from 1900 to 2100"),
    ],
)
def test_what_is_no_day_is_said_and_stays_in_the_field(tree, on, sentence):
    """Today's list under a day that nobody has asked for would be taken for the other."""
    response = holder(tree["H"]).get(page(tree["X1"], on))

    assert response.status_code == 422
    assert sentence in response.text
    assert f'value="{escape(on)}"' in response.text


def test_a_unit_above_is_called_as_it_was_then(tree):
    carry_out("1", ("RENAME", "X1", None, {"name": "Đảng bộ xã Mới"}))
    clerk = holder(tree["H"])

    before = clerk.get(page(tree["X1.1"], "2025-06-30"))
    after = clerk.get(page(tree["X1.1"], "2025-07-01"))

    assert before.context["state"].above == "Đảng bộ xã 1"
    assert ", Đảng bộ xã 1</p>" in before.text
    assert after.context["state"].above == "Đảng bộ xã Mới"
    (state,) = after.context["states"]
    assert state.above == "Đảng bộ xã Mới"


def test_a_state_that_has_ended_names_the_unit_above_as_it_was_called_at_last(tree):
    carry_out("1", ("MOVE", "X1.1", "X2", {}))
    carry_out("2", ("RENAME", "X1", None, {"name": "Đảng bộ xã Mới"}))

    rows = holder(tree["H"]).get(page(tree["X1.1"])).context["states"]

    assert [row.above for row in rows] == ["Đảng bộ xã 2", "Đảng bộ xã 1"]


def test_whoever_reaches_one_unit_sees_nothing_below_or_beside_it(tree):
    team = holder(tree["X1"], Role.WORKING_TEAM)

    response = team.get(page(tree["X1"]))

    assert response.context["below"] == []
    assert team.get(page(tree["X1.1"])).status_code == 404
    assert "Đảng bộ huyện H" not in [name for name, _ in response.context["crumbs"]]


def test_two_levels_are_shown_where_they_are_not_too_many(tree, monkeypatch):
    clerk = holder(tree["H"])

    shown = clerk.get(page(tree["H"])).context["below"]
    monkeypatch.setattr(units, "MOST_UNITS", 3)
    cut = clerk.get(page(tree["H"])).context["below"]

    assert [(row.name, row.is_deeper) for row in shown] == [
        ("Đảng bộ xã 1", False),
        ("Chi bộ thôn X1", True),
        ("Đảng bộ xã 2", False),
        ("Chi bộ thôn X2", True),
    ]
    assert names(cut) == ["Đảng bộ xã 1", "Đảng bộ xã 2"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_for_any_number(
    tree, django_assert_num_queries, count
):
    clerk = holder(tree["H"])
    for _ in range(count):
        UnitFactory(parent=tree["X1"])
        PostFactory(unit=tree["X1"], account=None, member=MemberFactory())

    with django_assert_num_queries(20):
        response = clerk.get(page(tree["X1"]))

    assert len(response.context["below"]) == count + 1
    assert len(response.context["posts"]) == count


def test_the_way_back_of_an_only_unit_leads_to_the_first_page(tree):
    secretary = holder(tree["X1.1"], Role.SECRETARY)
    clerk = holder(tree["H"])

    alone = secretary.get(page(tree["X1.1"])).context["crumbs"]

    assert alone == [("To do", reverse("home"))]
    assert clerk.get(page(tree["H"])).context["crumbs"] == [("Party units", LIST)]
