"""Kinds of numbered documents and of figures from before the system, as data. Pure.

The lists are `members/data/lists.toml`. Source: docs/rules/terms.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources
from typing import ClassVar

from members.tables import BadTable, Label, Table

MEASURES = ("DAY", "PERIOD")


class BadLists(BadTable):
    """The file lacks or misspells something; the text says what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentKind:
    """A kind of document, by the letters that its number carries: "BC"."""

    code: str
    label: Label
    source: Label
    certainty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureKind:
    """What was counted before the system: on one day, or over a period."""

    code: str
    label: Label
    measure: str  # of MEASURES
    source: Label
    certainty: str


@dataclass(frozen=True, slots=True)
class Lists:
    """Both lists by code, in the order in which they are shown."""

    document_kinds: Mapping[str, DocumentKind]
    figure_kinds: Mapping[str, FigureKind]


@cache
def lists() -> Lists:
    """Return the lists that this version ships."""
    path = resources.files("members") / "data" / "lists.toml"
    return read_lists(path.read_text(encoding="utf-8"))


def read_lists(text: str) -> Lists:
    """Return the lists that a TOML text says.

    Raises: BadLists naming the first key that is missing, wrong or too much.
    """
    root = _Table.of_file(text, file="lists.toml")
    sources = root.labels("sources")
    found = Lists(
        document_kinds=root.by_code("document_kinds", partial(_document, sources)),
        figure_kinds=root.by_code("figure_kinds", partial(_figure, sources)),
    )
    root.finish()
    return found


class _Table(Table):
    refusal: ClassVar[type[BadTable]] = BadLists


def _document(sources: Mapping[str, Label], row: _Table) -> DocumentKind:
    return DocumentKind(
        code=row.text("code"),
        label=row.label("label"),
        source=sources[row.one_of("source", sources)],
        certainty=row.certainty(),
    )


def _figure(sources: Mapping[str, Label], row: _Table) -> FigureKind:
    return FigureKind(
        code=row.text("code"),
        label=row.label("label"),
        measure=row.one_of("measure", MEASURES),
        source=sources[row.one_of("source", sources)],
        certainty=row.certainty(),
    )
