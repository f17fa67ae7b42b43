"""Dates of which perhaps only the year or the month is known, as sortable text.

"" (unknown), "1960", "1960-05" and "1960-05-17" are the stored forms; their byte
order is the order in time, a vaguer date before the clearer ones that it covers.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

FIRST_YEAR = 1900
LAST_YEAR = 2100
FRIDAY = 4

# `[0-9]` and not `\d`, which also takes the digits of every other script.
_WRITTEN = (
    re.compile(
        r"(?P<day>[0-9]{1,2})(?P<mark>[/.-])(?P<month>[0-9]{1,2})(?P=mark)"
        r"(?P<year>[0-9]{4})"
    ),
    re.compile(r"(?P<month>[0-9]{1,2})[/.-](?P<year>[0-9]{4})"),
    re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"),
)


class NotADate(ValueError):
    """The text is no date of the calendar from 1900 to 2100, not even a partial one."""

    def __init__(self, text: str) -> None:
        super().__init__(f"not a date: {text!r}")
        self.text = text


@lru_cache(maxsize=2**16)
def parse_partial(text: str) -> str:
    """Return the stored form of a date as people write it.

    Shape: d/m/yyyy, m/yyyy (also with dashes or points), yyyy, yyyy-mm-dd or
        yyyy-mm, blanks at the ends forgiven; nothing but blanks gives "".
    Raises: NotADate for anything else, impossible days and far years included.
    """
    written = text.strip()
    if not written:
        return ""
    for form in _WRITTEN:
        if match := form.fullmatch(written):
            return _stored(match.groupdict(), text)
    raise NotADate(text)


def stored_day(day: date) -> str:
    """Return the stored form of a day that is known; a time of day in it is dropped.

    Raises: NotADate for a year before 1900 or after 2100.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise NotADate(day.isoformat())
    return f"{day:%Y-%m-%d}"


def display_partial(stored: str) -> str:
    """Return what people read, in either language: 17/05/1960, 05/1960 or 1960."""
    return "/".join(reversed(stored.split("-")))


def display_day(day: date | None) -> str:
    """Return a day as people read it, in either language: 17/05/1960; "" for none."""
    return f"{day:%d/%m/%Y}" if day else ""


def earliest(stored: str) -> date:
    """Return the first day that the date can be.

    Raises: NotADate for what is no stored form, "" included: it has no bounds.
    """
    year, month, day = _parts(stored)
    return date(year, month or 1, day or 1)


def latest(stored: str) -> date:
    """Return the last day that the date can be.

    Raises: NotADate for what is no stored form, "" included: it has no bounds.
    """
    year, month, day = _parts(stored)
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


def is_before(one: str, other: str) -> bool:
    """Tell whether a date is certainly before another; "" is no date.

    Stored forms sort as texts: as far as both go, all is compared that is known of both.
    """
    known = min(len(one), len(other))
    return one[:known] < other[:known]


def may_be_one(one: str, other: str) -> bool:
    """Tell whether nothing that is known of both dates differs; "" is no date."""
    known = min(len(one), len(other))
    return one[:known] == other[:known]


def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def working_days_after(day: date, days: int) -> date:
    """Return the day by which so many working days have passed, Monday to Friday.

    Public holidays count as working days: a date worked out is never too late.
    """
    day -= timedelta(days=max(0, day.weekday() - FRIDAY))
    weeks, rest = divmod(days, 5)
    over_the_weekend = 2 if day.weekday() + rest > FRIDAY else 0
    return day + timedelta(weeks=weeks, days=rest + over_the_weekend)


def _stored(parts: dict[str, str | None], text: str) -> str:
    known = [
        int(part)
        for name in ("year", "month", "day")
        if (part := parts.get(name)) is not None
    ]
    if not FIRST_YEAR <= known[0] <= LAST_YEAR:
        raise NotADate(text)
    try:
        date(*[*known, 1, 1][:3])
    except ValueError:
        raise NotADate(text) from None
    return "-".join(f"{number:02d}" for number in known)


def _parts(stored: str) -> tuple[int, int, int]:
    """Return year, month and day, 0 for what is not known."""
    if not stored or parse_partial(stored) != stored:
        raise NotADate(stored)
    year, month, day, *_ = *map(int, stored.split("-")), 0, 0
    return year, month, day
