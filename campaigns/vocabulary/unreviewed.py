"""Why somebody is not reviewed yet. Pure.

The list is `campaigns/vocabulary/unreviewed.toml`. Source: docs/rules/decisions.md § 6.
"""

from collections.abc import Mapping
from functools import cache
from typing import ClassVar

from campaigns.vocabulary.terms import ListTable, Term, shipped
from members.tables import BadTable


class BadReasons(BadTable):
    """The file lacks or misspells something; the text says what."""


@cache
def unreviewed_reasons() -> Mapping[str, Term]:
    """Return the reasons that this version ships, in the order in which they are shown."""
    return read_reasons(shipped("unreviewed.toml"))


def read_reasons(text: str) -> Mapping[str, Term]:
    """Return the reasons that a TOML text says.

    Raises: BadReasons naming the first key that is missing, wrong or too much.
    """
    root = _Table.of_file(text, file="unreviewed.toml")
    sources = root.labels("sources")
    found = root.by_code("reasons", lambda row: row.term(sources))
    root.finish()
    return found


class _Table(ListTable):
    refusal: ClassVar[type[BadTable]] = BadReasons
