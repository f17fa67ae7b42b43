"""Drafts of decisions, as the services keep them, whatever the pages offer."""

from datetime import date

import pytest

from members.models import Membership, UnitChange, UnitDecision
from members.queries import actor_for
from members.queries.decisions import units_to_come
from members.services import decisions
from members.services.units import UnitNotChangeable
from tests.factories import (
    NOON,
    MemberFactory,
    PostFactory,
    UnitChangeFactory,
    UnitDecisionFactory,
    UnitFactory,
)
from tests.members.decisions import DAY, Act, decide

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

NOT_YOURS = "{} is not among the units that your office decides on."


@pytest.fixture
def clerk(district):
    return actor_for(PostFactory(unit=district["G"]).account)


@pytest.fixture
def draft(district) -> UnitDecision:
    return UnitDecisionFactory(keeper=district["G"], effective_on=DAY)


def add(draft, actor, **columns):
    return decisions.add_change(
        decision=draft,
        version=draft.version,
        change=UnitChange(**columns),
        actor=actor,
        now=NOON,
    )


@pytest.mark.parametrize(
    ("act", "unit", "target", "refused"),
    [
        (Act.CLOSE, "G", None, "Đảng bộ G"),
        (Act.MERGE, "G", "1", "Đảng bộ G"),
        (Act.RENAME, "3", None, "Chi bộ 3"),
        (Act.MOVE, "1", "H", "Đảng bộ H"),
        (Act.CREATE, None, "A", "Đảng bộ huyện A"),
    ],
)
def test_an_office_decides_on_what_stands_below_its_unit_alone(
    district, clerk, draft, act, unit, target, refused
):
    columns = {"act": act, "unit": district.get(unit), "target": district.get(target),
               "code": "N", "name": "N", "kind": "CELL"}  # fmt: skip

    with pytest.raises(UnitNotChangeable) as caught:
        add(draft, clerk, **columns)
    assert str(caught.value) == NOT_YOURS.format(refused)

    UnitChangeFactory(decision=draft, **columns)
    with pytest.raises(UnitNotChangeable) as caught:
        decisions.apply_decision(decision=draft, actor=clerk, now=NOON)
    assert str(caught.value) == NOT_YOURS.format(refused)
    draft.refresh_from_db()
    assert (draft.applied_at, draft.version) == (None, 1)


def test_the_own_unit_takes_what_comes(district, clerk, draft):
    lower = UnitFactory(parent=district["1"])

    add(draft, clerk, act=Act.MOVE, unit=lower, target=district["G"])
    draft.refresh_from_db()
    decisions.apply_decision(decision=draft, actor=clerk, now=NOON)

    lower.refresh_from_db()
    assert lower.parent == district["G"]


def test_a_draft_is_not_carried_out_before_its_day(district, clerk):
    draft = UnitDecisionFactory(keeper=district["G"], effective_on=date(2024, 12, 2))
    add(draft, clerk, act=Act.CLOSE, unit=district["1"])

    with pytest.raises(UnitNotChangeable, match="takes effect on 02/12/2024"):
        decisions.apply_decision(decision=draft, actor=clerk, now=NOON)


def test_what_was_carried_out_takes_no_change(district, clerk, draft):
    add(draft, clerk, act=Act.CLOSE, unit=district["1"])
    draft.refresh_from_db()
    decisions.apply_decision(decision=draft, actor=clerk, now=NOON)

    with pytest.raises(decisions.DecisionNotDraftable, match="carried out already"):
        add(draft, clerk, act=Act.CLOSE, unit=district["2"])


@pytest.mark.parametrize("act", [Act.MOVE, Act.CREATE])
def test_nothing_is_put_below_a_cell_that_the_decision_creates(
    draft, clerk, district, act
):
    columns = {"code": "N2", "name": "Tổ mới", "kind": "CELL", "sector": ""}
    named = {"unit": district["2"]} if act is Act.MOVE else columns
    for kind, is_refused in (("CELL", True), ("SUB_GRASSROOTS", False)):
        created = UnitChangeFactory(
            decision=draft,
            act=Act.CREATE,
            unit=None,
            target=district["G"],
            code=f"N-{kind}",
            name=f"Mới {kind}",
            kind=kind,
        )
        if is_refused:
            with pytest.raises(UnitNotChangeable, match="no unit stands below one"):
                add(draft, clerk, act=act, target_change=created, **named)
        else:
            assert add(draft, clerk, act=act, target_change=created, **named)


def test_a_cell_to_come_is_not_offered_as_what_a_unit_stands_below(draft, district):
    for kind in ("CELL", "SUB_GRASSROOTS"):
        UnitChangeFactory(
            decision=draft,
            act=Act.CREATE,
            unit=None,
            target=district["G"],
            code=kind,
            name=kind,
            kind=kind,
        )

    offered = [name for _key, name, _about in units_to_come(draft, with_cells=False)]
    assert offered == ["SUB_GRASSROOTS"]
    assert len(units_to_come(draft)) == 2


def test_a_merger_ends_what_somebody_had_beside_in_the_same_cell(district):
    one, other = UnitFactory(parent=district["A"]), UnitFactory(parent=district["A"])
    member, native = MemberFactory(cell=one), MemberFactory(cell=other)
    for each, unit in ((member, other), (native, one)):
        Membership.objects.create(
            member=each,
            unit=unit,
            kind=Membership.Kind.TEMPORARY,
            from_on=date(2024, 3, 1),
        )

    decide({"act": Act.MERGE, "unit": one, "target": other})

    current = Membership.objects.current().order_by("member")
    assert list(current.values_list("member", "unit", "kind")) == [
        (member.pk, other.pk, "OFFICIAL"),
        (native.pk, other.pk, "OFFICIAL"),
    ]
