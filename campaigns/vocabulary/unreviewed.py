"""Why somebody is not reviewed yet. Pure.

The list is `campaigns/vocabulary/unreviewed.toml`. Source: docs/rules/decisions.md § 6.
"""

from collections.abc import Mapping
from functools import cache, partial
from importlib import resources
from typing import ClassVar

from campaigns.vocabulary.records import Term
from members.tables import BadTable, Label, Table


class BadReasons(BadTable):
    """The file lacks or misspells something; the text says what."""


@cache
def unreviewed_reasons() -> Mapping[str, Term]:
    """Return the reasons that this version ships, in the order in which they are shown."""
    path = resources.files("campaigns.vocabulary") / "unreviewed.toml"
    return read_reasons(path.read_text(encoding="utf-8"))


def read_reasons(text: str) -> Mapping[str, Term]:
    """Return the reasons that a TOML text says.

    Raises: BadReasons naming the first key that is missing, wrong or too much.
    """
    root = _Table.of_file(text, file="unreviewed.toml")
    found = root.by_code("reasons", partial(_reason, root.labels("sources")))
    root.finish()
    return found


class _Table(Table):
    refusal: ClassVar[type[BadTable]] = BadReasons


def _reason(sources: Mapping[str, Label], row: _Table) -> Term:
    return Term(
        code=row.text("code"),
        label=row.label("label"),
        source=sources[row.one_of("source", sources)],
        certainty=row.certainty(),
    )
