"""What a file may not bring into the registry: people back, or codes of others."""

from datetime import date

import pytest
from django.db import transaction

from members.models import Member, Membership, PartyUnit, UnitState
from members.services.registering import CodeTaken, Difference, register
from tests.factories import (
    DistrictFactory,
    GrassrootsFactory,
    MemberFactory,
    MembershipFactory,
    UnitFactory,
)
from tests.members.registered_files import (
    DAY,
    PEOPLE,
    UNITS,
    People,
    Units,
    counts,
    path_of,
    roll,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_who_has_left_is_not_brought_back_by_an_old_campaign():
    cell = UnitFactory(code="old")
    gone = MemberFactory(code="DV1", full_name="Đỗ Thị Yến")
    MembershipFactory(member=gone, unit=cell, until_on=DAY, ending="LEFT")

    register(UNITS, PEOPLE, on=DAY, within=None)

    assert roll() == [
        ("DV1", "old", date(2010, 1, 1), DAY),
        ("DV2", "A.G.2", None, None),
    ]


def test_nobody_enters_the_roll_of_a_cell_that_is_closed():
    register(UNITS, People(), on=DAY, within=None)
    PartyUnit.objects.filter(code="A.G.1").update(closed_on=DAY)

    register(UNITS, PEOPLE, on=DAY, within=None)

    assert roll() == [("DV2", "A.G.2", None, None)]


def test_a_file_within_a_unit_adds_below_it():
    a = DistrictFactory(code="A", name="Đảng bộ huyện A")

    registered = register(UNITS, PEOPLE, on=DAY, within=a)

    assert (registered.new_units, registered.new_members) == (3, 2)
    assert path_of("A.G.1") == a.path + "0000001" + "0000001"


@pytest.mark.parametrize(
    "row", ["unit", "unit in another case", "member", "member of no cell"]
)
def test_a_code_that_is_taken_outside_is_refused_without_saying_whose_it_is(row):
    a, b = DistrictFactory(code="A"), DistrictFactory(code="B")
    if row == "unit":
        UnitFactory(code="A.G.1", parent=b)
    elif row == "unit in another case":
        UnitFactory(code="a.g.1", parent=b)
    elif row == "member":
        MemberFactory(code="DV2", cell=UnitFactory(code="B.1", parent=b))
    else:
        MemberFactory(code="DV2")
    before = counts()

    with pytest.raises(CodeTaken) as caught, transaction.atomic():
        register(UNITS, PEOPLE, on=DAY, within=a)

    is_unit = row.startswith("unit")
    assert (caught.value.units, caught.value.members) == (
        [UNITS.code.index("A.G.1")] if is_unit else [],
        [] if is_unit else [PEOPLE.code.index("DV2")],
    )
    assert counts() == before


def test_the_same_codes_are_fine_for_a_command_on_the_server():
    b = DistrictFactory(code="B")
    UnitFactory(code="A.G.1", name="Chi bộ thôn 1", parent=b)

    registered = register(UNITS, PEOPLE, on=DAY, within=None)

    assert registered.differences == [Difference("unit", "A.G.1", "parent", "B", "A.G")]


def test_a_unit_above_that_is_out_of_reach_is_not_named():
    above = DistrictFactory(code="Z")
    a = DistrictFactory(code="A.G.1", name="Chi bộ thôn 1", kind="CELL", parent=above)
    GrassrootsFactory(code="A.G", name="Đảng bộ xã G", kind="CELL", sector="", parent=a)

    registered = register(
        Units(
            [
                ("A.G", "Đảng bộ xã G", -1, "CELL", ""),
                ("A.G.1", "Chi bộ thôn 1", 0, "CELL", ""),
            ]
        ),
        People(),
        on=DAY,
        within=a,
    )

    assert registered.differences == [
        Difference("unit", "A.G.1", "parent", "another unit", "A.G")
    ]


def test_a_new_unit_below_a_closed_one_is_closed_with_it():
    a = DistrictFactory(code="A")
    GrassrootsFactory(code="A.G", name="Đảng bộ G", parent=a, closed_on=DAY)

    register(UNITS, PEOPLE, on=date(2018, 1, 1), within=None)

    new = PartyUnit.objects.filter(code__in=["A.G.1", "A.G.2"]).order_by("code")
    assert list(new.values_list("code", "opened_on", "closed_on")) == [
        ("A.G.1", date(2018, 1, 1), DAY),
        ("A.G.2", date(2018, 1, 1), DAY),
    ]
    assert not UnitState.objects.filter(unit__in=new, until_on=None).exists()
    assert roll() == []


def test_a_unit_that_is_new_after_its_parent_closed_existed_for_a_day():
    a = DistrictFactory(code="A")
    GrassrootsFactory(code="A.G", parent=a, closed_on=DAY)

    register(UNITS, People(), on=date(2026, 1, 1), within=None)

    new = PartyUnit.objects.get(code="A.G.1")
    assert (new.opened_on, new.closed_on) == (date(2024, 12, 30), DAY)


def test_who_left_the_unit_or_died_stays_in_files_about_the_years_before():
    a, b = DistrictFactory(code="A"), DistrictFactory(code="B")
    register(UNITS, PEOPLE, on=DAY, within=a)
    Membership.objects.update(until_on=DAY, ending="DIED")
    elsewhere = UnitFactory(code="B.1", parent=b)
    MembershipFactory(
        member=Member.objects.get(code="DV2"), unit=elsewhere, from_on=DAY
    )
    before = counts()

    registered = register(UNITS, PEOPLE, on=DAY, within=a)

    assert (registered.new_members, registered.differences) == (0, [])
    assert counts() == before
    assert register(UNITS, PEOPLE, on=DAY, within=None).differences == [
        Difference("member", "DV2", "unit", "B.1", "A.G.2")
    ]
