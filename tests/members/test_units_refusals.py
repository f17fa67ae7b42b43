"""Changes that the live tree does not take."""

from datetime import date

import pytest

from members.models import Event, PartyUnit
from members.paths import MAX_DEPTH
from members.policy import SYSTEM
from members.services.decisions import apply_decision
from members.services.units import UnitNotChangeable, create_unit
from tests.factories import (
    NOON,
    MemberFactory,
    MembershipFactory,
    UnitChangeFactory,
    UnitDecisionFactory,
    UnitFactory,
)
from tests.members.decisions import DAY, Act, decide, tree, tree_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.mark.parametrize(
    ("columns", "refusal"),
    [
        ({"code": "3"}, "The unit code 3 is taken."),
        ({"code": "g"}, "The unit code g is taken."),
        ({"code": " g\n"}, "The unit code g is taken."),
        (
            {"code": "9\u200b"},
            r"The text holds a character that cannot be seen \(U\+200B\).",
        ),
        (
            {"kind": "GUILD"},
            "“GUILD” is no kind or sector that is valid on 01/12/2024.",
        ),
        (
            {"kind": "COMMUNE"},
            "“COMMUNE” is no kind or sector that is valid on 01/12/2024.",
        ),
        (
            {"sector": "MOON"},
            "“MOON” is no kind or sector that is valid on 01/12/2024.",
        ),
    ],
)
@pytest.mark.usefixtures("district")
def test_a_unit_is_refused_that_cannot_be(columns, refusal):
    with pytest.raises(UnitNotChangeable, match=f"^{refusal}$"):
        create_unit(**{"code": "9", "name": "X", "kind": "CELL", "on": DAY, **columns})


def test_a_code_is_kept_with_single_blanks():
    unit = create_unit(code=" X\t 1\n", name="X", kind="CELL", on=DAY)

    assert (unit.code, unit.code_key) == ("X 1", "x 1")


def test_a_kind_of_its_year_is_taken(district):
    day = date(2025, 7, 1)

    commune = create_unit(code="X", name="Xã X", kind="COMMUNE", on=day)

    assert commune.kind == "COMMUNE"


REFUSALS = {
    "below itself": (
        {"act": Act.MOVE, "unit": "G", "target": "1"},
        "Đảng bộ G cannot move below itself (Chi bộ 1).",
    ),
    "below a cell": (
        {"act": Act.MOVE, "unit": "H", "target": "1"},
        "Chi bộ 1 is a cell: no unit stands below one.",
    ),
    "a cell, with cells below": (
        {"act": Act.RENAME, "unit": "G", "kind": "CELL"},
        "Đảng bộ G still has units below it: move or close them first.",
    ),
    "with cells, into a cell": (
        {"act": Act.MERGE, "unit": "H", "target": "1"},
        "Chi bộ 1 is a cell: no unit stands below one.",
    ),
    "to itself": (
        {"act": Act.MOVE, "unit": "G", "target": "G"},
        "Đảng bộ G cannot move below itself (Đảng bộ G).",
    ),
    "to a closed unit": (
        {"act": Act.MOVE, "unit": "3", "target": "closed"},
        "Chi bộ closed was closed on 01/01/2023.",
    ),
    "below a closed unit": (
        {"act": Act.CREATE, "target": "closed", "code": "K", "name": "K",
         "kind": "CELL"},
        "Chi bộ closed was closed on 01/01/2023 and takes no unit below it.",
    ),
    "of a closed unit": (
        {"act": Act.RENAME, "unit": "closed", "name": "K"},
        "Chi bộ closed was closed on 01/01/2023.",
    ),
    "to a kind of another year": (
        {"act": Act.RENAME, "unit": "G", "kind": "WARD"},
        "“WARD” is no kind or sector that is valid on 01/12/2024.",
    ),
    "before the last state": (
        {"act": Act.RENAME, "unit": "young", "sector": "COMMUNE"},
        "Chi bộ young was changed on 02/12/2024, later than this decision takes "
        "effect: change the day from which it holds to 02/12/2024 or later, or take "
        "this content out.",
    ),
    "closing before the last state": (
        {"act": Act.CLOSE, "unit": "young"},
        "Chi bộ young was changed on 02/12/2024, later than this decision takes "
        "effect: change the day from which it holds to 02/12/2024 or later, or take "
        "this content out.",
    ),
    "closing above units": (
        {"act": Act.CLOSE, "unit": "H"},
        "Đảng bộ H still has units below it: move or close them first.",
    ),
    "closing with members": (
        {"act": Act.CLOSE, "unit": "1"},
        "Chi bộ 1 still has members: transfer them or merge the unit.",
    ),
    "merging into itself": (
        {"act": Act.MERGE, "unit": "1", "target": "1"},
        "Chi bộ 1 cannot merge into itself or a unit below it.",
    ),
    "merging into a unit below": (
        {"act": Act.MERGE, "unit": "G", "target": "1"},
        "Đảng bộ G cannot merge into itself or a unit below it.",
    ),
    "merging members into a committee": (
        {"act": Act.MERGE, "unit": "1", "target": "H"},
        "Chi bộ 1 has members, but Đảng bộ H is no cell.",
    ),
    "merging before a member came": (
        {"act": Act.MERGE, "unit": "2", "target": "1"},
        "Chi bộ 2 took in a member on 02/12/2024, later than this decision: change "
        "the day from which it holds, or take this content out.",
    ),
}  # fmt: skip


