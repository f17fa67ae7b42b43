"""What somebody has to do: one sentence, perhaps one day, one button. Pure.

Source: docs/rules/reminders.md § 1.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

MOST_UNITS = 20  # of each kind of work; more units than one keeps are a board's matter


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing that waits for an act, or that was done.

    `key` stays the same as long as it is the same work. Without `url` there is no page
    to act on, only the sentence. `is_own` is of the person, else of a post.
    """

    key: str
    sentence: str
    url: str = ""
    button: str = ""
    other_url: str = ""  # another way to the same, beside the button
    other_button: str = ""
    due_on: date | None = None  # the last day
    count: int = 1
    is_own: bool = False
    is_done: bool = False
    campaign: str = ""  # the name of the one that it belongs to

    def days_left(self, today: date) -> int | None:
        """Return how many days are left after today; below 0 once it is over."""
        return (self.due_on - today).days if self.due_on else None


def several(
    *,
    key: str,
    text: str,
    count: int,
    url: str,
    button: str,
    due_on: date | None = None,
    is_own: bool = False,
    campaign: str = "",
) -> DueItem:
    """Return the item of rows that wait alike; their `count` stands in the `text`."""
    return DueItem(
        key=key,
        sentence=text % {"count": count},
        url=url,
        button=button,
        due_on=due_on,
        count=count,
        is_own=is_own,
        campaign=campaign,
    )


def in_order(items: Iterable[DueItem]) -> list[DueItem]:
    """Return what is due first at first, what has no day last, else as it came."""
    return sorted(items, key=lambda item: item.due_on or date.max)
