"""Which bodies propose the level of an organisation. Pure.

The list is `campaigns/vocabulary/parties.toml`.
Source: docs/rules/organisation-levels.md § 1.
"""

from collections.abc import Mapping
from functools import cache
from typing import ClassVar

from campaigns.vocabulary.terms import ListTable, Term, shipped
from members.tables import BadTable


class BadParties(BadTable):
    """The file lacks or misspells something; the text says what."""


@cache
def assessing_parties() -> Mapping[str, Term]:
    """Return the bodies that this version ships, in the order of the table."""
    return read_parties(shipped("parties.toml"))


def read_parties(text: str) -> Mapping[str, Term]:
    """Return the bodies that a TOML text says.

    Raises: BadParties naming the first key that is missing, wrong or too much.
    """
    root = _Table.of_file(text, file="parties.toml")
    sources = root.labels("sources")
    found = root.by_code("parties", lambda row: row.term(sources))
    root.finish()
    return found


class _Table(ListTable):
    refusal: ClassVar[type[BadTable]] = BadParties
