"""What a reader of imported results should know; none of it refuses a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import ClassVar, TypeAlias

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from campaigns.contents import Contents, PeopleTable, UnitTable
from campaigns.rulesets import RuleSet
from members.queries.likenesses import Likeness
from members.services.registering import Difference
from members.sheets.texts import Remark
from members.vocabulary import Label
from members.workbook.findings import Finding
from reviews import ceilings
from reviews.ceilings import CeilingRow
from reviews.services.importing import Outcome
from reviews.services.workbooks.ceilings import ceiling_counts
from reviews.services.workbooks.differences import difference_text
from reviews.services.workbooks.reading import Reading
from reviews.sheets import finding_line, remark_of
from reviews.workbook.layout import PEOPLE, UNITS

MOST_OTHERS = 3  # people beside one who looks the same


@dataclass(frozen=True, slots=True)
class OutsideItsYears:
    """The rule set was not in force at the end of the campaign's year."""

    rule_set: Label
    year: int
    unit: ClassVar[str] = ""  # it is about the whole campaign

    def text(self) -> str:
        """Return the note in the language of the reader."""
        return _("The rule set %(label)s was not in force at the end of %(year)s.") % {
            "label": self.rule_set.text(get_language()),
            "year": str(self.year),
        }


@dataclass(frozen=True, slots=True)
class AboveCeiling:
    """More was decided than one way to count permits; `bases` has them all."""

    bases: tuple[CeilingRow, ...]
    level: Label

    @property
    def unit(self) -> str:
        """The code of the unit that it is about."""
        return self.bases[0].unit

    def text(self) -> str:
        """Say what was decided, then what each base in question would have permitted."""
        row = self.bases[0]
        either = pgettext("between two ways to count", "; or ")
        return _(
            "%(unit)s, %(subject)s: %(actual)d rated “%(level)s”. Permitted: "
            "%(limits)s. Record the reason and who decided it."
        ) % {
            "unit": row.unit_name,
            "actual": row.actual,
            "subject": _subject(row),
            "level": self.level.text(get_language()),
            "limits": either.join(map(_limit, self.bases)),
        }


ResultsNote: TypeAlias = OutsideItsYears | AboveCeiling


@dataclass(frozen=True, slots=True)
class Resembling:
    """Somebody whom the file brings, and who on the rolls looks the same."""

    code: str
    name: str
    others: Sequence[Likeness]

    def text(self) -> str:
        """Return the note in the language of the reader."""
        return _("%(code)s, %(name)s: may be on the roll already as %(others)s.") % {
            "code": self.code,
            "name": self.name,
            "others": "; ".join(map(_shown, self.others[:MOST_OTHERS])),
        }


def _shown(other: Likeness) -> str:
    told = ", ".join(filter(None, (other.birth, other.cell)))
    return f"{other.code}, {other.name} ({told})"


@dataclass(frozen=True, slots=True)
class Notes:
    """All that is to be noted about an accepted workbook, not yet put into words."""

    on_results: Sequence[ResultsNote]
    on_rows: Sequence[Finding]
    differences: Sequence[Difference]
    respelled: int  # codes that the register spells otherwise: no difference
    likenesses: Sequence[Resembling]

    @property
    def total(self) -> int:
        """How many notes there are, as `note_lines` gives them."""
        told = (self.on_results, self.on_rows, self.likenesses)
        return sum(map(len, told)) + bool(self.respelled)


def notes_on(reading: Reading, contents: Contents, outcome: Outcome) -> Notes:
    """Return what a reader should know of a workbook with these contents."""
    differences = outcome.differences
    on_results = notes_on_results(
        contents, rule_set=reading.rule_set, year=reading.year
    )
    differing = [each for each in differences if each.column != "code"]
    return Notes(
        on_results,
        reading.parsed.notes,
        differing,
        respelled=len(differences) - len(differing),
        likenesses=[
            Resembling(contents.people.code[at], contents.people.full_name[at], others)
            for at, others in outcome.likenesses.items()
        ],
    )


def note_lines(notes: Notes) -> Iterator[str]:
    """Give each note as a line, in the language of the reader; no differences."""
    yield from (note.text() for note in notes.on_results)
    yield from map(finding_line, notes.on_rows)
    yield from (each.text() for each in notes.likenesses)
    yield from _respelled_lines(notes)


def _respelled_lines(notes: Notes) -> Iterator[str]:
    if notes.respelled:
        yield ngettext(
            "%(count)d code is spelled otherwise than in the register; it is "
            "understood as the same code.",
            "%(count)d codes are spelled otherwise than in the register; each is "
            "understood as the same code.",
            notes.respelled,
        ) % {"count": notes.respelled}


def remarks_on(notes: Notes, contents: Contents) -> list[Remark]:
    """Return all that is to be noted, each with its row, in the reader's language."""
    rows = {
        ("unit", ""): ("", 0),
        **_rows("unit", UNITS.name, contents.units),
        **_rows("member", PEOPLE.name, contents.people),
    }
    return [
        *(Remark(*rows["unit", note.unit], note.text()) for note in notes.on_results),
        *map(remark_of, notes.on_rows),
        *(Remark(*rows["member", each.code], each.text()) for each in notes.likenesses),
        *(Remark("", 0, line) for line in _respelled_lines(notes)),
        *(
            Remark(*rows[each.kind, each.code], difference_text(each))
            for each in notes.differences
        ),
    ]


def _rows(
    kind: str, sheet: str, table: UnitTable | PeopleTable
) -> dict[tuple[str, str], tuple[str, int]]:
    return {
        (kind, code): (sheet, row)
        for code, row in zip(table.code, table.row, strict=True)
    }


def notes_on_results(
    contents: Contents, *, rule_set: RuleSet, year: int
) -> tuple[ResultsNote, ...]:
    """Return what is to be noted about a campaign's results by its rules.

    Source: docs/rules/ceilings.md § 4.
    """
    return (
        *_outside_its_years(rule_set, year),
        *_above_ceilings(contents, rule_set),
    )


def _outside_its_years(rule_set: RuleSet, year: int) -> Iterator[OutsideItsYears]:
    if not rule_set.applies_in(year):
        yield OutsideItsYears(rule_set.label, year)


def _above_ceilings(contents: Contents, rule_set: RuleSet) -> Iterator[AboveCeiling]:
    counts = [
        each
        for ceiling in rule_set.ceilings
        for each in ceiling_counts(contents, ceiling)
    ]
    rows = ceilings.check(rule_set, counts)
    levels = {each.subject: each.level for each in rule_set.ceilings}
    for (_unit, subject), group in groupby(rows, key=attrgetter("unit", "subject")):
        bases = tuple(group)
        if any(row.exceeded for row in bases):
            scheme = rule_set.scheme(subject)
            labels = {level.code: level.label for level in scheme.levels}
            yield AboveCeiling(bases, labels[levels[subject]])


def _limit(row: CeilingRow) -> str:
    base = {
        "GOOD_ONLY": pgettext("base of a percent", "rated good"),
        "GOOD_OR_BETTER": pgettext("base of a percent", "rated good or better"),
        "ASSESSED": pgettext("base of a percent", "assessed"),
    }[row.base]
    return _("%(allowed)d, which is %(percent)s%% of the %(count)d %(base)s") % {
        "allowed": row.allowed,
        "percent": f"{row.percent.normalize():f}",
        "count": row.base_count,
        "base": base,
    }


def _subject(row: CeilingRow) -> str:
    return {
        "members": pgettext("who has a level", "members"),
        "cells": pgettext("who has a level", "cells"),
        "grassroots": pgettext("who has a level", "grassroots organisations"),
    }[row.subject]
