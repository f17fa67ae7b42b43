"""From the tables of a rule set to who does what, in which order. Pure.

Source: `docs/rules/classification.md` § 5.
"""

from collections.abc import Sequence
from functools import partial

from campaigns.rulesets.procedure import (
    DECIDING_UNITS,
    MAJORITIES,
    STEPS,
    VOTERS,
    Authority,
    Ballot,
    Form,
    OrderRule,
    Procedure,
    SpecialCase,
)
from campaigns.rulesets.tables import (
    Table,
    flag,
    label,
    maybe,
    one_of,
    origin,
    part,
    rows,
    share,
    some_of,
    sourced,
    text,
    unique,
    whole,
)
from campaigns.rulesets.terms import KINDS, SUBJECTS


def build_procedure(levels: Sequence[str], table: Table) -> Procedure:
    """Return the steps around the rating; `levels` are those of members.

    Raises: BadRuleSet, with the first key that is wrong.
    """
    procedure = Procedure(
        special_cases=rows(table, "special_cases", partial(_special_case, levels)),
        authorities=rows(table, "authorities", _authority),
        order=rows(table, "order", _order_rule),
        ballot=part(table, "ballot", _ballot),
        kept_years=sourced(table, "kept_years", whole),
        forms=rows(table, "forms", _form),
    )
    unique(table, "special_cases", [one.code for one in procedure.special_cases])
    unique(table, "order", [one.code for one in procedure.order])
    unique(table, "forms", [one.code for one in procedure.forms])
    deciders = [one.subject for one in procedure.authorities if one.step == "DECIDES"]
    if sorted(deciders) != sorted(SUBJECTS):
        table.refuse("authorities", f"do not DECIDE once on {', '.join(SUBJECTS)}")
    return procedure


def _special_case(levels: Sequence[str], table: Table) -> SpecialCase:
    return SpecialCase(
        origin=origin(table),
        code=text(table, "code"),
        label=label(table, "label"),
        applies_to=some_of(KINDS)(table, "applies_to"),
        is_reviewed=maybe(table, "is_reviewed", flag),
        is_rated=flag(table, "is_rated"),
        level_at_most=maybe(table, "level_at_most", one_of(levels)),
        months=maybe(table, "months", whole),
    )


def _authority(table: Table) -> Authority:
    return Authority(
        origin=origin(table),
        subject=one_of(SUBJECTS)(table, "subject"),
        step=one_of(STEPS)(table, "step"),
        unit=one_of(DECIDING_UNITS)(table, "unit"),
        label=label(table, "label"),
    )


def _order_rule(table: Table) -> OrderRule:
    return OrderRule(
        origin=origin(table), code=text(table, "code"), label=label(table, "label")
    )


def _ballot(table: Table) -> Ballot:
    return Ballot(
        is_secret=sourced(table, "is_secret", flag),
        voters=sourced(table, "voters", one_of(VOTERS)),
        may_vote_on_self=sourced(table, "may_vote_on_self", flag),
        quorum=sourced(table, "quorum", share),
        majority=sourced(table, "majority", one_of(MAJORITIES)),
        rounds=sourced(table, "rounds", whole),
    )


def _form(table: Table) -> Form:
    return Form(
        origin=origin(table),
        code=text(table, "code"),
        label=label(table, "label"),
        applies_to=some_of(KINDS)(table, "applies_to"),
    )
