"""What was refused to accounts, for whoever runs the machine."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models.functions import TruncHour
from django.utils import timezone

from members.models import Event
from members.models.events import REFUSED, REFUSED_OFTEN


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """An account, an address and an hour: how often, and which numbers stood there."""

    hour: datetime
    login: str
    address: str
    times: int
    numbers: list[int]
    is_cut: bool  # more came in this hour, which is not written down


def refused_lines(since: date) -> Iterator[RefusedLine]:
    """Return what was refused since the beginning of a local day, the oldest first.

    One query, read in a stream.
    """
    events = (
        Event.objects.filter(action__in=[REFUSED, REFUSED_OFTEN])
        .filter(at__date__gte=since)
        .annotate(hour=TruncHour("at"))
        .order_by("hour", "account__login", "data__address", "pk")
        .values_list("hour", "account__login", "data", "action")
    )
    for (hour, login, address), rows in groupby(
        events.iterator(), key=lambda row: (row[0], row[1], row[2]["address"])
    ):
        given = list(rows)
        yield RefusedLine(
            hour=timezone.localtime(hour),
            login=login,
            address=address,
            times=len(given),
            numbers=sorted({each for row in given for each in row[2]["ids"].values()}),
            is_cut=any(row[3] == REFUSED_OFTEN for row in given),
        )
