"""Tallies equal a plain recount, whatever was written, in whatever order."""

import threading

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.models import CampaignBody, CampaignUnit, Participant, Placement, Tally
from campaigns.services import following, tallies
from tests import small_worlds
from tests.small_worlds import (
    DISTRICT,
    DISTRICT_PEOPLE,
    MEMBER_LEVELS,
    NOW,
    imported,
    random_contents,
    recounted,
    tallies_of,
    together,
    unit_of,
    wait_until_somebody_waits,
)

ANY_WORLD = settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
ZERO = dict.fromkeys(small_worlds.COUNTED, 0)


def rate(participant: Participant, level: str) -> None:
    participant.status = "ASSESSED" if level else "NOT_REVIEWED"
    participant.level = level
    participant.reason = "DISCIPLINED" if level == "NOT_COMPLETED" else ""
    participant.is_imported = True
    participant.save()


def test_a_small_district_is_counted_where_the_rules_say(db):
    campaign = imported(small_worlds.contents(DISTRICT, DISTRICT_PEOPLE))

    assert tallies_of(campaign) == {
        ("H", "CELLS", "OTHER"): ZERO | {"present": 1, "not_completed": 1},
        ("H", "GRASSROOTS", "COMMUNE"): ZERO | {"present": 1, "good": 1},
        ("H", "GRASSROOTS", "TOWNSHIP"): ZERO | {"present": 1, "excellent": 1},
        ("H", "GRASSROOTS", "STATE_AGENCY"): ZERO | {"present": 1, "not_reviewed": 1},
        ("X", "CELLS", "COMMUNE"): ZERO | {"present": 2, "excellent": 1, "good": 1},
        ("X1", "MEMBERS", "COMMUNE"): ZERO | {"present": 3, "excellent": 1, "good": 2},
        ("X2", "MEMBERS", "COMMUNE"): ZERO
        | {
            "present": 3,
            "exempt": 1,
            "good": 1,
            "not_completed": 1,
            "reason_unstated": 1,
        },
        ("Y1", "CELLS", "TOWNSHIP"): ZERO | {"present": 1, "satisfactory": 1},
        ("Y2", "MEMBERS", "TOWNSHIP"): ZERO
        | {"present": 2, "under_six_months": 1, "satisfactory": 1},
        ("Z", "MEMBERS", "STATE_AGENCY"): ZERO
        | {"present": 3, "not_reviewed": 1, "suspended": 1, "good": 1},
        ("W", "MEMBERS", "OTHER"): ZERO | {"present": 1, "other_not_assessed": 1},
    }


@ANY_WORLD
@given(what=random_contents(), data=st.data())
def test_tallies_equal_a_recount_after_any_changes(db, what, data):
    with transaction.atomic():
        campaign = imported(what)
        assert tallies_of(campaign) == recounted(campaign)
        for _turn in range(data.draw(st.integers(0, 4))):
            data.draw(st.sampled_from([change_level, change_place, let_go, rate_unit]))(
                campaign, data
            )
            assert tallies_of(campaign) == recounted(campaign)
        before = tallies_of(campaign)
        tallies.recount_campaign(campaign)
        assert tallies_of(campaign) == before
        transaction.set_rollback(True)


def somebody(campaign, data) -> Placement | None:
    placements = Placement.objects.open().filter(participant__campaign=campaign)
    rows = list(placements.select_related("participant").order_by("pk"))
    return data.draw(st.sampled_from(rows)) if rows else None


def change_level(campaign, data) -> None:
    if placement := somebody(campaign, data):
        with tallies.changing([placement.unit_id]):
            rate(
                placement.participant, data.draw(st.sampled_from(["", *MEMBER_LEVELS]))
            )


def change_place(campaign, data) -> None:
    if placement := somebody(campaign, data):
        cells = CampaignUnit.objects.filter(campaign=campaign, kind="CELL")
        to = data.draw(st.sampled_from([placement.unit, *cells.order_by("pk")]))
        with tallies.changing([placement.unit_id, to.pk]):
            following.place(
                campaign,
                {placement.participant.member_id: to.pk},
                on=NOW.date(),
                event=Placement.Event.TRANSFER,
            )


def let_go(campaign, data) -> None:
    if placement := somebody(campaign, data):
        with tallies.changing([placement.unit_id]):
            following.let_go([placement], on=NOW.date(), presence="DIED")


def rate_unit(campaign, data) -> None:
    bodies = CampaignBody.objects.filter(unit__campaign=campaign).order_by("pk")
    body = data.draw(st.sampled_from(list(bodies.select_related("unit"))))
    with tallies.changing(filter(None, [body.unit.parent_id])):
        body.level = data.draw(st.sampled_from(["", *MEMBER_LEVELS]))
        body.is_imported = True
        body.save()


