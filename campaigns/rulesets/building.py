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
from campaigns.rulesets.tables import (
    Table,
    day,
    flag,
    label,
    maybe,
    one_of,
    origin,
    part,
    percent,
    rows,
    some_of,
    sourced,
    text,
    texts,
    unique,
)
from campaigns.rulesets.terms import SUBJECTS, Term
from members.vocabulary import Label

AnyTerm = TypeVar("AnyTerm", bound=Term)

MEMBER_LEVELS = ("EXCELLENT", "GOOD", "SATISFACTORY", "NOT_COMPLETED")  # § 2.2


def build(values: dict[str, object], *, file: str) -> RuleSet:
    """Return the rule set that these plain values say.

    Raises: BadRuleSet, with the first key that is wrong.
    """
    bare = Table(values, file=file, key="", sources={})
    sources = part(bare, "sources", _sources)
    table = Table(values, file=file, key="", sources=sources)
    table.take("sources")
    rule_set = _rule_set(table)
    table.finish()
    return rule_set


def _sources(table: Table) -> dict[str, Label]:
    return {name: label(table, name) for name in table}


def _rule_set(table: Table) -> RuleSet:
    organisations = part(table, "organisations", _scheme)
    members = part(table, "members", _scheme)
    if members.codes != MEMBER_LEVELS:
        table.refuse("members.levels", f"are not {', '.join(MEMBER_LEVELS)}")
    valid_from, valid_until = day(table, "valid_from"), maybe(table, "valid_until", day)
    if valid_until is not None and valid_until < valid_from:
        table.refuse("valid_until", "is before valid_from")
    schemes = {"members": members, "cells": organisations, "grassroots": organisations}
    return RuleSet(
        origin=origin(table),
        code=text(table, "code"),
        label=label(table, "label"),
        citation=label(table, "citation"),
        wording=label(table, "wording"),
        valid_from=valid_from,
        valid_until=valid_until,
        organisations=organisations,
        members=members,
        reasons=_terms(table, "reasons", REASONS, partial(_term, Term, REASONS)),
        statuses=_terms(table, "statuses", STATUSES, _status),
        ceilings=_ceilings(table, schemes),
        criteria=part(
            table, "criteria", partial(build_criteria, members, organisations)
        ),
        procedure=part(table, "procedure", partial(build_procedure, members.codes)),
        notes=rows(table, "notes", _note),
    )


def _scheme(table: Table) -> LevelScheme:
    levels = _levels(table)
    codes = tuple(level.code for level in levels)
    groups = rows(table, "groups", partial(_group, codes))
    unique(table, "groups", [group.code for group in groups])
    good_or_better = some_of(codes)(table, "good_or_better")
    if good_or_better != codes[: codes.index("GOOD") + 1]:
        table.refuse("good_or_better", "are not the levels down to GOOD")
    scheme = LevelScheme(
        origin=origin(table),
        levels=levels,
        groups=groups,
        good_or_better=good_or_better,
        within=(),
    )
    return replace(scheme, within=_within(table, scheme))


def _levels(table: Table) -> tuple[Level, ...]:
    levels = rows(table, "levels", partial(_term, Level, LEVELS))
    codes = [level.code for level in levels]
    unique(table, "levels", codes)
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
        origin=origin(table),
        code=one_of(allowed)(table, "code"),
        label=label(table, "label"),
        short=label(table, "short"),
        aliases=texts(table, "aliases"),
        **more,
    )


def _status(table: Table) -> StatusRule:
    return _term(StatusRule, STATUSES, table, is_reviewed=flag(table, "is_reviewed"))


def _terms(
    table: Table, name: str, codes: Sequence[str], build_row: Callable[[Table], AnyTerm]
) -> tuple[AnyTerm, ...]:
    terms = rows(table, name, build_row)
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
        origin=origin(table),
        code=one_of(GROUPS)(table, "code"),
        label=label(table, "label"),
        levels=some_of(levels)(table, "levels"),
    )


def _within(table: Table, scheme: LevelScheme) -> tuple[Within, ...]:
    known = (*scheme.codes, *(group.code for group in scheme.groups), GOOD_OR_BETTER)
    found = []
    for at, pair in enumerate(texts(table, "within")):
        first, slash, whole = pair.partition("/")
        if not slash or first not in known or whole not in known:
            table.refuse(f"within[{at}]", f'"{pair}" is no pair of known codes')
        if not set(scheme.levels_in(first)) < set(scheme.levels_in(whole)):
            table.refuse(f"within[{at}]", f'"{first}" is no part of "{whole}"')
        found.append(Within(part=first, whole=whole))
    return tuple(found)


def _ceilings(table: Table, schemes: Mapping[str, LevelScheme]) -> tuple[Ceiling, ...]:
    ceilings = rows(table, "ceilings", partial(_ceiling, schemes))
    unique(table, "ceilings", [ceiling.subject for ceiling in ceilings], key="subject")
    return tuple(sorted(ceilings, key=lambda one: SUBJECTS.index(one.subject)))


def _ceiling(schemes: Mapping[str, LevelScheme], table: Table) -> Ceiling:
    subject = one_of(SUBJECTS)(table, "subject")
    usual = sourced(table, "percent", percent)
    special = maybe(table, "percent_special", partial(sourced, read=percent))
    if special and special.value <= usual.value:
        table.refuse("percent_special.value", "is not more than the usual percent")
    return Ceiling(
        origin=origin(table),
        subject=subject,
        level=one_of(schemes[subject].codes)(table, "level"),
        percent_rule=usual,
        special_rule=special,
        base_rule=sourced(table, "base", one_of(BASES)),
        unit_rule=sourced(table, "unit", one_of(CEILING_UNITS[subject])),
        rounding_rule=sourced(table, "rounding", one_of(ROUNDINGS)),
    )


def _note(table: Table) -> Note:
    return Note(
        origin=origin(table),
        about=one_of(SECTIONS)(table, "about"),
        text=label(table, "text"),
    )
