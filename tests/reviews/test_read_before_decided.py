"""What is said of somebody is read, and can be answered, before the level is decided."""

import pytest
from django.urls import reverse

from campaigns.models import Campaign, Participant
from members.row_security import asked_by
from reviews.models import Remark, ReviewOccasion
from reviews.queries.remarks import Said
from reviews.queries.turns import turns_at
from reviews.services import proposing
from reviews.services.occasions import ReviewNotRecordable, leave_for_later
from reviews.services.proposing import ProposalRefused, Proposed
from reviews.services.remarks import note_said, record_turn
from tests.clients import client_of
from tests.factories import ProposalFactory, UnitFileFactory
from tests.restricted import restricted
from tests.reviews.ballot_worlds import NOW
from tests.reviews.turn_worlds import Turns

pytestmark = pytest.mark.django_db
SAID = Said([("Còn nể nang", "")], "Xin tiếp thu", "")


@pytest.fixture
def turns():
    turns = Turns()
    turns.all_present()
    Participant.objects.update(review_state="CONFIRMED")
    return turns


@pytest.fixture
def one(turns):
    return turns.call()[3]


def act(turns, service, occasion, said=SAID, **columns):
    occasion.refresh_from_db()
    return service(
        occasion=occasion, version=occasion.version, meeting=turns.meeting,
        said=said, actor=turns.keeper, now=NOW, **columns,
    )  # fmt: skip


def recorded(turns, one):
    """What the cell proposes for the person, by hand."""
    return proposing.record(
        unit=turns.cell, minutes="BB 03", minutes_on=NOW.date(), version=0,
        proposed=[Proposed(one.participant_id, "GOOD")], actor=turns.keeper, now=NOW,
    )  # fmt: skip


def sent(turns, file):
    with restricted(), asked_by(turns.secretary.account_id):
        proposing.send(file=file, version=file.version, actor=turns.secretary, now=NOW)


@pytest.mark.parametrize("is_left", [True, False])
def test_nobody_is_sent_up_of_whom_something_is_noted_and_not_read(turns, one, is_left):
    if is_left:
        done = act(turns, record_turn, one)
        leave_for_later(
            occasion=done, version=done.version, actor=turns.keeper, now=NOW
        )
        Participant.objects.update(review_state="CONFIRMED")
    else:
        act(turns, note_said, one)
    file = recorded(turns, one)

    with pytest.raises(ProposalRefused, match=one.participant.full_name):
        sent(turns, file)

    act(turns, record_turn, one)
    sent(turns, file)
    file.refresh_from_db()
    assert file.state == "SENT"


@pytest.mark.parametrize("state", ["SENT", "RECEIVED", "DECIDED"])
def test_nothing_more_is_said_of_who_is_on_the_way_or_decided(turns, one, state):
    act(turns, record_turn, one)
    file = UnitFileFactory(
        unit=turns.cell, goes_to=turns.cell.parent, state=state,
        answered_at=None if state == "SENT" else NOW,
    )  # fmt: skip
    ProposalFactory(file=file, participant=one.participant)
    if state == "DECIDED":
        people = Participant.objects.filter(pk=one.participant_id)
        people.update(level="GOOD", status="ASSESSED", decided_by=turns.cell.parent)
    other = Said([("Thêm một ý", "")])

    one.refresh_from_db()
    with pytest.raises(ReviewNotRecordable):
        act(turns, record_turn, one, other, reason="Ghi sót")
    with pytest.raises(ReviewNotRecordable):
        leave_for_later(occasion=one, version=one.version, actor=turns.keeper, now=NOW)

    assert [each.text for each in Remark.objects.filter(kind="REMARK")] == [
        "Còn nể nang"
    ]
    with restricted(), asked_by(turns.keeper.account_id):
        (mine,) = (
            each
            for each in turns_at(turns.meeting, turns.keeper)
            if each.occasion.pk == one.pk
        )
    assert mine.why_closed
    Campaign.objects.update(mode=Campaign.Mode.RESULTS_ONLY)
    one.refresh_from_db()
    leave_for_later(
        occasion=ReviewOccasion.objects.get(pk=one.pk), version=one.version,
        actor=turns.keeper, now=NOW,
    )  # fmt: skip


def test_whoever_is_returned_with_the_file_is_reviewed_again(turns, one):
    file = UnitFileFactory(
        unit=turns.cell, goes_to=turns.cell.parent, state="RETURNED", reason="Thiếu",
        answered_at=NOW,
    )  # fmt: skip
    ProposalFactory(file=file, participant=one.participant)

    act(turns, record_turn, one)

    assert Remark.objects.count() == 2


def test_what_was_published_is_read_also_when_the_turn_is_put_off(turns, one):
    done = act(turns, record_turn, one)
    leave_for_later(occasion=done, version=done.version, actor=turns.keeper, now=NOW)
    one.refresh_from_db()
    act(turns, note_said, one, Said())  # what was noted is taken out again

    address = reverse("reviews:self_review_detail", args=[one.participant_id])
    page = client_of(turns.account_of(one.participant)).get(address)
    text = page.content.decode()

    assert "Còn nể nang" in text
    assert reverse("reviews:turn_reply", args=[one.pk]) not in text
