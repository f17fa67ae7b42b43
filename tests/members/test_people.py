import unicodedata
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from members import names
from members.models import Member, Membership, NameWord, PartyUnit
from members.services.memberships import (
    MemberNotMovable,
    end_membership,
    transfer_member,
)
from members.services.people import admit_member
from tests.factories import (
    OPENED,
    GrassrootsFactory,
    MemberFactory,
    MembershipFactory,
    UnitFactory,
)
from tests.small_worlds import BY_COMMAND

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

DAY = date(2024, 12, 1)
Ending = Membership.Ending


def memberships(member):
    rows = Membership.objects.filter(member=member).order_by("pk")
    return list(rows.values_list("unit__code", "kind", "from_on", "until_on", "ending"))


def test_an_admitted_member_is_on_the_roll_and_found_by_name():
    cell = UnitFactory(code="1")

    member = admit_member(
        unit=cell,
        code="DV1",
        full_name="  Nguyễn  Văn An ",
        on=DAY,
        born_on="1990-05",
        gender="M",
        **BY_COMMAND,
    )

    assert Member.objects.filter(pk=member.pk).values().get() == {
        "id": member.pk,
        "code": "DV1",
        "code_key": "dv1",
        "full_name": "Nguyễn Văn An",
        "sort_key": names.sort_key("Nguyễn Văn An"),
        "born_on": "1990-05",
        "gender": "M",
        "admitted_on": "2024-12-01",
        "official_on": "",
        "card_number": "",
        "card_number_index": "",
        "personal_id": "",
        "personal_id_index": "",
        "exemplarity": "MEMBER",
        "exemplarity_for": "MEMBER",
        "version": 1,
    }
    words = NameWord.objects.filter(member=member).order_by("word")
    assert list(words.values_list("word", flat=True)) == ["an", "nguyen", "van"]
    assert memberships(member) == [("1", "OFFICIAL", DAY, None, "")]


def test_who_comes_from_elsewhere_keeps_the_day_of_admission():
    member = admit_member(
        unit=UnitFactory(),
        code="DV1",
        full_name="Trần Bình",
        on=DAY,
        admitted_on="1985",
        official_on="1986",
        **BY_COMMAND,
    )

    assert (member.admitted_on, member.official_on) == ("1985", "1986")


def test_names_are_kept_composed():
    decomposed = unicodedata.normalize("NFD", "Đặng Thị Ngọc Ánh")

    member = admit_member(
        unit=UnitFactory(), code="DV1", full_name=decomposed, on=DAY, **BY_COMMAND
    )

    member.refresh_from_db()
    assert member.full_name == unicodedata.normalize("NFC", decomposed) != decomposed
    assert list(Member.objects.named("anh")) == [member]


@pytest.mark.parametrize(
    ("columns", "refusal"),
    [
        ({"code": "taken"}, "The member code taken is taken."),
        ({"code": "TẠKEN"}, "The member code TẠKEN is taken."),
        ({"unit": "G"}, "Only cells hold members; Đảng bộ G is none."),
        ({"unit": "closed"}, "Chi bộ closed was closed on 01/01/2023."),
    ],
)
def test_an_admission_that_cannot_be_is_refused(columns, refusal):
    MemberFactory(code="taken")
    units = {
        "1": UnitFactory(code="1"),
        "G": GrassrootsFactory(code="G"),
        "closed": UnitFactory(code="closed", closed_on=date(2023, 1, 1)),
    }
    person = {"unit": "1", "code": "DV1", "full_name": "Lê Chi", "on": DAY, **columns}

    with pytest.raises(MemberNotMovable) as caught:
        admit_member(**{**person, "unit": units[person["unit"]]}, **BY_COMMAND)

    assert str(caught.value) == refusal
    assert Member.objects.count() == 1


@pytest.mark.parametrize(
    ("code", "name"), [("DV1", "Lê\u200bChi"), ("D\u200bV1", "Lê Chi")]
)
def test_a_name_or_code_with_characters_that_cannot_be_seen_is_refused(code, name):
    with pytest.raises(names.UnfitText):
        admit_member(
            unit=UnitFactory(), code=code, full_name=name, on=DAY, **BY_COMMAND
        )

    assert not Member.objects.exists()


def test_a_code_is_kept_with_single_blanks():
    member = admit_member(
        unit=UnitFactory(), code=" D\tV1\n ", full_name="Lê Chi", on=DAY, **BY_COMMAND
    )

    assert (member.code, member.code_key) == ("D V1", "d v1")


def test_a_cell_that_became_a_committee_meanwhile_takes_nobody():
    unit = UnitFactory(code="1")
    PartyUnit.objects.update(kind="GRASSROOTS_COMMITTEE", name="Đảng bộ 1")

    with pytest.raises(MemberNotMovable) as caught:
        admit_member(unit=unit, code="DV1", full_name="Lê Chi", on=DAY, **BY_COMMAND)

    assert str(caught.value) == "Only cells hold members; Đảng bộ 1 is none."