def test_recounting_one_unit_costs_the_same_for_one_person_and_for_many(
    db, django_assert_num_queries
):
    campaign = imported(
        small_worlds.contents(DISTRICT, {"X1": "GOOD", "X2": "GOOD " * 50})
    )
    one, many = unit_of(campaign, "X1"), unit_of(campaign, "X2")

    for unit in (one, many):
        # Three counts, what is asked, a look at the stale rows, one upsert.
        with django_assert_num_queries(6):
            tallies.recount([unit.pk])


def test_what_no_longer_counts_leaves_no_row_behind(db):
    campaign = imported(small_worlds.contents(DISTRICT, {"X1": "GOOD"}))
    placement = Placement.objects.get()

    with tallies.changing([placement.unit_id]):
        following.let_go([placement], on=NOW.date(), presence="LEFT")

    assert not Tally.objects.filter(unit=placement.unit_id).exists()
    assert tallies_of(campaign) == recounted(campaign)


def test_a_refused_change_leaves_rows_and_tallies_as_they_were(db):
    campaign = imported(small_worlds.contents(DISTRICT, {"X1": "GOOD EXEMPT"}))
    before = tallies_of(campaign)
    placement = Placement.objects.select_related("participant").first()

    with (
        pytest.raises(IntegrityError, match="tally_adds_up"),
        transaction.atomic(),
        tallies.changing([placement.unit_id]),
    ):
        Participant.objects.filter(pk=placement.participant_id).update(
            status="UNHEARD_OF", level="", reason=""
        )

    assert tallies_of(campaign) == before == recounted(campaign)


@pytest.mark.django_db(transaction=True)
def test_two_interleaved_writers_in_one_cell_both_count():
    campaign = imported(small_worlds.contents(DISTRICT, {"X1": "GOOD GOOD"}))
    unit = unit_of(campaign, "X1")
    first, second = Participant.objects.order_by("pk")
    has_locked = threading.Event()
    waits = threading.Event()

    def write_first() -> None:
        with tallies.changing([unit.pk]):
            has_locked.set()
            assert waits.wait(10)
            rate(first, "EXCELLENT")

    def write_second() -> None:
        assert has_locked.wait(10)
        # Starts while the other holds the cell: it is let go on only when this one
        # is about to ask for the cell as well.
        waits.set()
        with tallies.changing([unit.pk]):
            rate(second, "NOT_COMPLETED")

    together(write_first, write_second)

    assert tallies_of(campaign)["X1", "MEMBERS", "COMMUNE"] == ZERO | {
        "present": 2,
        "excellent": 1,
        "not_completed": 1,
        "reason_disciplined": 1,
    }


@pytest.mark.django_db(transaction=True)
def test_whoever_waits_for_a_unit_holds_none_that_comes_after_it():
    imported(small_worlds.contents(DISTRICT, {"X1": "GOOD", "X2": "GOOD"}))
    first, second = CampaignUnit.objects.order_by("pk")[:2]
    is_held, may_go = threading.Event(), threading.Event()

    def hold_first() -> None:
        with tallies.changing([first.pk]):
            is_held.set()
            assert may_go.wait(30)

    def want_both() -> None:
        assert is_held.wait(30)
        with tallies.changing([second.pk, first.pk]):
            pass

    def take_second_meanwhile() -> None:
        assert is_held.wait(30)
        wait_until_somebody_waits()
        try:
            with transaction.atomic():
                units = CampaignUnit.objects.select_for_update(nowait=True)
                assert units.get(pk=second.pk) == second
        finally:
            may_go.set()

    together(hold_first, want_both, take_second_meanwhile)


@pytest.mark.django_db(transaction=True)
def test_writers_who_name_units_in_opposite_order_never_lock_each_other_out():
    campaign = imported(small_worlds.contents(DISTRICT, {"X1": "GOOD", "X2": "GOOD"}))
    ids = [unit_of(campaign, code).pk for code in ("X1", "X2")]
    people = list(Participant.objects.order_by("pk"))
    start = threading.Barrier(2)

    def write(names, participant, levels) -> None:
        start.wait(10)
        for level in levels:
            with tallies.changing(names):
                rate(participant, level)

    together(
        lambda: write(ids, people[0], ["EXCELLENT", "", "GOOD", "NOT_COMPLETED"] * 5),
        lambda: write(ids[::-1], people[1], ["", "SATISFACTORY", "EXCELLENT"] * 5),
    )

    assert tallies_of(campaign) == recounted(campaign)
    assert [person.level for person in Participant.objects.order_by("pk")] == [
        "NOT_COMPLETED",
        "EXCELLENT",
    ]
