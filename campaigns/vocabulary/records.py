"""Kinds of inspection, forms of discipline, titles, ways of leaving a post. Pure.

The lists are `campaigns/vocabulary/records.toml`. Source: docs/rules/records.md § 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import ClassVar

from campaigns.vocabulary.terms import ListTable, Sources, Term, shipped
from members.tables import BadTable

# What is counted apart: of two groups there is no sum.
GROUPS = ("INSPECTION", "SIGNS", "SUPERVISION", "STATE")
SUBJECTS = ("ORGANISATION", "MEMBER", "BOTH")


class BadRecordLists(BadTable):
    """The file lacks or misspells something; the text says what."""


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
    departure_kinds: Mapping[str, Term]
    departure_grounds: Mapping[str, Term]
    elsewhere_after_days: int


@cache
def record_lists() -> RecordLists:
    """Return the lists that this version ships."""
    return read_record_lists(shipped("records.toml"))


def read_record_lists(text: str) -> RecordLists:
    """Return the lists that a TOML text says.

    Raises: BadRecordLists naming the first key that is missing, wrong or too much.
    """
    root = _Table.of_file(text, file="records.toml")
    sources = root.labels("sources")
    award = partial(_award, sources)

    def term(row: _Table) -> Term:
        return row.term(sources)

    found = RecordLists(
        bodies=root.by_code("bodies", term),
        inspection_kinds=root.by_code("inspection_kinds", partial(_kind, sources)),
        findings=root.by_code("findings", term),
        follow_ups=root.by_code("follow_ups", term),
        discipline_forms=root.by_code("discipline_forms", partial(_form, sources)),
        grounds=root.by_code("grounds", term),
        titles=root.by_code("titles", award),
        fields=root.by_code("fields", award),
        departure_kinds=root.by_code("departure_kinds", term),
        departure_grounds=root.by_code("departure_grounds", term),
        elsewhere_after_days=root.part("admissions", _days),
    )
    root.finish()
    return found


class _Table(ListTable):
    refusal: ClassVar[type[BadTable]] = BadRecordLists


def _kind(sources: Sources, row: _Table) -> InspectionKind:
    return InspectionKind(**row.facts(sources), group=row.one_of("group", GROUPS))


def _form(sources: Sources, row: _Table) -> DisciplineForm:
    return DisciplineForm(
        **row.facts(sources),
        subject=row.one_of("subject", SUBJECTS),
        ends_membership=row.is_so("ends_membership"),
    )


def _award(sources: Sources, row: _Table) -> Award:
    return Award(**row.facts(sources), subject=row.one_of("subject", SUBJECTS))


def _days(table: _Table) -> int:
    days = table.days("elsewhere_after_days")
    table.certainty()
    return days