def test_a_transfer_ends_one_membership_and_begins_the_next():
    first, second = UnitFactory(code="1"), UnitFactory(code="2")
    member = MemberFactory(cell=first)
    MembershipFactory(member=member, unit=first, kind=Membership.Kind.TEMPORARY)

    begun = transfer_member(member=member, unit=second, on=DAY)

    assert (begun.unit, begun.member) == (second, member)
    assert memberships(member) == [
        ("1", "OFFICIAL", OPENED, DAY, "TRANSFERRED"),
        ("1", "TEMPORARY", OPENED, None, ""),
        ("2", "OFFICIAL", DAY, None, ""),
    ]


def test_a_membership_whose_beginning_is_unknown_can_end():
    member = MembershipFactory(from_on=None, unit=UnitFactory(code="1")).member

    transfer_member(member=member, unit=UnitFactory(code="2"), on=DAY)

    assert memberships(member) == [
        ("1", "OFFICIAL", None, DAY, "TRANSFERRED"),
        ("2", "OFFICIAL", DAY, None, ""),
    ]


@pytest.mark.parametrize(
    ("unit", "on", "refusal"),
    [
        ("1", DAY, "Nguyễn Văn An is on the roll of Chi bộ 1 already."),
        ("G", DAY, "Only cells hold members; Đảng bộ G is none."),
        ("closed", DAY, "Chi bộ closed was closed on 01/01/2023."),
        (
            "2",
            date(2009, 12, 31),
            "The day lies before the day on which the membership began (01/01/2010).",
        ),
    ],
)
def test_a_transfer_that_cannot_be_is_refused(unit, on, refusal):
    units = {
        "1": UnitFactory(code="1"),
        "2": UnitFactory(code="2"),
        "G": GrassrootsFactory(code="G"),
        "closed": UnitFactory(code="closed", closed_on=date(2023, 1, 1)),
    }
    member = MemberFactory(cell=units["1"])

    with pytest.raises(MemberNotMovable) as caught:
        transfer_member(member=member, unit=units[unit], on=on)

    assert str(caught.value) == refusal
    assert memberships(member) == [("1", "OFFICIAL", OPENED, None, "")]


@pytest.mark.parametrize("ending", [Ending.LEFT, Ending.EXPELLED, Ending.DIED])
def test_who_leaves_or_dies_is_on_no_roll_any_more(ending):
    cell, other = UnitFactory(code="1"), UnitFactory(code="2")
    member = MemberFactory(cell=cell)
    MembershipFactory(member=member, unit=other, kind=Membership.Kind.TEMPORARY)

    end_membership(member=member, on=DAY, ending=ending, **BY_COMMAND)

    assert memberships(member) == [
        ("1", "OFFICIAL", OPENED, DAY, ending),
        ("2", "TEMPORARY", OPENED, DAY, ending),
    ]


def test_who_is_on_no_roll_can_neither_move_nor_leave():
    member = MemberFactory(full_name="Lê Chi")

    for act in (
        lambda: transfer_member(member=member, unit=UnitFactory(), on=DAY),
        lambda: end_membership(member=member, on=DAY, ending=Ending.LEFT, **BY_COMMAND),
    ):
        with pytest.raises(MemberNotMovable, match="^Lê Chi is on no roll.$"):
            act()


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({}, "membership_one_official"),
        ({"until_on": DAY}, "membership_ends_for_a_reason"),
        ({"ending": "LEFT", "kind": "TEMPORARY"}, "membership_ends_for_a_reason"),
        (
            {"until_on": date(2009, 1, 1), "ending": "LEFT"},
            "membership_ends_after_it_begins",
        ),
    ],
)
def test_the_database_refuses_what_can_never_be_true(columns, constraint):
    member = MemberFactory(cell=UnitFactory())

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        MembershipFactory(member=member, **columns)


def test_nobody_belongs_to_two_cells_on_one_day():
    first, second, third = (UnitFactory(code=code) for code in "123")
    member = MemberFactory()
    MembershipFactory(member=member, unit=first, until_on=DAY, ending="TRANSFERRED")
    MembershipFactory(member=member, unit=second, from_on=None)
    before = DAY - timedelta(days=1)

    with pytest.raises(MemberNotMovable) as caught:
        transfer_member(member=member, unit=third, on=before)

    assert str(caught.value) == (
        f"The day lies before the end of an earlier membership ({DAY:%d/%m/%Y})."
    )
    transfer_member(member=member, unit=third, on=DAY)
    assert Membership.objects.current().get().unit == third


def test_nobody_leaves_on_a_day_to_come():
    """The roll would lose them at once, though the paper says later."""
    member = MemberFactory(cell=UnitFactory())

    with pytest.raises(MemberNotMovable, match="has not come yet"):
        end_membership(
            member=member, on=date(2025, 1, 2), ending=Ending.LEFT, **BY_COMMAND
        )

    assert Membership.objects.get().until_on is None
