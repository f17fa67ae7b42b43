"""From the tables of a rule set to who does what, in which order. Pure.

Source: `docs/rules/classification.md` § 5.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from campaigns.rulesets.procedure import (
    DECIDING_UNITS,
    MAJORITIES,
    REQUESTED_FROM,
    STEPS,
    UNRATED_YEARS,
    VOTERS,
    Authority,
    Ballot,
    Form,
    OrderRule,
    Procedure,
    SpecialCase,
    Streaks,
)
from campaigns.rulesets.tables import Table, one_of
from campaigns.rulesets.terms import KINDS, SUBJECTS, Sourced

T = TypeVar("T")


def build_procedure(levels: Sequence[str], table: Table) -> Procedure:
    """Return the steps around the rating; `levels` are those of members.

    Raises: BadRuleSet, with the first key that is wrong.
    """
    procedure = Procedure(
        special_cases=table.rows("special_cases", partial(_special_case, levels)),
        authorities=table.rows("authorities", _authority),
        order=table.rows("order", _order_rule),
        ballot=table.part("ballot", _ballot),
        kept_years=table.sourced("kept_years", Table.whole),
        request_days=_known(table, "request_days", Table.whole),
        request_to=_known(table, "request_to", one_of(REQUESTED_FROM)),
        streaks=table.part("streaks", _streaks) if "streaks" in table else None,
        forms=table.rows("forms", _form),
    )
    table.unique("special_cases", [one.code for one in procedure.special_cases])
    table.unique("order", [one.code for one in procedure.order])
    table.unique("forms", [one.code for one in procedure.forms])
    deciders = [one.subject for one in procedure.authorities if one.step == "DECIDES"]
    if sorted(deciders) != sorted(SUBJECTS):
        table.refuse("authorities", f"do not DECIDE once on {', '.join(SUBJECTS)}")
    table.unique(
        "authorities",
        [f"{one.subject} {one.step} {one.unit}" for one in procedure.authorities],
        key="unit",
    )
    return procedure


def _known(
    table: Table, name: str, read: Callable[[Table, str], T]
) -> Sourced[T] | None:
    """Return a value that rule sets which campaigns stored before may lack."""
    return table.sourced(name, read) if name in table else None


def _special_case(levels: Sequence[str], table: Table) -> SpecialCase:
    return SpecialCase(
        origin=table.origin(),
        code=table.text("code"),
        label=table.label("label"),
        applies_to=table.some_of("applies_to", KINDS),
        is_reviewed=table.maybe("is_reviewed", Table.flag),
        is_rated=table.flag("is_rated"),
        level_at_most=table.maybe("level_at_most", one_of(levels)),
        months=table.maybe("months", Table.whole),
    )


def _authority(table: Table) -> Authority:
    return Authority(
        origin=table.origin(),
        subject=table.one_of("subject", SUBJECTS),
        step=table.one_of("step", STEPS),
        unit=table.one_of("unit", DECIDING_UNITS),
        label=table.label("label"),
    )


def _order_rule(table: Table) -> OrderRule:
    return OrderRule(
        origin=table.origin(), code=table.text("code"), label=table.label("label")
    )


def _ballot(table: Table) -> Ballot:
    return Ballot(
        is_secret=table.sourced("is_secret", Table.flag),
        voters=table.sourced("voters", one_of(VOTERS)),
        may_vote_on_self=table.sourced("may_vote_on_self", Table.flag),
        quorum=table.sourced("quorum", Table.share),
        majority=table.sourced("majority", one_of(MAJORITIES)),
        rounds=table.sourced("rounds", Table.whole),
    )


def _streaks(table: Table) -> Streaks:
    return Streaks(
        best_years=table.sourced("best_years", Table.whole),
        lowest_years=table.sourced("lowest_years", Table.whole),
        unrated_year=table.sourced("unrated_year", one_of(UNRATED_YEARS)),
    )


def _form(table: Table) -> Form:
    return Form(
        origin=table.origin(),
        code=table.text("code"),
        label=table.label("label"),
        applies_to=table.some_of("applies_to", KINDS),
    )
