"""Decisions on a small tree, and what it looks like."""

from datetime import date

from members.models import PartyUnit, UnitChange, UnitPart, UnitState
from members.policy import SYSTEM
from members.services.decisions import apply_decision
from tests.factories import NOON, UnitChangeFactory, UnitDecisionFactory

Act = UnitChange.Act
DAY = date(2024, 12, 1)  # on which decisions take effect unless they say otherwise


def decide(*changes, on=DAY):
    """Carry out a decision that makes these changes."""
    decision = UnitDecisionFactory(effective_on=on)
    for change in changes:
        columns = {"unit": None, **change}
        parts = columns.pop("parts", ())
        made = UnitChangeFactory(decision=decision, **columns)
        for part in parts:
            kind = "unit" if isinstance(part, PartyUnit) else "member"
            UnitPart.objects.create(change=made, **{kind: part})
    apply_decision(decision=decision, actor=SYSTEM, now=NOON, system_reason="test")
    return decision


def tree():
    """The paths of all units by code, with dots to read them by."""
    rows = PartyUnit.objects.values_list("code", "path")
    return {
        code: ".".join(str(int(path[at : at + 7])) for at in range(0, len(path), 7))
        for code, path in rows
    }


def tree_on(day):
    """Who stood below whom on a day: code, name, code of the unit above."""
    states = UnitState.objects.on(day).order_by("unit__code")
    return list(states.values_list("unit__code", "name", "parent__code"))
