"""Writers of several units do not wait for each other, those of one take turns."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from members import events
from members.models import Event, LogHead, LogSeal
from members.queries.log import LogCheck, at_one_moment
from members.services.log import seal_log
from tests.factories import NOON, UnitFactory
from tests.members.log import record
from tests.small_worlds import one_behind_the_other, together

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 50


def test_the_writers_of_other_units_do_not_wait_for_one_that_holds_its_chain():
    one, *others = [UnitFactory() for _turn in range(WRITERS)]

    def write(unit):
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
        try:
            record(unit)
        finally:
            connection.close()

    with transaction.atomic():
        record(one)
        with ThreadPoolExecutor(7) as pool:
            list(pool.map(write, others))
        transaction.set_rollback(True)

    assert set(Event.objects.values_list("unit", flat=True)) == {
        unit.pk for unit in others
    }


def test_two_at_once_in_one_chain_take_turns_and_leave_no_gap():
    unit = UnitFactory()
    before = record(unit)

    first, second = one_behind_the_other(lambda: record(unit), lambda: record(unit))

    assert [(each.position, each.previous_hash) for each in (first, second)] == [
        (2, before.hash),
        (3, first.hash),
    ]
    assert list(LogCheck().faults()) == []


def test_two_who_begin_a_chain_at_once_take_turns_too():
    unit = UnitFactory()

    made = one_behind_the_other(lambda: record(unit), lambda: record(unit))

    assert [each.position for each in made] == [1, 2]
    assert list(LogCheck().faults()) == []


def test_acts_in_the_same_chains_the_other_way_round_do_not_wait_in_a_ring():
    one, other = UnitFactory(), UnitFactory()
    both = threading.Barrier(2)

    def write(*units):
        with events.written_last():
            for unit in units:
                record(unit)
            both.wait(10)

    for _turn in range(10):
        together(lambda: write(one, other), lambda: write(other, one))

    assert Event.objects.count() == 40
    assert list(LogCheck().faults()) == []


def test_two_workers_that_seal_at_once_make_one_seal():
    record(UnitFactory())

    def seal():
        return seal_log(now=NOON)

    first, second = one_behind_the_other(seal, seal)

    assert (first.number, second) == (1, None)
    assert LogSeal.objects.count() == 1


def test_a_seal_passes_over_a_chain_that_is_being_written():
    busy, quiet = UnitFactory(), UnitFactory()
    record(busy)
    record(quiet)
    is_held, may_go = threading.Event(), threading.Event()

    def write():
        with transaction.atomic():
            record(busy)
            is_held.set()
            assert may_go.wait(10)

    def seal():
        assert is_held.wait(10)
        assert seal_log(now=NOON).heads == 1
        may_go.set()

    together(write, seal)

    assert LogHead.objects.unsealed().get().chain == f"2024-12-01/{busy.pk}"
    assert list(LogCheck().faults()) == []


def test_a_check_sees_the_log_as_it_was_when_it_began():
    unit = UnitFactory()
    record(unit)
    check = LogCheck()

    with at_one_moment():
        assert LogHead.objects.get().position == 1
        together(lambda: record(unit), lambda: record(UnitFactory()))
        assert list(check.faults()) == []

    assert (check.events, Event.objects.count()) == (1, 3)
