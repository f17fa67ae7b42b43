"""Whose opinion is asked for a review, and who needs none from home. Pure.

The lists are `campaigns/vocabulary/opinions.toml`. Source: docs/rules/opinions.md § 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import ClassVar

from campaigns.vocabulary.terms import ListTable, Sources, Term, shipped
from members.tables import BadTable, Label

ABOUT = ("PERSON", "UNIT", "BOTH")


class BadOpinionLists(BadTable):
    """The file lacks or misspells something; the text says what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Askable(Term):
    """A kind of body that is asked, and about whom."""

    about: str  # of ABOUT
    is_residence: bool
    is_old_cell: bool
    is_party: bool  # its sheets have the head of a party organisation
    sheet: Label  # what stands under the title of the printed sheet
    headings: tuple[Label, ...]  # what that sheet asks

    def gives(self, about: str) -> bool:
        """Tell whether it is asked about a "PERSON", or a "UNIT"."""
        return self.about in (about, "BOTH")


@dataclass(frozen=True, slots=True)
class OpinionLists:
    """The lists by code, in the order in which they are shown.

    Units: who belonged to another cell at least `old_cell_days` days owes its comment.
    """

    askable: Mapping[str, Askable]
    exemptions: Mapping[str, Term]
    old_cell_days: int


@cache
def opinion_lists() -> OpinionLists:
    """Return the lists that this version ships."""
    return read_opinion_lists(shipped("opinions.toml"))


def read_opinion_lists(text: str) -> OpinionLists:
    """Return the lists that a TOML text says.

    Raises: BadOpinionLists naming the first key that is missing, wrong or too much.
    """
    root = _Table.of_file(text, file="opinions.toml")
    sources = root.labels("sources")
    found = OpinionLists(
        askable=root.by_code("askable", partial(_askable, sources)),
        exemptions=root.by_code("exemptions", lambda row: row.term(sources)),
        old_cell_days=root.part("old_cell", partial(_old_cell, sources)),
    )
    root.finish()
    return found


class _Table(ListTable):
    refusal: ClassVar[type[BadTable]] = BadOpinionLists


def _askable(sources: Sources, row: _Table) -> Askable:
    return Askable(
        **row.facts(sources),
        about=row.one_of("about", ABOUT),
        is_residence=row.is_so("is_residence"),
        is_old_cell=row.is_so("is_old_cell"),
        is_party=row.is_so("is_party"),
        sheet=row.label("sheet"),
        headings=row.rows("headings", _label),
    )


def _label(row: _Table) -> Label:
    return Label(vi=row.text("vi"), en=row.text("en"))


def _old_cell(sources: Sources, table: _Table) -> int:
    days = table.days("days")
    table.one_of("source", sources)
    table.certainty()
    return days
