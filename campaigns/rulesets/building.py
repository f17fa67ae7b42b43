"""From the tables of a rule set to its values; whatever cannot be is refused. Pure.

Source: `docs/rules/classification.md` § 2 and § 3, `docs/rules/ceilings.md` § 1.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from campaigns.rulesets.building_criteria import build_criteria
from campaigns.rulesets.building_procedure import build_procedure
from campaigns.rulesets.matching import first_clash
from campaigns.rulesets.model import (
    BASES,
    CEILING_UNITS,
    GOOD_OR_BETTER,
    GROUPS,
    LEVELS,
    MEMBER_LEVELS,
    REASONS,
    ROUNDINGS,
    SECTIONS,
    STATUSES,
    Ceiling,
    Group,
    Level,
    LevelScheme,
    Note,
    RuleSet,
    StatusRule,
    Within,
)
from campaigns.rulesets.tables import Table, one_of
from campaigns.rulesets.terms import SUBJECTS, Term

AnyTerm = TypeVar("AnyTerm", bound=Term)


def build(values: dict[str, object], *, file: str) -> RuleSet:
    """Return the rule set that these plain values say.

    Raises: BadRuleSet, with the first key that is wrong.
    """
    table = Table(values, file=file)
    table.sources = table.labels("sources")
    rule_set = _rule_set(table)
    table.finish()
    return rule_set


def _rule_set(table: Table) -> RuleSet:
    organisations = table.part("organisations", _scheme)
    members = table.part("members", _scheme)
    if members.codes != MEMBER_LEVELS:
        table.refuse("members.levels", f"are not {', '.join(MEMBER_LEVELS)}")
    valid_from = table.day("valid_from")
    valid_until = table.maybe("valid_until", Table.day)
    if valid_until is not None and valid_until < valid_from:
        table.refuse("valid_until", "is before valid_from")
    schemes = {"members": members, "cells": organisations, "grassroots": organisations}
    return RuleSet(
        origin=table.origin(),
        code=table.text("code"),
        label=table.label("label"),
        citation=table.label("citation"),
        wording=table.label("wording"),
        valid_from=valid_from,
        valid_until=valid_until,
        organisations=organisations,
        members=members,
        reasons=_terms(table, "reasons", REASONS, partial(_term, Term, REASONS)),
        statuses=_terms(table, "statuses", STATUSES, _status),
        ceilings=_ceilings(table, schemes),
        criteria=table.part(
            "criteria", partial(build_criteria, members, organisations)
        ),
        procedure=table.part("procedure", partial(build_procedure, members.codes)),
        notes=table.rows("notes", _note),
    )


def _scheme(table: Table) -> LevelScheme:
    levels = _levels(table)
    codes = tuple(level.code for level in levels)
    groups = table.rows("groups", partial(_group, codes))
    table.unique("groups", [group.code for group in groups])
    good_or_better = table.some_of("good_or_better", codes)
    if good_or_better != codes[: codes.index("GOOD") + 1]:
        table.refuse("good_or_better", "are not the levels down to GOOD")
    scheme = LevelScheme(
        origin=table.origin(),
        levels=levels,
        groups=groups,
        good_or_better=good_or_better,
        within=(),
    )
    return replace(scheme, within=_within(table, scheme))


def _levels(table: Table) -> tuple[Level, ...]:
    levels = table.rows("levels", partial(_term, Level, LEVELS))
    codes = [level.code for level in levels]
    table.unique("levels", codes)
    if codes != sorted(codes, key=LEVELS.index):
        table.refuse("levels", "are not ordered from best to worst")
    if "GOOD" not in codes:
        table.refuse("levels", "lack GOOD")
    _refuse_clash(table, "levels", levels)
    return levels


def _term(
    make: Callable[..., AnyTerm], allowed: Collection[str], table: Table, **more: object
) -> AnyTerm:
    return make(
        origin=table.origin(),
        code=table.one_of("code", allowed),
        label=table.label("label"),
        short=table.label("short"),
        aliases=table.texts("aliases"),
        **more,
    )


def _status(table: Table) -> StatusRule:
    return _term(StatusRule, STATUSES, table, is_reviewed=table.flag("is_reviewed"))


def _terms(
    table: Table, name: str, codes: Sequence[str], build_row: Callable[[Table], AnyTerm]
) -> tuple[AnyTerm, ...]:
    terms = table.rows(name, build_row)
    if [term.code for term in terms] != list(codes):
        table.refuse(name, f"are not {', '.join(codes)} in this order")
    _refuse_clash(table, name, terms)
    return terms


def _refuse_clash(table: Table, name: str, terms: Sequence[Term]) -> None:
    clash = first_clash(terms)
    if clash:
        at, spelling = clash
        table.refuse(f"{name}[{at}]", f'"{spelling}" also means another code')


def _group(levels: Sequence[str], table: Table) -> Group:
    return Group(
        origin=table.origin(),
        code=table.one_of("code", GROUPS),
        label=table.label("label"),
        levels=table.some_of("levels", levels),
    )


def _within(table: Table, scheme: LevelScheme) -> tuple[Within, ...]:
    known = (*scheme.codes, *(group.code for group in scheme.groups), GOOD_OR_BETTER)
    found = []
    for at, pair in enumerate(table.texts("within")):
        first, slash, whole = pair.partition("/")
        if not slash or first not in known or whole not in known:
            table.refuse(f"within[{at}]", f'"{pair}" is no pair of known codes')
        if not set(scheme.levels_in(first)) < set(scheme.levels_in(whole)):
            table.refuse(f"within[{at}]", f'"{first}" is no part of "{whole}"')
        found.append(Within(part=first, whole=whole))
    return tuple(found)


def _ceilings(table: Table, schemes: Mapping[str, LevelScheme]) -> tuple[Ceiling, ...]:
    ceilings = table.rows("ceilings", partial(_ceiling, schemes))
    table.unique("ceilings", [ceiling.subject for ceiling in ceilings], key="subject")
    return tuple(sorted(ceilings, key=lambda one: SUBJECTS.index(one.subject)))


def _ceiling(schemes: Mapping[str, LevelScheme], table: Table) -> Ceiling:
    subject = table.one_of("subject", SUBJECTS)
    usual = table.sourced("percent", Table.percent)
    special = table.maybe("percent_special", partial(Table.sourced, read=Table.percent))
    if special and special.value <= usual.value:
        table.refuse("percent_special.value", "is not more than the usual percent")
    return Ceiling(
        origin=table.origin(),
        subject=subject,
        level=table.one_of("level", schemes[subject].codes),
        percent_rule=usual,
        special_rule=special,
        base_rule=table.sourced("base", one_of(BASES)),
        unit_rule=table.sourced("unit", one_of(CEILING_UNITS[subject])),
        rounding_rule=table.sourced("rounding", one_of(ROUNDINGS)),
    )


def _note(table: Table) -> Note:
    return Note(
        origin=table.origin(),
        about=table.one_of("about", SECTIONS),
        text=table.label("text"),
    )
