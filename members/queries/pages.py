"""Pages of people by the place of a name: the last is as near as the first.

An OFFSET walks past everybody before it, and a count past all: both grow with the
roll. Here a page begins after somebody, and counting ends at a limit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from members.models import Member
from members.models.people import MemberQuerySet

MOST_COUNTED = 1_000


@dataclass(frozen=True, slots=True)
class Counted:
    """How many there are, and whether counting ended before the last."""

    total: int  # `MOST_COUNTED` at most
    is_more: bool = False


@dataclass(frozen=True, slots=True)
class NamePage:
    """People in the order of names, and who stands at the ends of the page."""

    members: Sequence[Member]
    counted: Counted
    previous: int | None = None  # the page before is that before this person
    next: int | None = None  # the page after is that after this person


def page_of_all(
    members: MemberQuerySet, *, size: int, after: str = "", before: str = ""
) -> NamePage:
    """Return so many of a whole roll, after or before the person of this number.

    From the index of the order of names; two queries, and one more beside the first
    page. Whoever is not on this roll begins at the first.
    """
    # Along the same index: without the order the whole roll is gathered to be counted.
    counted = _how_many(members.in_name_order())
    edge = _place_of(members, before or after)
    if edge is None:
        rows = list(members.in_name_order()[: size + 1])
        return _page(rows[:size], counted, begins=False, goes_on=len(rows) > size)
    if before:
        back = members.named_before(*edge).in_name_order(is_backwards=True)
        rows = list(back[: size + 1])
        shown = rows[:size][::-1]
        return _page(shown, counted, begins=len(rows) > size, goes_on=True)
    rows = list(members.named_after(*edge).in_name_order()[: size + 1])
    return _page(rows[:size], counted, begins=True, goes_on=len(rows) > size)


def page_of_found(
    members: MemberQuerySet, *, size: int, after: str = "", before: str = ""
) -> NamePage:
    """Return so many of those whom a search finds, as `page_of_all`; two queries.

    Their places are taken first and put in order here: along the index of all names
    those of one given name may all stand at its end. Of more than `MOST_COUNTED` only
    a first page is given, of those that were met first: another word finds the others.
    """
    met = members.order_by().values_list("sort_key", "pk")[: MOST_COUNTED + 1]
    places = list(met)
    counted = _counted(len(places))
    numbers = [pk for _key, pk in sorted(places[:MOST_COUNTED])]
    if counted.is_more:
        return replace(_window(numbers, 0, size, counted), next=None)
    edge = number_in(before or after)
    if edge not in numbers:
        return _window(numbers, 0, size, counted)
    at = numbers.index(edge)
    if before:
        return _window(numbers[:at], max(0, at - size), size, counted, goes_on=True)
    return _window(numbers, at + 1, size, counted)


def _how_many(members: QuerySet[Member]) -> Counted:
    """Return how many people a query finds, up to `MOST_COUNTED`; one query."""
    return _counted(members.values("pk")[: MOST_COUNTED + 1].count())


def _window(
    numbers: Sequence[int],
    start: int,
    size: int,
    counted: Counted,
    *,
    goes_on: bool = False,
) -> NamePage:
    end = start + size
    shown = Member.objects.filter(pk__in=numbers[start:end]).in_name_order()
    return _page(
        list(shown), counted, begins=start > 0, goes_on=goes_on or end < len(numbers)
    )


def _page(
    rows: Sequence[Member], counted: Counted, *, begins: bool, goes_on: bool
) -> NamePage:
    """Return the page; `begins` and `goes_on` tell whether one lies on either side."""
    return NamePage(
        members=rows,
        counted=counted,
        previous=rows[0].pk if rows and begins else None,
        next=rows[-1].pk if rows and goes_on else None,
    )


def _place_of(members: MemberQuerySet, number: str) -> tuple[str, int] | None:
    if not (pk := number_in(number)):
        return None
    return members.filter(pk=pk).values_list("sort_key", "pk").first()


def number_in(text: str) -> int:
    """Return the number of a row in an address or a form, 0 for anything else.

    No row has that; what is longer than any number of a row is none.
    """
    is_number = text.isascii() and text.isdigit() and len(text) < len(str(2**63))
    return int(text) if is_number else 0


def _counted(found: int) -> Counted:
    return Counted(min(found, MOST_COUNTED), is_more=found > MOST_COUNTED)
