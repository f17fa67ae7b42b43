"""Which bodies propose the level of an organisation. Pure.

The list is `campaigns/vocabulary/parties.toml`.
Source: docs/rules/organisation-levels.md § 1.
"""

from collections.abc import Mapping
from functools import cache, partial
from importlib import resources
from typing import ClassVar

from campaigns.vocabulary.records import Term
from members.tables import BadTable, Label, Table


class BadParties(BadTable):
    """The file lacks or misspells something; the text says what."""


@cache
def assessing_parties() -> Mapping[str, Term]:
    """Return the bodies that this version ships, in the order of the table."""
    path = resources.files("campaigns.vocabulary") / "parties.toml"
    return read_parties(path.read_text(encoding="utf-8"))


def read_parties(text: str) -> Mapping[str, Term]:
    """Return the bodies that a TOML text says.

    Raises: BadParties naming the first key that is missing, wrong or too much.
    """
    root = _Table.of_file(text, file="parties.toml")
    found = root.by_code("parties", partial(_party, root.labels("sources")))
    root.finish()
    return found


class _Table(Table):
    refusal: ClassVar[type[BadTable]] = BadParties


def _party(sources: Mapping[str, Label], row: _Table) -> Term:
    return Term(
        code=row.text("code"),
        label=row.label("label"),
        source=sources[row.one_of("source", sources)],
        certainty=row.certainty(),
    )
