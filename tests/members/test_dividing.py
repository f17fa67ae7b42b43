"""A unit gives parts of itself away: people of its roll, units below it."""

from datetime import date

import pytest

from members.models import Membership, PartyUnit, Post, UnitPart, UnitSuccession
from members.policy import SYSTEM, Role
from members.services.decisions import apply_decision
from members.services.units import UnitNotChangeable
from tests.factories import (
    NOON,
    MemberFactory,
    MembershipFactory,
    PostFactory,
    UnitChangeFactory,
    UnitDecisionFactory,
    UnitFactory,
)
from tests.members.decisions import DAY, Act, decide, tree, tree_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def roll() -> list[tuple]:
    rows = Membership.objects.order_by("member__code", "from_on", "kind")
    return list(
        rows.values_list("member__code", "unit__code", "kind", "until_on", "ending")
    )


def successions() -> list[tuple]:
    rows = UnitSuccession.objects.order_by("pk")
    return list(rows.values_list("predecessor__code", "successor__code", "is_part"))


def test_a_cell_gives_named_people_to_another_and_goes_on(district):
    one, two = district["1"], district["2"]
    goes = MemberFactory(code="goes", cell=one)
    MemberFactory(code="stays", cell=one)
    guest = MemberFactory(code="guest", cell=district["3"])
    MembershipFactory(member=guest, unit=one, kind=Membership.Kind.TEMPORARY)

    decide({"act": Act.DIVIDE, "unit": one, "target": two, "parts": [goes, guest]})

    assert roll() == [
        ("goes", "1", "OFFICIAL", DAY, "REORGANISED"),
        ("goes", "2", "OFFICIAL", None, ""),
        ("guest", "3", "OFFICIAL", None, ""),
        ("guest", "1", "TEMPORARY", DAY, "REORGANISED"),
        ("guest", "2", "TEMPORARY", None, ""),
        ("stays", "1", "OFFICIAL", None, ""),
    ]
    assert successions() == [("1", "2", True)]
    one.refresh_from_db()
    assert one.closed_on is None


def test_who_goes_sits_in_the_committee_of_the_cell_no_more(district):
    one, two = district["1"], district["2"]
    goes, stays = MemberFactory(cell=one), MemberFactory(cell=one)
    PostFactory(unit=one, role=Role.SECRETARY, member=goes)
    kept = {
        PostFactory(unit=one, role=Role.DEPUTY_SECRETARY, member=stays),
        PostFactory(unit=district["G"], role=Role.COMMITTEE_MEMBER, member=goes),
    }

    decide({"act": Act.DIVIDE, "unit": one, "target": two, "parts": [goes]})

    assert set(Post.objects.filter(ended_at=None)) == kept


def test_a_committee_gives_its_cells_to_several_and_is_closed(district):
    g, h, a = district["G"], district["H"], district["A"]
    PostFactory(unit=g)

    decide(
        {"act": Act.DIVIDE, "unit": g, "target": h, "parts": [district["1"]]},
        {"act": Act.DIVIDE, "unit": g, "target": a, "parts": [district["2"]]},
        {"act": Act.CLOSE, "unit": g},
    )

    assert tree() == {"A": "1", "G": "1.1", "H": "1.2", "3": "1.2.1", "1": "1.2.2",
                      "2": "1.3"}  # fmt: skip
    assert tree_on(DAY) == [
        ("1", "Chi bộ 1", "H"),
        ("2", "Chi bộ 2", "A"),
        ("3", "Chi bộ 3", "H"),
        ("A", "Đảng bộ huyện A", None),
        ("H", "Đảng bộ H", "A"),
    ]
    assert successions() == [("G", "H", True), ("G", "A", True)]
    assert not Post.objects.filter(ended_at=None).exists()


def test_two_parts_for_one_receiver_make_one_succession(district):
    decide(
        {"act": Act.DIVIDE, "unit": district["G"], "target": district["H"],
         "parts": [district["1"]]},
        {"act": Act.DIVIDE, "unit": district["G"], "target": district["H"],
         "parts": [district["2"]]},
    )  # fmt: skip

    assert successions() == [("G", "H", True)]


