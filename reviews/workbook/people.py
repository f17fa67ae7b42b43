"""The sheet of people: where each is placed, and what was decided. Pure."""

from campaigns.contents import PeopleTable, Status, UnitTable
from campaigns.rulesets import RuleSet, Term, level_for, reason_for, status_for
from members.names import fold
from members.vocabulary import Vocabulary
from members.workbook.findings import Matter
from members.workbook.layout import GENDERS
from members.workbook.tables import (
    Meaning,
    Table,
    Texts,
    Unfit,
    filled,
    first_places,
    meaning_in,
)
from reviews.workbook.findings import ResultsMatter
from reviews.workbook.layout import Field
from reviews.workbook.plausibility import note_odd_people

NOT_COMPLETED = "NOT_COMPLETED"
UNSTATED = "UNSTATED"

_GENDER_OF = {fold(label): code for label, code in GENDERS.items()}


def read_people(
    table: Table,
    *,
    units: UnitTable | None,
    vocabulary: Vocabulary,
    rule_set: RuleSet,
    year: int,
) -> PeopleTable:
    """Return the people of the sheet; what is wrong with them goes to its findings.

    Shape: without `units`, where their sheet cannot be read, nobody is placed.
    """
    codes = table.codes(Field.CODE)
    first_places(table, Field.CODE, codes)
    statuses = table.terms(Field.STATUS, _status_meaning(rule_set))
    levels = table.terms(Field.LEVEL, _level_meaning(rule_set))
    reasons = table.terms(Field.REASON, _reason_meaning(rule_set))
    _check_levels(table, statuses, levels, rule_set=rule_set)
    people = PeopleTable(
        code=filled(codes),
        full_name=filled(table.names_of_people(Field.NAME)),
        born_on=filled(table.dates(Field.BORN_ON)),
        gender=filled(table.terms(Field.GENDER, meaning_in(_gender, GENDERS))),
        unit=_placed(table, units, vocabulary),
        admitted_on=filled(table.dates(Field.ADMITTED_ON)),
        official_on=filled(table.dates(Field.OFFICIAL_ON)),
        status=filled(statuses),
        level=filled(levels),
        reason=_stated(table, levels, reasons),
        row=table.rows,
    )
    note_odd_people(table, people, year=year)
    return people


def _status_meaning(rule_set: RuleSet) -> Meaning:
    allowed = _labels(rule_set.statuses)
    return meaning_in(
        lambda text: status_for(text, rule_set), allowed, is_required=True
    )


def _level_meaning(rule_set: RuleSet) -> Meaning:
    allowed = _labels(rule_set.members.levels)
    return meaning_in(lambda text: level_for(text, rule_set.members), allowed)


def _reason_meaning(rule_set: RuleSet) -> Meaning:
    allowed = _labels(rule_set.reasons)
    return meaning_in(lambda text: reason_for(text, rule_set), allowed)


def _gender(text: str) -> str | None:
    return _GENDER_OF.get(fold(text))


def _labels(terms: tuple[Term, ...]) -> tuple[str, ...]:
    return tuple(term.label.vi for term in terms)


def _placed(table: Table, units: UnitTable | None, vocabulary: Vocabulary) -> list[int]:
    """Return the index of each person's unit, 0 where there is none."""
    if units is None:
        return [0 for _ in table.codes(Field.CELL)]
    meaning = _unit_meaning(units, vocabulary)
    return [int(at or 0) for at in table.codes(Field.CELL, meaning)]


def _unit_meaning(units: UnitTable, vocabulary: Vocabulary) -> Meaning:
    kinds = vocabulary.kinds
    holding = tuple(kind.label.vi for kind in kinds.values() if kind.holds_members)
    at_of: dict[str, int] = {}
    for at, code in enumerate(units.code):
        at_of.setdefault(fold(code), at)

    def unit_of(code: str) -> str:
        at = at_of.get(fold(code))
        if at is None:
            raise Unfit(ResultsMatter.UNIT_UNKNOWN)
        kind = kinds.get(units.kind[at])
        if kind and not kind.holds_members:
            raise Unfit(Matter.HOLDS_NOBODY, kind=kind.label.vi, allowed=holding)
        return str(at)

    return unit_of


def _check_levels(
    table: Table, statuses: Texts, levels: Texts, *, rule_set: RuleSet
) -> None:
    """Who was assessed has a level, nobody else has."""
    allowed = _labels(rule_set.members.levels)
    labels = {status.code: status.label.vi for status in rule_set.statuses}
    for at, (status, level) in enumerate(zip(statuses, levels, strict=True)):
        if status == Status.ASSESSED and level == "":
            table.fault(at, Field.LEVEL, ResultsMatter.LEVEL_MISSING, allowed=allowed)
        elif status and status != Status.ASSESSED and level:
            table.fault(
                at, Field.LEVEL, ResultsMatter.LEVEL_FORBIDDEN, status=labels[status]
            )


def _stated(table: Table, levels: Texts, reasons: Texts) -> list[str]:
    """Return the reasons, `UNSTATED` where there must be one and none is given."""
    stated = filled(reasons)
    for at, (level, reason) in enumerate(zip(levels, reasons, strict=True)):
        if level == NOT_COMPLETED:
            stated[at] = reason or UNSTATED
        elif reason and level is not None:
            table.fault(at, Field.REASON, ResultsMatter.REASON_FORBIDDEN)
    return stated
