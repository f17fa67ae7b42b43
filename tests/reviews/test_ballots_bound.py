"""What a round waits for, and what waits for it: quorum, the cell's file, the minutes."""

import pytest

from campaigns.models import Attendance
from campaigns.services.meetings.signing import missing_in
from reviews.models import Ballot
from reviews.services.tellers import BallotNotChangeable
from tests.factories import MinutesFactory, UnitFileFactory
from tests.reviews.ballot_worlds import NOW, SIZE, Hall, correct

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall():
    hall = Hall()
    hall.seat_tellers()
    return hall


@pytest.mark.parametrize("state", ["SENT", "RECEIVED", "DECIDED"])
def test_ballots_stay_while_the_file_of_the_cell_is_with_the_committee(hall, state):
    locked = hall.lock("LEVELS", hall.lines())
    correction = correct(hall, locked)
    entered = hall.enter(correction, hall.lines({"excellent": 7}))
    answered = {} if state == "SENT" else {"answered_at": NOW}
    UnitFileFactory(unit=hall.cell, state=state, **answered)

    for act in (
        lambda: hall.confirm(entered),
        lambda: correct(hall, entered),
        hall.open,
    ):
        with pytest.raises(BallotNotChangeable, match="“"):
            act()
    assert hall.proposed()[0] == "GOOD"


@pytest.mark.parametrize(
    "columns",
    [
        {"state": "DRAFT", "sent_at": None},
        {"state": "RETURNED", "answered_at": NOW, "reason": "Thiếu"},
    ],
)
def test_a_file_that_is_in_the_cell_lets_its_ballots_be_corrected(hall, columns):
    locked = hall.lock("LEVELS", hall.lines())
    UnitFileFactory(unit=hall.cell, **columns)

    correct(hall, locked)

    assert Ballot.objects.filter(edition=2).exists()


def test_minutes_are_not_signed_while_a_round_is_not_locked(hall):
    minutes = MinutesFactory(meeting=hall.meeting)
    assert missing_in(hall.meeting, minutes) == []
    ballot = hall.open()
    assert len(missing_in(hall.meeting, minutes)) == 1

    hall.confirm(hall.enter(ballot, hall.lines()))

    assert missing_in(hall.meeting, minutes) == []


def test_no_round_opens_without_a_quorum(hall):
    Attendance.objects.filter(participant__in=hall.people[:3]).update(state="ABSENT")

    with pytest.raises(BallotNotChangeable):
        hall.open()
    Attendance.objects.filter(participant=hall.people[0]).update(state="LATE")
    assert hall.open().convoked == SIZE  # five of seven are two thirds