def test_what_is_divided_may_be_merged_into_the_same_unit_later(district):
    member = MemberFactory(cell=district["1"])
    decide({"act": Act.DIVIDE, "unit": district["1"], "target": district["2"],
            "parts": [member]})  # fmt: skip

    decide({"act": Act.MERGE, "unit": district["1"], "target": district["2"]},
           on=date(2024, 12, 5))  # fmt: skip

    assert successions() == [("1", "2", True), ("1", "2", False)]


def test_a_part_goes_to_a_unit_that_the_same_decision_creates(district):
    member = MemberFactory(code="goes", cell=district["1"])
    decision = UnitDecisionFactory(effective_on=DAY)
    founding = UnitChangeFactory(
        decision=decision, act=Act.CREATE, unit=None, target=district["G"], code="N",
        name="Chi bộ N", kind="CELL",
    )  # fmt: skip
    giving = UnitChangeFactory(
        decision=decision, act=Act.DIVIDE, unit=district["1"], target_change=founding
    )
    UnitPart.objects.create(change=giving, member=member)

    apply_decision(decision=decision, actor=SYSTEM, now=NOON, system_reason="test")

    assert roll() == [
        ("goes", "1", "OFFICIAL", DAY, "REORGANISED"),
        ("goes", "N", "OFFICIAL", None, ""),
    ]
    giving.refresh_from_db()
    assert giving.target == PartyUnit.objects.get(code="N")


REFUSALS = {
    "to itself": (
        {"unit": "1", "target": "1", "parts": ["goes"]},
        "Chi bộ 1 cannot give a part to itself.",
    ),
    "nobody": (
        {"unit": "1", "target": "2"},
        "Say who, or which units, go from Chi bộ 1 to Chi bộ 2.",
    ),
    "somebody of another roll": (
        {"unit": "2", "target": "1", "parts": ["goes"]},
        "Nguyễn Văn An is not on the roll of Chi bộ 2.",
    ),
    "people to a committee": (
        {"unit": "1", "target": "H", "parts": ["goes"]},
        "Chi bộ 1 has members, but Đảng bộ H is no cell.",
    ),
    "somebody who came later": (
        {"unit": "1", "target": "2", "parts": ["late"]},
        "Chi bộ 1 took in a member on 02/12/2024, later than this decision: change "
        "the day from which it holds, or take this content out.",
    ),
    "a unit of another": (
        {"unit": "H", "target": "A", "parts": ["1"]},
        "Chi bộ 1 does not stand directly below Đảng bộ H.",
    ),
    "below itself": (
        {"unit": "G", "target": "1", "parts": ["1"]},
        "Chi bộ 1 cannot move below itself (Chi bộ 1).",
    ),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_division_that_cannot_be_is_refused(district, name):
    late = MemberFactory(code="late")
    MembershipFactory(member=late, unit=district["1"], from_on=date(2024, 12, 2))
    named = district | {
        "goes": MemberFactory(code="goes", cell=district["1"]),
        "late": late,
    }
    change, refusal = REFUSALS[name]
    before = roll(), tree(), tree_on(date(2024, 12, 3))

    with pytest.raises(UnitNotChangeable) as caught:
        decide(
            {
                "act": Act.DIVIDE,
                "unit": named[change["unit"]],
                "target": named[change["target"]],
                "parts": [named[part] for part in change.get("parts", ())],
            }
        )

    assert str(caught.value) == refusal
    assert caught.value.change_id is not None
    assert (roll(), tree(), tree_on(date(2024, 12, 3))) == before
    assert successions() == []


def test_a_unit_that_still_has_somebody_is_not_closed_after_a_division(district):
    goes, _stays = (MemberFactory(cell=district["1"]) for _ in range(2))

    with pytest.raises(UnitNotChangeable, match="still has members"):
        decide(
            {"act": Act.DIVIDE, "unit": district["1"], "target": district["2"],
             "parts": [goes]},
            {"act": Act.CLOSE, "unit": district["1"]},
        )  # fmt: skip


def test_what_was_delegated_at_a_closed_unit_ends_with_it(district):
    unit = UnitFactory(parent=district["G"])
    post = PostFactory(unit=unit)
    PostFactory(unit=unit, delegated_by=post, ends_on=date(2030, 1, 1))

    decide({"act": Act.CLOSE, "unit": unit})

    assert not Post.objects.filter(ended_at=None).exists()
