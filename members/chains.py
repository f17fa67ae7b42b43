"""The form in which events and seals are hashed; what was hashed once never changes.

Source: docs/adr/0009-the-event-log-is-chained.md.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from hashlib import sha256

START = ""  # what the first event of a chain and the first seal follow
NO_UNIT = "-"

EVENT_COLUMNS = (
    "id",
    "chain",
    "position",
    "at",
    "account_id",
    "post_id",
    "system_reason",
    "action",
    "subject_kind",
    "subject_id",
    "unit_id",
    "member_id",
    "data",
)
SEAL_COLUMNS = ("number", "at", "heads", "digest")


def chain_of(unit_id: int | None, day: date) -> str:
    """Return the chain of a unit's events of a local day, "2026-11-25/17".

    The day first, so that the chains since a day are a range.
    """
    return f"{day.isoformat()}/{unit_id or NO_UNIT}"


def hash_of(previous: str, columns: Mapping[str, object]) -> str:
    """Return the hash of a row that follows the one with the hash `previous`.

    Shape: 64 hexadecimal digits; the columns are ids, texts, moments and JSON.
    """
    text = json.dumps(
        [previous, columns],
        default=_moment,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    )
    return sha256(text.encode("ascii")).hexdigest()


def digest_of(heads: Iterable[tuple[str, int, str]]) -> str:
    """Return the digest of heads in the order of their chains."""
    digest = sha256()
    for chain, position, head in heads:
        digest.update(f"{chain} {position} {head}\n".encode())
    return digest.hexdigest()


def plain(data: Mapping[str, object]) -> dict[str, object]:
    """Return data as every database gives them back.

    Raises: TypeError for fractions, which databases write in several ways, and for
        what is no JSON.
    """
    text = json.dumps(data)
    kept: dict[str, object] = json.loads(
        text, parse_float=_refuse, parse_constant=_refuse
    )
    return kept


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    raise TypeError(f"no column of an event or a seal: {value!r}")


def _refuse(number: str) -> object:
    raise TypeError(f"an event holds whole numbers only, not {number}")
