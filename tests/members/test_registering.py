from datetime import date

import pytest

from members import bulk
from members.models import Member, Membership, NameWord, PartyUnit
from members.services.registering import Difference, Registered, register
from tests.factories import (
    DistrictFactory,
    GrassrootsFactory,
    MemberFactory,
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
    states,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_an_empty_registry_gains_everything():
    registered = register(UNITS, PEOPLE, on=DAY, within=None)

    ids = dict(PartyUnit.objects.values_list("code", "pk"))
    members = dict(Member.objects.values_list("code", "pk"))
    assert registered == Registered(
        unit_ids=[ids["A.G"], ids["A.G.1"], ids["A"], ids["A.G.2"]],
        member_ids=[members["DV1"], members["DV2"]],
        new_units=4,
        new_members=2,
    )
    rows = PartyUnit.objects.order_by("path")
    assert list(rows.values_list("code", "path", "opened_on", "version")) == [
        ("A", "0000001", DAY, 1),
        ("A.G", "00000010000001", DAY, 1),
        ("A.G.1", "000000100000010000001", DAY, 1),
        ("A.G.2", "000000100000010000002", DAY, 1),
    ]
    assert states() == [
        ("A", "Đảng bộ huyện A", "SUPERIOR", "", None, DAY, None),
        ("A.G", "Đảng bộ xã G", "GRASSROOTS_COMMITTEE", "COMMUNE", "A", DAY, None),
        ("A.G.1", "Chi bộ thôn 1", "CELL", "", "A.G", DAY, None),
        ("A.G.2", "Chi bộ thôn 2", "CELL", "", "A.G", DAY, None),
    ]
    assert Member.objects.filter(code="DV1").values().get() == {
        "id": members["DV1"],
        "code": "DV1",
        "code_key": "dv1",
        "full_name": "Đỗ Thị Yến",
        "sort_key": "ye{n!4 d{o{!3 thi!5",
        "born_on": "1960-05",
        "exemplarity": "MEMBER",
        "exemplarity_for": "MEMBER",
        "gender": "F",
        "admitted_on": "2010-05-19",
        "official_on": "",
        "card_number": "",
        "card_number_index": "",
        "personal_id": "",
        "personal_id_index": "",
        "version": 1,
    }
    assert roll() == [("DV1", "A.G.1", None, None), ("DV2", "A.G.2", None, None)]
    assert [member.code for member in Member.objects.named("do")] == ["DV1"]


def test_the_same_again_changes_nothing():
    first = register(UNITS, PEOPLE, on=DAY, within=None)
    before = counts()

    again = register(UNITS, PEOPLE, on=date(2025, 12, 31), within=None)

    assert again == Registered(first.unit_ids, first.member_ids, 0, 0)
    assert counts() == before
    assert PartyUnit.objects.filter(opened_on=DAY).count() == 4


def test_the_same_codes_in_another_case_are_known_and_told():
    first = register(UNITS, PEOPLE, on=DAY, within=None)
    before = counts()
    units = Units([(code.lower(), *rest) for code, *rest in UNITS.rows])
    people = People([(code.lower(), *rest) for code, *rest in PEOPLE.rows[::-1]])

    again = register(units, people, on=DAY, within=None)

    assert again == Registered(
        first.unit_ids,
        first.member_ids[::-1],
        new_units=0,
        new_members=0,
        differences=[
            Difference("unit", "a.g", "code", "A.G", "a.g"),
            Difference("unit", "a.g.1", "code", "A.G.1", "a.g.1"),
            Difference("unit", "a", "code", "A", "a"),
            Difference("unit", "a.g.2", "code", "A.G.2", "a.g.2"),
            Difference("member", "dv2", "code", "DV2", "dv2"),
            Difference("member", "dv1", "code", "DV1", "dv1"),
        ],
    )
    assert counts() == before


def test_what_is_new_joins_what_is_known_under_another_spelling():
    a = DistrictFactory(code="a", name="Đảng bộ huyện A")
    GrassrootsFactory(code="á.g", name="Đảng bộ xã G", parent=a)

    register(UNITS, PEOPLE, on=DAY, within=a)

    assert path_of("A.G.1") == path_of("á.g") + "0000001"
    assert set(PartyUnit.objects.values_list("code", flat=True)) == {
        "a",
        "á.g",
        "A.G.1",
        "A.G.2",
    }


def test_only_what_lacks_is_added_and_what_differs_is_listed_and_kept():
    a = DistrictFactory(code="A", name="Đảng bộ huyện A")
    g = GrassrootsFactory(code="A.G", name="Đảng bộ G", sector="WARD", parent=a)
    other = UnitFactory(code="A.X", parent=a)
    UnitFactory(code="A.G.1", name="Chi bộ thôn 1", parent=other)
    UnitFactory(code="A.G.9", parent=g)
    MemberFactory(code="DV1", full_name="Đỗ Yến", born_on="1960-05", gender="F",
                  admitted_on="2010-05-19", official_on="", cell=other)  # fmt: skip
    before = states()

    registered = register(UNITS, PEOPLE, on=DAY, within=None)

    assert registered.differences == [
        Difference("unit", "A.G", "name", "Đảng bộ G", "Đảng bộ xã G"),
        Difference("unit", "A.G", "sector", "WARD", "COMMUNE"),
        Difference("unit", "A.G.1", "parent", "A.X", "A.G"),
        Difference("member", "DV1", "full_name", "Đỗ Yến", "Đỗ Thị Yến"),
        Difference("member", "DV1", "unit", "A.X", "A.G.1"),
    ]
    assert (registered.new_units, registered.new_members) == (1, 1)
    added = ("A.G.2", "Chi bộ thôn 2", "CELL", "", "A.G", DAY, None)
    assert states() == sorted([*before, added], key=lambda row: path_of(row[0]))
    assert path_of("A.G.2") == g.path + "0000002"
    assert Member.objects.get(code="DV1").full_name == "Đỗ Yến"
    assert Membership.objects.get(member__code="DV1").unit == other


def test_every_column_of_a_person_is_compared():
    MemberFactory(code="DV1", full_name="Yến", born_on="1961", gender="M",
                  admitted_on="2011", official_on="2012")  # fmt: skip

    registered = register(UNITS, PEOPLE, on=DAY, within=None)

    assert registered.differences == [
        Difference("member", "DV1", "full_name", "Yến", "Đỗ Thị Yến"),
        Difference("member", "DV1", "born_on", "1961", "1960-05"),
        Difference("member", "DV1", "gender", "M", "F"),
        Difference("member", "DV1", "admitted_on", "2011", "2010-05-19"),
        Difference("member", "DV1", "official_on", "2012", ""),
    ]


def test_who_was_never_on_a_roll_enters_that_of_the_file():
    MemberFactory(code="DV1", full_name="Đỗ Thị Yến")

    registered = register(UNITS, PEOPLE, on=DAY, within=None)

    assert registered.new_members == 1
    assert roll() == [("DV1", "A.G.1", None, None), ("DV2", "A.G.2", None, None)]


def test_look_ups_grow_by_batches_not_by_rows(monkeypatch, django_assert_num_queries):
    register(UNITS, PEOPLE, on=DAY, within=None)

    with django_assert_num_queries(4):
        register(UNITS, PEOPLE, on=DAY, within=None)
    monkeypatch.setattr(bulk, "LOOK_UP", 2)
    with django_assert_num_queries(5):
        register(UNITS, PEOPLE, on=DAY, within=None)


def test_a_name_without_a_word_is_kept_and_found_by_none():
    register(UNITS, People([("DV1", "…", 1)]), on=DAY, within=None)

    assert Member.objects.get().full_name == "…"
    assert not NameWord.objects.exists()


def test_a_unit_whose_parent_moved_is_added_where_the_parent_stands():
    register(Units(UNITS.rows[:3]), People(), on=DAY, within=None)
    PartyUnit.objects.filter(code="A.G").update(path="00000010000007")

    register(UNITS, PEOPLE, on=DAY, within=None)

    assert path_of("A.G.2") == "00000010000007" + "0000001"


def test_people_enter_no_roll_of_a_unit_that_holds_none_in_the_registry():
    committee = GrassrootsFactory(code="A.G.1", parent=GrassrootsFactory(code="A.G"))

    registered = register(UNITS, PEOPLE, on=DAY, within=None)

    assert registered.new_members == 2
    assert not Membership.objects.filter(unit=committee).exists()
    told = [each for each in registered.differences if each.kind == "member"]
    first = PEOPLE.code[PEOPLE.unit.index(UNITS.code.index("A.G.1"))]
    assert told == [Difference("member", first, "unit", "", "A.G.1")]


def test_a_unit_of_an_older_file_is_no_older_than_what_stands_above_it():
    later = date(DAY.year + 3, 1, 1)
    DistrictFactory(code="A", opened_on=later)

    register(UNITS, PEOPLE, on=DAY, within=None)

    opened = dict(PartyUnit.objects.values_list("code", "opened_on"))
    assert opened == dict.fromkeys(("A", "A.G", "A.G.1", "A.G.2"), later)
