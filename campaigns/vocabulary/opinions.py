"""Whose opinion is asked for a review, and who needs none from home. Pure.

The lists are `campaigns/vocabulary/opinions.toml`. Source: docs/rules/opinions.md § 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources
from typing import ClassVar

from campaigns.vocabulary.records import MOST_DAYS, Term
from members.tables import BadTable, Label, Table

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
    path = resources.files("campaigns.vocabulary") / "opinions.toml"
    return read_opinion_lists(path.read_text(encoding="utf-8"))


def read_opinion_lists(text: str) -> OpinionLists:
    """Return the lists that a TOML text says.

    Raises: BadOpinionLists naming the first key that is missing, wrong or too much.
    """
    root = _Table.of_file(text, file="opinions.toml")
    sources = root.labels("sources")
    found = OpinionLists(
        askable=root.by_code("askable", partial(_askable, sources)),
        exemptions=root.by_code("exemptions", partial(_term, sources)),
        old_cell_days=root.part("old_cell", partial(_days, sources)),
    )
    root.finish()
    return found


class _Table(Table):
    refusal: ClassVar[type[BadTable]] = BadOpinionLists


def _term(sources: Mapping[str, Label], row: _Table) -> Term:
    return Term(
        code=row.text("code"),
        label=row.label("label"),
        source=sources[row.one_of("source", sources)],
        certainty=row.certainty(),
    )


def _askable(sources: Mapping[str, Label], row: _Table) -> Askable:
    term = _term(sources, row)
    return Askable(
        code=term.code,
        label=term.label,
        source=term.source,
        certainty=term.certainty,
        about=row.one_of("about", ABOUT),
        is_residence="is_residence" in row and row.flag("is_residence"),
        is_old_cell="is_old_cell" in row and row.flag("is_old_cell"),
        is_party="is_party" in row and row.flag("is_party"),
        sheet=row.label("sheet"),
        headings=row.rows("headings", _label),
    )


def _label(row: _Table) -> Label:
    return Label(vi=row.text("vi"), en=row.text("en"))


def _days(sources: Mapping[str, Label], table: _Table) -> int:
    found = table.take("days")
    if type(found) is not int or not 1 <= found <= MOST_DAYS:
        table.refuse("days", f"is no number of days from 1 to {MOST_DAYS}")
    table.one_of("source", sources)
    table.certainty()
    return found
