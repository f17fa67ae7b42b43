"""From the tables of a rule set to its criteria and procedure. Pure.

Source: `docs/rules/classification.md` § 4 and § 5.
"""

from collections.abc import Mapping, Sequence
from functools import partial

from campaigns.rulesets.model import LEVELS, REASONS, LevelScheme
from campaigns.rulesets.procedure import (
    DECIDING_UNITS,
    MAJORITIES,
    SCALES,
    STEPS,
    VOTERS,
    Authority,
    Ballot,
    Criteria,
    Criterion,
    Form,
    OrderRule,
    Procedure,
    SpecialCase,
    Threshold,
    Trigger,
)
from campaigns.rulesets.tables import (
    Table,
    flag,
    label,
    maybe,
    number,
    one_of,
    origin,
    part,
    percent,
    rows,
    share,
    some_of,
    sourced,
    text,
    unique,
    whole,
)
from campaigns.rulesets.terms import KINDS, SUBJECTS, Term


def build_criteria(
    members: LevelScheme, organisations: LevelScheme, table: Table
) -> Criteria:
    """Return what is weighed; levels of people and of bodies come from their schemes.

    Raises: BadRuleSet, with the first key that is wrong.
    """
    scale = one_of(SCALES)(table, "scale")
    degrees = rows(table, "degrees", _degree)
    unique(table, "degrees", [degree.code for degree in degrees])
    if bool(degrees) != (scale == "DEGREES"):
        table.refuse("degrees", f"do not fit the scale {scale}")
    points = maybe(table, "points", number)
    if (points is not None) != (scale == "POINTS"):
        table.refuse("points", f"do not fit the scale {scale}")
    criteria = Criteria(
        origin=origin(table),
        scale=scale,
        points=points,
        degrees=degrees,
        tree=rows(table, "tree", _criterion),
        thresholds=rows(
            table, "thresholds", partial(_threshold, [one.code for one in degrees])
        ),
        triggers=rows(table, "triggers", _trigger),
    )
    _check_tree(table, criteria)
    _check_thresholds(
        table,
        criteria,
        {
            "MEMBER": members.codes,
            "CADRE": members.codes,
            "ORGANISATION": organisations.codes,
            "COLLECTIVE": organisations.codes,
        },
    )
    unique(table, "triggers", [trigger.code for trigger in criteria.triggers])
    return criteria


def _degree(table: Table) -> Term:
    return Term(
        origin=origin(table),
        code=text(table, "code"),
        label=label(table, "label"),
        short=label(table, "short"),
    )


def _criterion(table: Table) -> Criterion:
    return Criterion(
        origin=origin(table),
        code=text(table, "code"),
        label=label(table, "label"),
        parent=maybe(table, "parent", text),
        applies_to=some_of(KINDS)(table, "applies_to"),
        is_result=flag(table, "is_result"),
        points=maybe(table, "points", number),
    )


def _check_tree(table: Table, criteria: Criteria) -> None:
    unique(table, "tree", [criterion.code for criterion in criteria.tree])
    above: dict[str, Criterion] = {}
    for at, criterion in enumerate(criteria.tree):
        if criterion.points is not None and criteria.scale != "POINTS":
            table.refuse(f"tree[{at}].points", f"do not fit the scale {criteria.scale}")
        if criterion.parent is not None:
            _check_branch(table.below(f"tree[{at}]", {}), criterion, above)
        above[criterion.code] = criterion
    for kind in KINDS:
        _check_points(table, criteria, kind)


def _check_branch(
    table: Table, criterion: Criterion, above: Mapping[str, Criterion]
) -> None:
    branch = above.get(criterion.parent or "")
    if branch is None:
        table.refuse("parent", f'"{criterion.parent}" is no criterion above it')
    if not set(criterion.applies_to) <= set(branch.applies_to):
        table.refuse("applies_to", f"goes beyond its branch {branch.code}")


def _check_points(table: Table, criteria: Criteria, kind: str) -> None:
    """Refuse a branch whose parts do not give exactly its own points."""
    rated = [one for one in criteria.tree if kind in one.applies_to]
    most = {one.code: one.points for one in rated}
    for branch, points in [(None, criteria.points), *most.items()]:
        parts = [one.points for one in rated if one.parent == branch]
        given = [part for part in parts if part is not None]
        if given and sum(given) != points:
            table.refuse(
                "tree",
                f"gives {kind} {sum(given)} points below {branch or 'the top'},"
                f" not {points}",
            )


def _threshold(degrees: Sequence[str], table: Table) -> Threshold:
    return Threshold(
        origin=origin(table),
        level=one_of(LEVELS)(table, "level"),
        applies_to=some_of(KINDS)(table, "applies_to"),
        points_from=maybe(table, "points_from", number),
        result_degree=maybe(table, "result_degree", one_of(degrees)),
        other_degree=maybe(table, "other_degree", one_of(degrees)),
        done_percent=maybe(table, "done_percent", percent),
        exceeded_percent=maybe(table, "exceeded_percent", percent),
        late_percent_at_most=maybe(table, "late_percent_at_most", percent),
        conditions=maybe(table, "conditions", label),
    )


def _check_thresholds(
    table: Table, criteria: Criteria, levels: Mapping[str, Sequence[str]]
) -> None:
    """Refuse a level that its kind lacks, or that asks as much as a better one."""
    for kind, codes in levels.items():
        better: Threshold | None = None
        for at, threshold in enumerate(criteria.thresholds):
            if kind in threshold.applies_to:
                _check_threshold(
                    table.below(f"thresholds[{at}]", {}), threshold, codes, better
                )
                better = threshold


def _check_threshold(
    table: Table, threshold: Threshold, codes: Sequence[str], better: Threshold | None
) -> None:
    if threshold.level not in codes:
        table.refuse("level", f'"{threshold.level}" is none of {", ".join(codes)}')
    if better is None:
        return
    if codes.index(threshold.level) <= codes.index(better.level):
        table.refuse("level", f"stands below {better.level} without being worse")
    points, more = threshold.points_from, better.points_from
    if points is not None and more is not None and points >= more:
        table.refuse("points_from", f"is not less than for {better.level}")


def _trigger(table: Table) -> Trigger:
    return Trigger(
        origin=origin(table),
        code=text(table, "code"),
        label=label(table, "label"),
        applies_to=some_of(KINDS)(table, "applies_to"),
        reason=maybe(table, "reason", one_of(REASONS)),
    )


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