def chain(root, levels):
    """Units one below the other, so that the whole has this many levels."""
    units = [root]
    for at in range(2, levels + 1):
        units.append(
            UnitFactory(
                code=f"{root.code}.{at}",
                name=f"Cấp {at}",
                kind="SUPERIOR",
                parent=units[-1],
            )
        )
    return units


TOO_DEEP = "Below Cấp {} the tree would have more than 30 levels."


def test_a_unit_is_added_on_the_thirtieth_level_and_on_none_below(district):
    above = chain(district["A"], MAX_DEPTH - 1)[-1]

    lowest = create_unit(code="N", name="Cấp 30", kind="CELL", on=DAY, parent=above)

    with pytest.raises(UnitNotChangeable, match=f"^{TOO_DEEP.format(30)}$"):
        create_unit(code="O", name="X", kind="CELL", on=DAY, parent=lowest)


@pytest.mark.parametrize(("act", "code"), [(Act.MOVE, "G"), (Act.MERGE, "H")])
def test_what_moves_needs_room_for_all_that_stands_below_it(district, act, code):
    """G has two levels; so has the cell below H, though the lower one is closed."""
    UnitFactory(parent=district["3"], closed_on=date(2023, 1, 1))
    *_, above, lower = chain(district["A"], MAX_DEPTH - 1)
    unit, before = district[code], tree()

    with pytest.raises(UnitNotChangeable, match=f"^{TOO_DEEP.format(29)}$"):
        decide({"act": act, "unit": unit, "target": lower})
    assert tree() == before

    decide({"act": act, "unit": unit, "target": above})
    assert max(map(len, PartyUnit.objects.values_list("path", flat=True))) == 210


@pytest.mark.parametrize("name", REFUSALS)
def test_an_impossible_change_is_refused_and_nothing_of_its_decision_stays(
    district, name
):
    g, day_after = district["G"], date(2024, 12, 2)
    district["closed"] = UnitFactory(code="closed", parent=g, closed_on="2023-01-01")
    district["young"] = UnitFactory(code="young", parent=g, opened_on=day_after)
    district["closed"].refresh_from_db()
    MemberFactory(cell=district["1"])
    MembershipFactory(unit=district["2"], from_on=day_after)
    change, refusal = REFUSALS[name]
    change = {
        key: district[value] if key in {"unit", "target"} else value
        for key, value in change.items()
    }
    before = tree(), tree_on(day_after)
    decision = UnitDecisionFactory(effective_on=DAY)
    UnitChangeFactory(decision=decision, unit=district["3"], name="Ba")
    UnitChangeFactory(decision=decision, **{"unit": None, **change})

    with pytest.raises(UnitNotChangeable) as caught:
        apply_decision(decision=decision, actor=SYSTEM, now=NOON, system_reason="test")

    decision.refresh_from_db()
    assert str(caught.value) == refusal
    assert (tree(), tree_on(day_after)) == before
    assert (decision.applied_at, Event.objects.count()) == (None, 0)


def test_a_decision_is_carried_out_once(district):
    decision = decide({"act": Act.RENAME, "unit": district["1"], "name": "Một"})

    with pytest.raises(UnitNotChangeable) as caught:
        apply_decision(decision=decision, actor=SYSTEM, now=NOON, system_reason="test")

    assert str(caught.value) == (
        f"Decision {decision.number} has been carried out already."
    )
