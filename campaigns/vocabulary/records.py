"""Kinds of inspection, forms and grounds of discipline, titles of commendation. Pure.

The lists are `campaigns/vocabulary/records.toml`. Source: docs/rules/records.md § 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources
from typing import ClassVar

from members.tables import BadTable, Label, Table

# What is counted apart: of two groups there is no sum.
GROUPS = ("INSPECTION", "SIGNS", "SUPERVISION", "STATE")
SUBJECTS = ("ORGANISATION", "MEMBER", "BOTH")
MOST_DAYS = 366


class BadRecordLists(BadTable):
    """The file lacks or misspells something; the text says what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """An entry of a list: its code, the words for it, and how sure they are."""

    code: str
    label: Label
    source: Label
    certainty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionKind(Term):
    """A kind of inspection or supervision, and with which others it is counted."""

    group: str  # of GROUPS


@dataclass(frozen=True, slots=True, kw_only=True)
class DisciplineForm(Term):
    """A form of discipline; `ends_membership` is expulsion."""

    subject: str  # of SUBJECTS
    ends_membership: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Award(Term):
    """A field of merit or a title, and for whom it is."""

    subject: str  # of SUBJECTS


@dataclass(frozen=True, slots=True)
class RecordLists:
    """The lists by code, in the order in which they are shown.

    Units: `elsewhere_after_days` are the days after an admission beyond which whoever
        comes onto the roll was admitted elsewhere.
    """

    bodies: Mapping[str, Term]
    inspection_kinds: Mapping[str, InspectionKind]
    findings: Mapping[str, Term]
    follow_ups: Mapping[str, Term]
    discipline_forms: Mapping[str, DisciplineForm]
    grounds: Mapping[str, Term]
    titles: Mapping[str, Award]
    fields: Mapping[str, Award]
    elsewhere_after_days: int


@cache
def record_lists() -> RecordLists:
    """Return the lists that this version ships."""
    path = resources.files("campaigns.vocabulary") / "records.toml"
    return read_record_lists(path.read_text(encoding="utf-8"))


def read_record_lists(text: str) -> RecordLists:
    """Return the lists that a TOML text says.

    Raises: BadRecordLists naming the first key that is missing, wrong or too much.
    """
    root = _Table.of_file(text, file="records.toml")
    sources = root.labels("sources")
    term, award = partial(_term, sources), partial(_award, sources)
    found = RecordLists(
        bodies=root.by_code("bodies", term),
        inspection_kinds=root.by_code("inspection_kinds", partial(_kind, sources)),
        findings=root.by_code("findings", term),
        follow_ups=root.by_code("follow_ups", term),
        discipline_forms=root.by_code("discipline_forms", partial(_form, sources)),
        grounds=root.by_code("grounds", term),
        titles=root.by_code("titles", award),
        fields=root.by_code("fields", award),
        elsewhere_after_days=root.part("admissions", _days),
    )
    root.finish()
    return found


class _Table(Table):
    refusal: ClassVar[type[BadTable]] = BadRecordLists

    def days(self, name: str) -> int:
        """Return a number of days, a year at most."""
        found = self.take(name)
        if type(found) is not int or not 1 <= found <= MOST_DAYS:
            self.refuse(name, f"is no number of days from 1 to {MOST_DAYS}")
        return found


def _term(sources: Mapping[str, Label], row: _Table) -> Term:
    return Term(
        code=row.text("code"),
        label=row.label("label"),
        source=sources[row.one_of("source", sources)],
        certainty=row.certainty(),
    )


def _kind(sources: Mapping[str, Label], row: _Table) -> InspectionKind:
    term = _term(sources, row)
    return InspectionKind(
        code=term.code,
        label=term.label,
        source=term.source,
        certainty=term.certainty,
        group=row.one_of("group", GROUPS),
    )


def _form(sources: Mapping[str, Label], row: _Table) -> DisciplineForm:
    term = _term(sources, row)
    return DisciplineForm(
        code=term.code,
        label=term.label,
        source=term.source,
        certainty=term.certainty,
        subject=row.one_of("subject", SUBJECTS),
        ends_membership="ends_membership" in row and row.flag("ends_membership"),
    )


def _award(sources: Mapping[str, Label], row: _Table) -> Award:
    term = _term(sources, row)
    return Award(
        code=term.code,
        label=term.label,
        source=term.source,
        certainty=term.certainty,
        subject=row.one_of("subject", SUBJECTS),
    )


def _days(table: _Table) -> int:
    days = table.days("elsewhere_after_days")
    table.certainty()
    return days
