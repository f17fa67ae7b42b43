"""An event at the end of its chain, against the INSERT of the same row alone."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count, cycle, islice
from statistics import median
from threading import Barrier

from django.db import connection, transaction
from django.utils import timezone

from benchmarks.measuring import Row, in_turns, timed
from members import events
from members.models import Event, PartyUnit
from members.policy import SYSTEM

GOAL = 6
APPENDED = (
    200  # events in one round; the commit, which an act has anyway, is one for all
)
WRITERS = 50


def measure(*, rounds: int) -> Row:
    """Append events to the chains of many units, and insert copies of one of them."""
    units = list(PartyUnit.objects.order_by("pk")[:WRITERS])
    turns, positions = cycle(units), count(1)
    columns = Event.objects.filter(pk=_record(units[0]).pk).values().get()
    del columns["id"], columns["chain"], columns["position"]

    def ours() -> None:
        with transaction.atomic():
            for _turn in range(APPENDED):
                _record(next(turns))

    def plain() -> None:
        with transaction.atomic():
            for position in islice(positions, APPENDED):
                Event.objects.create(chain="bare", position=position, **columns)

    times = in_turns(ours, plain, rounds=rounds)
    together, _done = timed(lambda: _all_at_once(units))
    return Row(
        name=f"{APPENDED} events at the ends of their chains / the INSERTs alone",
        ratio=times.ratio,
        goal=GOAL,
        detail=f"{times}; {1000 * median(times.ours) / APPENDED:.3g} ms each;"
        f" {len(units)} writers, each of whom commits when all hold their"
        f" chains: {together:.3g} s",
    )


def _record(unit: PartyUnit) -> Event:
    return events.record(
        action="benchmark",
        subject=unit,
        actor=SYSTEM,
        now=timezone.now(),
        unit=unit,
        system_reason="benchmark",
        data={"rows": 3},
    )


def _all_at_once(units: list[PartyUnit]) -> None:
    """Let each append from a connection of its own, and none commit before all have."""
    have_all = Barrier(len(units), timeout=60)

    def write(unit: PartyUnit) -> None:
        try:
            with transaction.atomic():
                _record(unit)
                have_all.wait()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(units)) as pool:
        list(pool.map(write, units))
