"""The empty results workbook, and what its annotated copy offers."""

from collections.abc import Mapping, Sequence
from typing import IO

from campaigns.rulesets import RuleSet
from members.sheets.template import Offer, write_book
from members.vocabulary import Vocabulary
from reviews.sheets.guide import HELP
from reviews.sheets.lists import lists_of
from reviews.workbook.layout import LAYOUTS, Field

_WIDTHS: Mapping[str, int] = {
    Field.NAME: 38,
    Field.KIND: 28,
    Field.SECTOR: 40,
    Field.STATUS: 32,
    Field.LEVEL: 42,
    Field.REASON: 42,
}


def offer_of(
    vocabulary: Vocabulary, rule_sets: Sequence[RuleSet], *, year: int | None
) -> Offer:
    """Return what the workbook offers.

    Shape: with a year the lists have what is valid at its end, else everything;
        the levels are those of all rule sets given, the newest first.
    """
    lists = lists_of(vocabulary, rule_sets, year=year)
    return Offer(LAYOUTS, lists, HELP, _WIDTHS)


def write_template(
    stream: IO[bytes],
    *,
    vocabulary: Vocabulary,
    rule_sets: Sequence[RuleSet],
    year: int | None = None,
) -> None:
    """Write an empty results workbook to the stream, with the lists of `offer_of`."""
    write_book(stream, offer_of(vocabulary, rule_sets, year=year), {})
