"""What is said at somebody's turn: kept while it is typed, published, replied to."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from campaigns.models import Campaign, Meeting, Participant
from campaigns.services.meetings.shared import MeetingNotChangeable
from members import queries as registry
from members.models import Account, Event
from members.row_security import asked_by
from members.services.versions import ChangedMeanwhile
from reviews.models import Remark, ReviewOccasion, SaidVersion
from reviews.queries.remarks import Said, said_at, turns_read
from reviews.services import remarks
from reviews.services.occasions import ReviewNotRecordable, leave_for_later
from reviews.services.remarks import note_said, record_turn, reply
from tests.factories import MinutesFactory, RemarkFactory
from tests.restricted import restricted
from tests.reviews.ballot_worlds import NOW
from tests.reviews.turn_worlds import Turns

pytestmark = pytest.mark.django_db
SAID = Said(
    remarks=[("Chưa sâu sát cơ sở", ""), ("Còn nể nang", "Đ/c Bình")],
    answer="Xin tiếp thu",
    comment="Đồng chí cầu thị",
)


@pytest.fixture
def turns():
    turns = Turns()
    turns.all_present()
    return turns


@pytest.fixture
def occasion(turns):
    """Of a plain member, to whom nothing is seen by a post."""
    return turns.call()[-1]


def act(turns, occasion, service=note_said, **changed):
    return service(
        **{
            "occasion": occasion, "version": occasion.version,
            "meeting": turns.meeting, "said": SAID,
            "actor": turns.keeper, "now": NOW, **changed,
        }
    )  # fmt: skip


def own(turns, occasion):
    member = occasion.participant.member
    kept = Account.objects.filter(member=member).first()
    return registry.actor_for(kept) if kept else turns.account_of(occasion.participant)


def acts_told(occasion):
    events = Event.objects.filter(
        subject_kind="reviews.reviewoccasion", subject_id=occasion.pk
    )
    return list(events.order_by("pk").values_list("action", flat=True))


def test_what_is_typed_is_kept_in_its_order_as_a_later_version(turns, occasion):
    noted = act(turns, occasion)
    more = Said(remarks=[*SAID.remarks, ("Thêm ý", ""), ("", "Ai")], comment="Khác")

    later = act(turns, noted, said=more)

    assert (noted.version, later.version) == (2, 3)
    assert said_at(later) == more.fit
    assert later.state == ReviewOccasion.State.WAITING
    assert acts_told(occasion) == ["occasions.noted"]


def test_another_who_goes_on_writing_is_told_apart(turns, occasion):
    noted = act(turns, occasion)

    act(turns, noted, said=Said(answer="Khác"), actor=turns.secretary)

    told = Event.objects.filter(action="occasions.noted").order_by("pk")
    assert [each.account_id for each in told] == [
        turns.keeper.account_id,
        turns.secretary.account_id,
    ]


def test_what_is_kept_already_is_no_other_version(turns, occasion):
    noted = act(turns, occasion)

    assert act(turns, noted).version == noted.version
    assert act(turns, occasion, version=1).version == noted.version
    with pytest.raises(ChangedMeanwhile):
        act(turns, occasion, version=1, said=Said(answer="Khác"))


def test_once_recorded_it_is_published_with_the_number_of_remarks(turns, occasion):
    about = Remark.objects.filter(occasion=occasion)
    account = own(turns, occasion)
    act(turns, occasion)
    assert not Remark.objects.visible_to(account).exists()

    done = act(turns, occasion, record_turn, version=2)

    assert (done.state, done.remarks_made) == ("REVIEWED", 2)
    assert set(Remark.objects.visible_to(account)) == set(about)
    assert about.count() == 4
    assert acts_told(occasion) == ["occasions.noted", "occasions.reviewed"]


def test_other_members_of_the_cell_never_read_it(turns, occasion):
    plain, other = occasion, turns.account_of(turns.people[2])
    act(turns, plain)
    person = own(turns, plain)
    assert not Remark.objects.visible_to(person).exists()
    assert Remark.objects.visible_to(turns.keeper).count() == 4

    act(turns, plain, record_turn, version=2)

    assert Remark.objects.visible_to(person).count() == 4
    assert Remark.objects.published().count() == 4
    assert not Remark.objects.visible_to(other).exists()


def test_of_the_chair_it_is_kept_before_anybody_says_who_leads(turns, occasion):
    MinutesFactory(meeting=turns.meeting, chair=occasion.participant.full_name)
    noted = act(turns, occasion)

    with pytest.raises(ReviewNotRecordable):
        act(turns, noted, record_turn)

    led = Said(remarks=SAID.remarks, chaired_by="Bình")
    assert act(turns, noted, record_turn, said=led).chaired_by == "Bình"


def test_nothing_is_noted_of_oneself_or_at_a_closed_meeting(turns):
    first, mine, *_others = turns.call()

    with pytest.raises(ReviewNotRecordable):
        act(turns, mine)
    Meeting.objects.update(state="SIGNED")
    with pytest.raises(ReviewNotRecordable):
        act(turns, first)


def test_who_is_left_for_later_keeps_what_was_said_unpublished(turns, occasion):
    done = act(turns, occasion, record_turn)

    left = leave_for_later(
        occasion=done, version=done.version, actor=turns.keeper, now=NOW
    )

    assert said_at(left) == SAID
    assert not Remark.objects.visible_to(own(turns, occasion)).exists()


def test_a_person_replies_and_what_was_replied_to_is_not_withdrawn(turns, occasion):
    done = act(turns, occasion, record_turn)
    person = own(turns, occasion)

    reply(occasion=done, text="Tôi xin nói rõ", actor=person, now=NOW)
    second = reply(occasion=done, text="Và thêm", actor=person, now=NOW)

    assert (second.kind, second.position, second.at) == ("REPLY", 2, NOW)
    assert acts_told(occasion)[-1] == "occasions.replied"
    with pytest.raises(ReviewNotRecordable):
        leave_for_later(
            occasion=done, version=done.version, actor=turns.keeper, now=NOW
        )
    # A correction of what was typed leaves the replies where they are.
    facts = {"version": done.version, "reason": "Sửa lỗi"}
    act(turns, done, record_turn, said=Said(answer="Sửa"), **facts)
    replies = Remark.objects.filter(kind="REPLY").values_list("text", flat=True)
    assert list(replies) == ["Tôi xin nói rõ", "Và thêm"]


def test_nobody_replies_for_another_too_early_too_late_or_without_end(
    turns, occasion, monkeypatch
):
    person = own(turns, occasion)

    def refused(actor=person):
        with pytest.raises(ReviewNotRecordable):
            reply(occasion=occasion, text="Tôi", actor=actor, now=NOW)

    refused()
    act(turns, occasion, record_turn)
    refused(turns.keeper)
    monkeypatch.setattr(remarks, "MOST_REPLIES", 0)
    refused()
    Participant.objects.filter(pk=occasion.participant_id).update(
        status="ASSESSED", level="GOOD", decided_by=turns.cell
    )
    monkeypatch.undo()
    refused()


def test_no_reply_in_a_campaign_that_is_closed(turns, occasion):
    act(turns, occasion, record_turn)
    campaigns = Campaign.objects.filter(pk=turns.cell.campaign_id)
    campaigns.update(state="CLOSED", roll_fixed_at=NOW, closed_at=NOW)

    with pytest.raises(MeetingNotChangeable):
        reply(occasion=occasion, text="Tôi", actor=own(turns, occasion), now=NOW)


@pytest.mark.parametrize(
    "columns",
    [
        {"text": ""},
        {"kind": "ANSWER", "critic": "Bình"},
        {"kind": "REPLY"},
        {"at": NOW},
        {"kind": "COMMENT", "position": 2},
    ],
)
def test_what_can_never_be_true_is_refused_by_the_database(columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        RemarkFactory(**columns)


def test_what_is_published_is_corrected_with_a_reason_and_stays_as_it_was(
    turns, occasion
):
    done = act(turns, occasion, record_turn)
    corrected = replace(SAID, answer="Xin tiếp thu và sửa")
    for service in (note_said, record_turn):
        with pytest.raises(ReviewNotRecordable, match="lý do"):
            act(turns, done, service, version=done.version, said=corrected)
    facts = {"version": done.version, "said": corrected, "reason": "Ghi sót ý"}
    with restricted(), asked_by(turns.keeper.account_id):
        later = act(turns, done, record_turn, **facts)

    assert said_at(later).answer == "Xin tiếp thu và sửa"
    kept = SaidVersion.objects.get()
    assert (kept.number, kept.reason, kept.answer) == (1, "Ghi sót ý", SAID.answer)
    assert [tuple(each) for each in kept.remarks] == SAID.remarks
    person, other = own(turns, occasion), turns.account_of(turns.people[2])
    for reader, count in ((person, 1), (turns.keeper, 1), (other, 0)):
        with restricted(), asked_by(reader.account_id):
            assert SaidVersion.objects.visible_to(reader).count() == count
    (read,) = turns_read(occasion.participant, person)
    assert [each.pk for each in read.versions] == [kept.pk]


def test_what_is_published_as_it_stands_is_no_correction(turns, occasion):
    done = act(turns, occasion, record_turn)

    act(turns, done, record_turn, version=done.version)

    assert not SaidVersion.objects.exists()


def test_a_turn_that_is_left_after_it_was_published_keeps_its_version(turns, occasion):
    done = act(turns, occasion, record_turn)

    left = leave_for_later(
        occasion=done, version=done.version, actor=turns.keeper, now=NOW
    )

    assert SaidVersion.objects.get().answer == SAID.answer
    act(turns, left, version=left.version, said=replace(SAID, answer="Khác"))
    assert SaidVersion.objects.count() == 1
