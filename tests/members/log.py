"""A log of two days, and hands that change it past everything that protects it."""

from datetime import timedelta

from django.db import connection

from members import chains, events
from members.models import Event
from members.policy import SYSTEM
from members.services.log import seal_log
from tests.factories import NOON, UnitFactory

TABLES = ("members_event", "members_loghead", "members_logseal", "members_sealedhead")


def record(unit, *, now=NOON):
    """One event of a command on the server."""
    return events.record(
        action="test",
        subject=unit,
        actor=SYSTEM,
        now=now,
        unit=unit,
        system_reason="test",
        data={"rows": 3},
    )


def write_log():
    """Six events of a unit on a day and one on the next, four of another; two seals.

    The last event of the other unit is not sealed yet. Returns the first unit.
    """
    unit, other = UnitFactory(pk=17), UnitFactory(pk=18)
    for _turn in range(3):
        record(unit)
        record(other)
    seal_log(now=NOON)
    for _turn in range(3):
        record(unit)
    record(unit, now=NOON + timedelta(days=1))
    seal_log(now=NOON + timedelta(days=1))
    record(other)
    return unit


def as_owner(*statements):
    """Run these as the owner of the tables, whom no trigger stops."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        for statement in statements:
            cursor.execute(statement)
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER ALL")


def rehash(chain, *, since):
    """Work out hashes and head anew from a position on, as a careful forger would."""
    rows = Event.objects.filter(chain=chain).order_by("position")
    previous = chains.START
    for event in rows.values():
        if event["position"] >= since:
            columns = {name: event[name] for name in chains.EVENT_COLUMNS}
            event["hash"] = chains.hash_of(previous, columns)
            as_owner(
                f"UPDATE members_event SET previous_hash = '{previous}',"
                f" hash = '{event['hash']}' WHERE id = {event['id']}"
            )
        previous = event["hash"]
    as_owner(
        f"UPDATE members_loghead SET position = {event['position']},"
        f" hash = '{event['hash']}' WHERE chain = '{chain}'"
    )
