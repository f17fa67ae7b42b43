"""From the tables of a rule set to what is weighed. Pure.

Source: `docs/rules/classification.md` § 4.
"""

from collections.abc import Mapping, Sequence
from functools import partial

from campaigns.rulesets.model import LEVELS, REASONS, LevelScheme
from campaigns.rulesets.procedure import (
    SCALES,
    Criteria,
    Criterion,
    Threshold,
    Trigger,
)
from campaigns.rulesets.tables import Table, one_of
from campaigns.rulesets.terms import KINDS, Term


def build_criteria(
    members: LevelScheme, organisations: LevelScheme, table: Table
) -> Criteria:
    """Return what is weighed; people have the levels of members, bodies the others.

    Raises: BadRuleSet, with the first key that is wrong.
    """
    degrees = table.rows("degrees", _degree)
    degree_codes = [degree.code for degree in degrees]
    criteria = Criteria(
        origin=table.origin(),
        scale=table.one_of("scale", SCALES),
        points=table.maybe("points", Table.number),
        degrees=degrees,
        tree=table.rows("tree", _criterion),
        thresholds=table.rows("thresholds", partial(_threshold, degree_codes)),
        triggers=table.rows("triggers", _trigger),
    )
    table.unique("degrees", degree_codes)
    table.unique("triggers", [trigger.code for trigger in criteria.triggers])
    _check_scale(table, criteria)
    _check_tree(table, criteria)
    people, bodies = members.codes, organisations.codes
    for kind, codes in zip(KINDS, (people, people, bodies, bodies), strict=True):
        _check_thresholds(table, criteria, kind, codes)
    return criteria


def _degree(table: Table) -> Term:
    return Term(
        origin=table.origin(),
        code=table.text("code"),
        label=table.label("label"),
        short=table.label("short"),
    )


def _criterion(table: Table) -> Criterion:
    return Criterion(
        origin=table.origin(),
        code=table.text("code"),
        label=table.label("label"),
        parent=table.maybe("parent", Table.text),
        applies_to=table.some_of("applies_to", KINDS),
        is_result=table.flag("is_result"),
        points=table.maybe("points", Table.number),
    )


def _threshold(degrees: Sequence[str], table: Table) -> Threshold:
    return Threshold(
        origin=table.origin(),
        level=table.one_of("level", LEVELS),
        applies_to=table.some_of("applies_to", KINDS),
        points_from=table.maybe("points_from", Table.number),
        result_degree=table.maybe("result_degree", one_of(degrees)),
        other_degree=table.maybe("other_degree", one_of(degrees)),
        done_percent=table.maybe("done_percent", Table.percent),
        exceeded_percent=table.maybe("exceeded_percent", Table.percent),
        late_percent_at_most=table.maybe("late_percent_at_most", Table.percent),
        conditions=table.maybe("conditions", Table.label),
    )


def _trigger(table: Table) -> Trigger:
    return Trigger(
        origin=table.origin(),
        code=table.text("code"),
        label=table.label("label"),
        applies_to=table.some_of("applies_to", KINDS),
        reason=table.maybe("reason", one_of(REASONS)),
    )


def _check_scale(table: Table, criteria: Criteria) -> None:
    scale = criteria.scale
    if bool(criteria.degrees) != (scale == "DEGREES"):
        table.refuse("degrees", f"do not fit the scale {scale}")
    if (criteria.points is not None) != (scale == "POINTS"):
        table.refuse("points", f"do not fit the scale {scale}")
    for at, criterion in enumerate(criteria.tree):
        if criterion.points is not None and scale != "POINTS":
            table.refuse(f"tree[{at}].points", f"do not fit the scale {scale}")
    for at, threshold in enumerate(criteria.thresholds):
        if threshold.points_from is not None and scale != "POINTS":
            table.refuse(
                f"thresholds[{at}].points_from", f"does not fit the scale {scale}"
            )
        if (threshold.points_from or 0) > (criteria.points or 0):
            table.refuse(
                f"thresholds[{at}].points_from", "is more than all points together"
            )


def _check_tree(table: Table, criteria: Criteria) -> None:
    table.unique("tree", [criterion.code for criterion in criteria.tree])
    above: dict[str, Criterion] = {}
    for at, criterion in enumerate(criteria.tree):
        if criterion.parent is not None:
            _check_branch(table, f"tree[{at}]", criterion, above)
        above[criterion.code] = criterion
    for kind in KINDS:
        _check_points(table, criteria, kind)


def _check_branch(
    table: Table, row: str, criterion: Criterion, above: Mapping[str, Criterion]
) -> None:
    branch = above.get(criterion.parent or "")
    if branch is None:
        table.refuse(f"{row}.parent", f'"{criterion.parent}" is no criterion above it')
    if not set(criterion.applies_to) <= set(branch.applies_to):
        table.refuse(f"{row}.applies_to", f"goes beyond its branch {branch.code}")


def _check_points(table: Table, criteria: Criteria, kind: str) -> None:
    """Refuse a branch of which the parts do not give exactly its own points."""
    rated = [one for one in criteria.tree if kind in one.applies_to]
    most = {None: criteria.points} | {one.code: one.points for one in rated}
    for branch, points in most.items():
        parts = [one.points for one in rated if one.parent == branch]
        given = [part for part in parts if part is not None]
        if given and sum(given) != points:
            place = branch or "the top"
            why = f"gives {kind} {sum(given)} points below {place}, not {points or 0}"
            table.refuse("tree", why)


def _check_thresholds(
    table: Table, criteria: Criteria, kind: str, levels: Sequence[str]
) -> None:
    """Refuse a level that the kind lacks, or that asks for more than a better one."""
    degrees = [degree.code for degree in criteria.degrees]
    better: Threshold | None = None
    for at, threshold in enumerate(criteria.thresholds):
        if kind not in threshold.applies_to:
            continue
        row = f"thresholds[{at}]"
        if threshold.level not in levels:
            table.refuse(f"{row}.level", f'"{threshold.level}" is no level of {kind}')
        if better is not None:
            _check_order(table, row, (better, threshold), levels, degrees)
        better = threshold


def _check_order(
    table: Table,
    row: str,
    pair: tuple[Threshold, Threshold],
    levels: Sequence[str],
    degrees: Sequence[str],
) -> None:
    better, worse = pair
    if levels.index(worse.level) <= levels.index(better.level):
        table.refuse(f"{row}.level", f"stands below {better.level}, is not worse")
    points, more = worse.points_from, better.points_from
    if points is not None and more is not None and points >= more:
        table.refuse(f"{row}.points_from", f"is not less than for {better.level}")
    for name in ("result_degree", "other_degree"):
        asked, above = getattr(worse, name), getattr(better, name)
        if asked and above and degrees.index(asked) < degrees.index(above):
            table.refuse(f"{row}.{name}", f"asks for more than {better.level}")
