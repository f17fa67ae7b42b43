"""One part of the copy of a record: a list of rows, as data and as a table."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from campaigns.models import Meeting
from reports.documents.record import Kept
from reports.documents.record_values import Json, day_json, unit_json

Row = TypeVar("Row")


@dataclass(frozen=True)  # with slots no generic class can be made by its argument
class Part(Generic[Row]):
    """Rows of one kind; `key` names them in the data and in the document."""

    key: str
    heading: object  # lazily translated, as are the heads
    heads: Sequence[object]
    widths: Sequence[str]  # mm; "" takes what is left
    rows: Callable[[Kept], Iterable[Row]]
    codes: Callable[[Row], Json]
    words: Callable[[Row], Sequence[str]]  # one for each head

    def json(self, kept: Kept) -> list[Json]:
        """Return the rows as the contract writes them."""
        return [self.codes(row) for row in self.rows(kept)]

    def lines(self, kept: Kept) -> list[Sequence[str]]:
        """Return the rows as they are read."""
        return [self.words(row) for row in self.rows(kept)]


def meeting_json(meeting: Meeting | None) -> Json | None:
    """Return a meeting as data: whose it is, of which kind, on which day."""
    if meeting is None:
        return None
    return {
        "unit": unit_json(meeting.unit),
        "kind": meeting.kind,
        "on": day_json(meeting.on),
    }
