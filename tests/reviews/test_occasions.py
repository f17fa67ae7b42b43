"""Whose turn it is at a review meeting; a cell of 22 from its attendance to its levels."""

import pytest

from campaigns.models import Meeting, Participant
from members.models import Event
from members.services.versions import ChangedMeanwhile
from reviews.ballots import Papers
from reviews.models import BallotLine, ReviewOccasion
from reviews.services.occasions import ReviewNotRecordable, leave_for_later
from tests.factories import CampaignBodyFactory, MinutesFactory
from tests.reviews.ballot_worlds import NOW, SIZE
from tests.reviews.turn_worlds import Turns

pytestmark = pytest.mark.django_db


@pytest.fixture
def turns():
    return Turns()


def test_officers_come_first_then_the_others_by_name(turns):
    people = [each.participant for each in turns.call()]

    assert people == [turns.people[at] for at in (0, 4, 1, 2, 3, 5, 6)]


def test_who_was_reviewed_stays_so_when_the_others_are_called_again(turns):
    turns.all_present()
    turns.review(turns.call()[0])

    states = [each.state for each in turns.call()]

    assert states == ["REVIEWED", *["WAITING"] * (SIZE - 1)]


def test_persons_are_called_at_review_meetings_alone(turns):
    Meeting.objects.update(kind=Meeting.Kind.REGULAR)

    with pytest.raises(ReviewNotRecordable):
        turns.call()


def test_whoever_is_absent_is_not_reviewed(turns):
    with pytest.raises(ReviewNotRecordable):
        turns.review(turns.call()[0])


@pytest.mark.parametrize("columns", [{"state": "SIGNED"}, {"kind": "REGULAR"}])
def test_a_meeting_signed_meanwhile_or_of_another_kind_reviews_nobody(turns, columns):
    turns.all_present()
    first = turns.call()[0]
    Meeting.objects.update(**columns)

    with pytest.raises(ReviewNotRecordable):
        turns.review(first)


def test_nobody_records_what_is_said_of_oneself(turns):
    turns.all_present()
    own = turns.call()[1]

    with pytest.raises(ReviewNotRecordable):
        turns.review(own)
    turns.review(own, actor=turns.secretary)

    editable = ReviewOccasion.objects.editable_by(turns.keeper)
    assert own not in editable
    assert editable.count() == SIZE - 1


def test_while_the_chair_is_reviewed_somebody_else_leads(turns):
    turns.all_present()
    first = turns.call()[0]
    MinutesFactory(meeting=turns.meeting, chair=first.participant.full_name)

    with pytest.raises(ReviewNotRecordable):
        turns.review(first)

    assert turns.review(first, chaired_by="Bình").chaired_by == "Bình"


def test_a_self_review_is_reviewed_with_its_person_and_as_before_if_left(turns):
    turns.all_present()
    first = turns.call()[2]
    Participant.objects.filter(pk=first.participant_id).update(review_state="SENT")

    def state():
        return Participant.objects.get(pk=first.participant_id).review_state

    reviewed = turns.review(first)
    assert state() == "REVIEWED"
    again = turns.review(reviewed, remarks_made=3)
    left = leave_for_later(
        occasion=again, version=again.version, actor=turns.keeper, now=NOW
    )

    assert (state(), left.state_before) == ("SENT", "")
    leave_for_later(occasion=left, version=left.version, actor=turns.keeper, now=NOW)
    assert state() == "SENT"


def test_who_is_reviewed_by_another_body_stays_reviewed_when_one_leaves_them(turns):
    turns.all_present()
    first = turns.review(turns.call()[2])
    other = CampaignBodyFactory(unit=turns.cell, kind="LEADERSHIP")
    ReviewOccasion.objects.create(
        participant=first.participant, body=other, meeting=turns.meeting,
        state="REVIEWED", position=1,
    )  # fmt: skip

    leave_for_later(occasion=first, version=first.version, actor=turns.keeper, now=NOW)

    person = Participant.objects.get(pk=first.participant_id)
    assert person.review_state == "REVIEWED"


def test_a_turn_is_left_until_there_is_a_ballot(turns):
    turns.all_present()
    turns.seat_tellers()
    one, two = turns.call()[2:4]
    left = leave_for_later(occasion=one, version=1, actor=turns.keeper, now=NOW)
    assert (left.state, left.meeting) == ("LEFT", None)
    reviewed = turns.review(two)
    turns.open()

    with pytest.raises(ReviewNotRecordable):
        leave_for_later(
            occasion=reviewed, version=reviewed.version, actor=turns.keeper, now=NOW
        )
    assert [line.occasion for line in BallotLine.objects.all()] == [reviewed]


def test_of_two_who_record_one_person_the_second_is_told(turns):
    turns.all_present()
    first = turns.call()[0]
    turns.review(first, version=1)

    with pytest.raises(ChangedMeanwhile):
        turns.review(first, version=1)


def test_a_cell_of_22_goes_to_4_excellent_and_18_good(turns):
    """The published cell of 22 (docs/rules/review-meetings.md, docs/rules/ballots.md)."""
    turns.people += [turns.join(at) for at in range(SIZE, 22)]
    turns.all_present()
    turns.seat_tellers()
    for each in turns.call():
        is_own = each.participant == turns.people[4]
        turns.review(each, **({"actor": turns.secretary} if is_own else {}))
    ballot = turns.open()
    pks = BallotLine.objects.filter(ballot=ballot).order_by("pk")
    best, good = {"excellent": 15, "good": 7}, {"excellent": 6, "good": 16}
    lines = {
        pk: best if at < 4 else good
        for at, pk in enumerate(pks.values_list("occasion", flat=True))
    }
    papers = Papers(
        convoked=22, present=22, issued=22, returned=22, valid=22, invalid=0
    )

    turns.confirm(turns.enter(ballot, lines, papers=papers))

    assert sorted(turns.proposed()) == ["EXCELLENT"] * 4 + ["GOOD"] * 18
    assert Event.objects.filter(action="occasions.reviewed").count() == 22
