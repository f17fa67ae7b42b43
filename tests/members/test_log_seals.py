"""The seals of the log, the commands, and what keeps the rows as they are."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from members import chains, tasks
from members.models import Event, LogHead, LogSeal, SealedHead
from members.queries.log import LogCheck
from members.services import log
from members.services.log import seal_log
from tests.factories import NOON, UnitFactory
from tests.members.log import TABLES, as_owner, record, write_log

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

LATER = NOON + timedelta(hours=1)


def test_a_seal_holds_the_heads_that_have_changed_and_the_seal_before_it():
    one, other = UnitFactory(), UnitFactory()
    record(one)
    record(other)
    first = seal_log(now=NOON)
    last = record(other)

    second = seal_log(now=LATER)

    held = SealedHead.objects.filter(seal=second)
    head = (last.chain, 2, last.hash)
    assert list(held.values_list("chain", "position", "hash")) == [head]
    assert LogSeal.objects.filter(pk=second.pk).values().get() == {
        "id": second.pk,
        "number": 2,
        "at": LATER,
        "heads": 1,
        "digest": chains.digest_of([head]),
        "previous_hash": first.hash,
        "hash": second.hash,
    }
    assert SealedHead.objects.filter(seal=first).count() == 2


def test_what_has_not_grown_is_not_sealed_again():
    assert seal_log(now=NOON) is None
    record(UnitFactory())

    assert seal_log(now=NOON).number == 1
    assert seal_log(now=LATER) is None
    assert (LogSeal.objects.count(), SealedHead.objects.count()) == (1, 1)


def test_many_chains_are_sealed_in_several_statements(monkeypatch):
    monkeypatch.setattr(log.bulk, "ROWS", 2)
    for _turn in range(5):
        record(UnitFactory())

    assert seal_log(now=NOON).heads == 5
    assert list(LogHead.objects.unsealed()) == []
    assert list(LogCheck().faults()) == []


def test_the_clock_of_the_workers_seals():
    record(UnitFactory())

    with time_machine.travel(LATER, tick=False):
        tasks.seal_log()

    assert LogSeal.objects.get().at == LATER


def test_the_command_seals_and_tells_the_hash_to_be_kept_elsewhere():
    record(UnitFactory())

    first, second = told("seal_log"), told("seal_log")

    assert first == f"Seal 1 over 1 chains: {LogSeal.objects.get().hash}\n"
    assert second == "Nothing was recorded since the last seal.\n"


def test_the_command_tells_what_it_checked():
    nothing = told("verify_log")
    write_log()

    everything, later = told("verify_log"), told("verify_log", since="02/12/2024")

    newest = f"The newest seal is 2: {LogSeal.objects.get(number=2).hash}\n"
    assert nothing == (
        "Checked: 0 events in 0 chains, 0 seals; not yet sealed: 0 events.\n"
    )
    assert everything == (
        "Checked: 11 events in 3 chains, 2 seals; not yet sealed: 1 events.\n" + newest
    )
    assert later == (
        "Checked: 1 events in 1 chains, 2 seals; not yet sealed: 0 events.\n" + newest
    )


def test_the_command_tells_each_fault_and_ends_with_a_refusal():
    write_log()
    as_owner("UPDATE members_event SET action = 'x' WHERE position = 4")
    output = StringIO()

    with pytest.raises(CommandError, match=r"\AThe event log has 2 faults\.\Z"):
        call_command("verify_log", stdout=output)

    assert output.getvalue().splitlines()[:2] == [
        "Chain 2024-12-01/17, event 4: it was changed after it was written.",
        "Chain 2024-12-01/18, event 4: it was changed after it was written.",
    ]


def test_since_a_day_older_chains_and_seals_are_passed_over():
    write_log()
    as_owner(
        "UPDATE members_event SET action = 'x' WHERE chain LIKE '2024-12-01/%'",
        "UPDATE members_sealedhead SET hash = 'x' WHERE chain LIKE '2024-12-01/%'"
        " AND position = 3",
        "UPDATE members_event SET action = 'x' WHERE chain = '2024-12-02/17'",
    )

    with pytest.raises(CommandError, match=r"\AThe event log has 1 fault\.\Z"):
        call_command("verify_log", since="2024-12-02", stdout=StringIO())


def test_a_day_that_is_none_is_refused_with_a_sentence():
    with pytest.raises(CommandError, match=r"\A--since: Enter a valid date\.\Z"):
        call_command("verify_log", since="31/02/2024")


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        *(
            (statement, table)
            for table in ("members_event", "members_logseal", "members_sealedhead")
            for statement in (f"UPDATE {table} SET hash = ''", f"DELETE FROM {table}")
        ),
        ("DELETE FROM members_loghead", "members_loghead"),
    ],
)
def test_the_database_refuses_to_change_or_delete_what_was_written(statement, table):
    write_log()

    assert refusal_of(statement) == refused(statement.split()[0], table)
    # As in a session that plays back a replica.
    again = refusal_of("SET LOCAL session_replication_role = replica", statement)
    assert again == refused(statement.split()[0], table)


@pytest.mark.parametrize("table", TABLES)
def test_the_database_refuses_to_empty_the_log(table):
    trigger = f"{table}_no_truncate"

    assert refusal_of(
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}",
        f"TRUNCATE {table} CASCADE",
    ) == refused("TRUNCATE", table)


def test_every_trigger_of_the_log_is_silent_for_nobody():
    names = [
        *(f"{table}_no_update" for table in TABLES if table != "members_loghead"),
        "members_loghead_no_delete",
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgenabled FROM pg_trigger WHERE tgname = ANY(%s)", [names]
        )

        assert cursor.fetchall() == [("A",)] * 4


def test_rows_of_the_log_cannot_be_changed_by_the_program_either():
    event = record(UnitFactory())
    event.action = "another"

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        event.save()
    assert Event.objects.get().action == "test"


def told(command, **options):
    output = StringIO()
    call_command(command, stdout=output, **options)
    return output.getvalue()


def refusal_of(*statements):
    with (
        pytest.raises(IntegrityError) as refusal,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("; ".join(["SET CONSTRAINTS ALL IMMEDIATE", *statements]))
    return str(refusal.value).splitlines()[0]


def refused(act, table):
    return f"The log is append-only: {act} on {table} is refused."
