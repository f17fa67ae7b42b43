"""The roll-up as JSON. Source: `docs/contracts.md`, "Roll-up JSON".

`reports/rollup.schema.json` says the same to a machine.
"""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from campaigns.rulesets import LevelScheme, RuleSet
from reports.figures import (
    Figures,
    MemberCounts,
    OrganisationCounts,
    Rollup,
    UnitFigures,
    percent_of,
)
from reviews.ceilings import CeilingRow

Json = dict[str, Any]


def to_json(rollup: Rollup, rule_set: RuleSet) -> Json:
    """Return a unit and its children as the contract writes them.

    **Shape:** the keys in the contract's order; a child has no `children`.
    """
    of_unit = _unit(rollup.unit, rollup, rule_set)
    children = [_unit(child, rollup, rule_set) for child in rollup.children]
    return {**of_unit, "children": children}


def figures_digest(rollup: Rollup, rule_set: RuleSet) -> str:
    """Return the hash of a unit's figures, whatever the language and the format."""
    return hashlib.sha256(json.dumps(to_json(rollup, rule_set)).encode()).hexdigest()


def _unit(unit: UnitFigures, rollup: Rollup, rule_set: RuleSet) -> Json:
    return {
        "campaign": rollup.campaign,
        "rule_set": rollup.rule_set,
        "unit": {
            "code": unit.unit.code,
            "name": unit.unit.name,
            "kind": unit.unit.kind,
            "sector": unit.unit.sector,
            "level": unit.unit.level or None,
        },
        **_figures(unit.figures),
        "percent": _percents(unit.figures, rule_set),
        "ceiling": [_ceiling(row) for row in unit.ceiling],
        "by_sector": {
            sector: _figures(figures) for sector, figures in unit.by_sector.items()
        },
    }


def _figures(figures: Figures) -> Json:
    return {
        "members": _members(figures.members),
        "cells": organisations_json(figures.cells),
        "grassroots": organisations_json(figures.grassroots),
    }


def _members(counts: MemberCounts) -> Json:
    return {
        "present": counts.present,
        "exempt": counts.exempt,
        "not_reviewed": counts.not_reviewed,
        "not_assessed": dict(counts.not_assessed),
        "assessed": counts.assessed,
        "levels": dict(counts.levels),
        "reasons": dict(counts.reasons),
    }


def organisations_json(counts: OrganisationCounts) -> Json:
    """Return the counts of one subject that is no person."""
    return {
        "total": counts.total,
        "assessed": counts.assessed,
        "levels": dict(counts.levels),
        "groups": dict(counts.groups),
    }


def _percents(figures: Figures, rule_set: RuleSet) -> Json:
    subjects: Mapping[str, MemberCounts | OrganisationCounts] = {
        "members": figures.members,
        "cells": figures.cells,
        "grassroots": figures.grassroots,
    }
    of_assessed: Json = {}
    good_or_better: Json = {}
    within: Json = {}
    for subject, counts in subjects.items():
        scheme = rule_set.scheme(subject)
        of_assessed[subject] = _of_assessed(counts, scheme)
        good = _sum(counts.levels, scheme, "GOOD_OR_BETTER")
        good_or_better[subject] = _text(percent_of(good, counts.assessed))
        within[subject] = _within(counts.levels, scheme)
    return {**of_assessed, "good_or_better": good_or_better, "within": within}


def _of_assessed(
    counts: MemberCounts | OrganisationCounts, scheme: LevelScheme
) -> dict[str, str | None]:
    codes = (*scheme.codes, *(group.code for group in scheme.groups))
    return {
        code: _text(percent_of(_sum(counts.levels, scheme, code), counts.assessed))
        for code in codes
    }


def _within(levels: Mapping[str, int], scheme: LevelScheme) -> dict[str, str | None]:
    return {
        pair.code: _text(
            percent_of(
                _sum(levels, scheme, pair.part), _sum(levels, scheme, pair.whole)
            )
        )
        for pair in scheme.within
    }


def _sum(levels: Mapping[str, int], scheme: LevelScheme, code: str) -> int:
    return sum(levels[level] for level in scheme.levels_in(code))


def _ceiling(row: CeilingRow) -> Json:
    return {
        "unit": row.unit,
        "subject": row.subject,
        "base": row.base,
        "base_count": row.base_count,
        "percent": _text(row.percent),
        "allowed": row.allowed,
        "actual": row.actual,
        "exceeded": row.exceeded,
        "assumed": row.assumed,
    }


def _text(percent: Decimal | None) -> str | None:
    return None if percent is None else f"{percent:.2f}"
