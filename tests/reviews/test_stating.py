"""A self-review, or a report, meets the requirements or is done again on a day."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns.models import CampaignBody, Extension, Participant, PersonalExtension
from campaigns.services import phases
from campaigns.services.written.states import WritingRefused
from campaigns.steps import Step
from members.models import Event
from members.row_security import asked_by
from reports.documents.minutes import minutes_printout
from reports.documents.printout_html import to_html
from reports.queries.minutes import minutes_paper
from reviews.models import (
    CollectiveReportDraft,
    CollectiveReportStatement,
    ReviewOccasion,
    SelfReviewDraft,
    SelfReviewStatement,
)
from reviews.services import collective_reports, stating
from reviews.services.occasions import ReviewNotRecordable
from reviews.services.stating import Stated
from tests.clients import client_of
from tests.factories import (
    BallotLineFactory,
    CollectiveSuggestionFactory,
    MinutesFactory,
    PhaseFactory,
    RemarkFactory,
    ReviewSuggestionFactory,
    SelfReviewFactory,
    SelfReviewTextFactory,
)
from tests.restricted import restricted
from tests.reviews.ballot_worlds import NOW
from tests.reviews.collective_report_worlds import (
    ANSWERS,
    TODAY,
    body_of,
    holder,
    sent,
    state_of,
)
from tests.reviews.collective_report_worlds import NOW as THEN
from tests.reviews.turn_pages import page
from tests.reviews.turn_worlds import Turns

pytestmark = pytest.mark.django_db
LATER = date(2024, 12, 20)
LACKING = Stated(False, leaves_out="Kết luận 5-KL/UBKT: chậm bàn giao", again_on=LATER)
MEETS = Stated(True)


@pytest.fixture
def turns():
    turns = Turns()
    turns.all_present()
    return turns


@pytest.fixture
def occasion(turns):
    """Of a plain member whose self-review the cell has confirmed."""
    occasion = turns.call()[-1]
    person = occasion.participant
    Participant.objects.filter(pk=person.pk).update(review_state="CONFIRMED")
    review = SelfReviewFactory(participant=person)
    SelfReviewTextFactory(self_review=review)
    return ReviewOccasion.objects.select_related("participant").get(pk=occasion.pk)


def state(turns, occasion, stated=LACKING, **facts):
    return stating.state_self_review(
        **{
            "occasion": occasion, "version": occasion.version, "stated": stated,
            "meeting": turns.meeting, "actor": turns.keeper, "now": NOW, **facts,
        }
    )  # fmt: skip


def person_of(occasion) -> Participant:
    return Participant.objects.get(pk=occasion.participant_id)


def test_what_lacks_something_goes_back_and_is_done_again(turns, occasion):
    PhaseFactory(
        campaign=turns.cell.campaign, step="SELF_REVIEW",
        from_on=date(2024, 11, 1), until_on=date(2024, 12, 1),
    )  # fmt: skip
    turns.review(occasion)
    occasion.refresh_from_db()
    with restricted(), asked_by(turns.keeper.account_id):
        state(turns, occasion)

    now = ReviewOccasion.objects.get(pk=occasion.pk)
    assert (now.state, now.meeting) == ("LEFT", None)
    assert person_of(occasion).review_state == "RETURNED"
    draft = SelfReviewDraft.objects.get()
    assert draft.content["answers"]["shortcomings"] == "Còn ngại góp ý"
    assert not draft.is_on_behalf
    longer = PersonalExtension.objects.get()
    assert longer.until_on == LATER + timedelta(days=1)
    phases.demand_open(
        campaign=turns.cell.campaign, step=Step.SELF_REVIEW, unit=turns.cell,
        participant=person_of(occasion), now=NOW + timedelta(days=10),
    )  # fmt: skip
    assert Event.objects.filter(action="occasions.stated").count() == 1


def test_what_meets_them_stays_and_is_kept_beside_an_earlier_statement(turns, occasion):
    state(turns, occasion)
    occasion.refresh_from_db()
    Participant.objects.filter(pk=occasion.participant_id).update(review_state="SENT")
    state(turns, occasion, MEETS)

    kept = SelfReviewStatement.objects.values_list("meets", "again_on")
    assert list(kept) == [(False, LATER), (True, None)]
    assert person_of(occasion).review_state == "SENT"


def test_a_suggestion_of_the_person_is_named(turns, occasion):
    suggestion = ReviewSuggestionFactory(participant=occasion.participant)
    state(turns, occasion, Stated(False, suggestion=suggestion, again_on=LATER))
    assert SelfReviewStatement.objects.get().suggestion == suggestion


@pytest.mark.parametrize(
    "stated",
    [
        Stated(False, again_on=LATER),
        Stated(False, leaves_out="a"),
        Stated(False, leaves_out="a", again_on=date(2024, 12, 5)),
    ],
)
def test_a_statement_that_names_nothing_or_no_later_day_is_none(
    turns, occasion, stated
):
    with pytest.raises(ReviewNotRecordable):
        state(turns, occasion, stated)
    assert not SelfReviewStatement.objects.exists()


def test_after_a_ballot_or_a_reply_and_on_oneself_nothing_is_stated(turns, occasion):
    own = ReviewOccasion.objects.get(participant__member=turns.keeper.member_id)
    with pytest.raises(ReviewNotRecordable):
        state(turns, own)
    turns.review(occasion)
    occasion.refresh_from_db()
    RemarkFactory(occasion=occasion, kind="REPLY", text="a", at=NOW)
    with pytest.raises(ReviewNotRecordable):
        state(turns, occasion)
    BallotLineFactory(occasion=occasion)
    with pytest.raises(ReviewNotRecordable):
        state(turns, occasion, MEETS)
    assert not SelfReviewStatement.objects.exists()


def test_the_database_keeps_a_statement_whole(turns, occasion):
    for columns in ({"meets": False}, {"meets": True, "leaves_out": "a"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SelfReviewStatement.objects.create(
                occasion=occasion, meeting=turns.meeting, at=NOW, **columns
            )


def test_the_person_reads_it_and_other_members_never(turns, occasion):
    state(turns, occasion)
    person, other = (
        turns.account_of(each) for each in (occasion.participant, turns.people[2])
    )
    seen = SelfReviewStatement.objects
    for actor, count in ((person, 1), (other, 0), (turns.keeper, 1)):
        with restricted(), asked_by(actor.account_id):
            assert seen.visible_to(actor).count() == count


def test_the_page_states_it_and_the_minutes_say_it(turns, occasion):
    path = page(turns, "turn_statement", occasion)
    keeper = client_of(turns.keeper)
    data = {"version": occasion.version, "meets": "LACKS", "leaves_out": "Kết luận 5"}
    assert keeper.post(path, data).status_code == 422
    done = keeper.post(path, data | {"again_on": "20/12/2024"})
    assert done["Location"] == page(turns)
    assert keeper.post(path, data | {"again_on": "20/12/2024"}).status_code == 409
    minutes = MinutesFactory(meeting=turns.meeting)
    text = to_html(minutes_printout(minutes_paper(minutes, language="vi")))
    assert "chưa đạt yêu cầu; bỏ sót: Kết luận 5; làm lại ngày 20/12/2024" in text


def test_the_level_above_states_the_same_of_a_report_also_once_accepted():
    body = body_of()
    secretary, committee = holder(body.unit), holder(body.unit.parent)
    suggestion = CollectiveSuggestionFactory(body=body, issuer=body.unit.parent)
    answer = {f"suggested.{suggestion.pk}": "Đã rõ"}
    sent(body, secretary, **answer)
    PhaseFactory(
        campaign=body.campaign, step="SELF_REVIEW",
        from_on=date(2024, 11, 1), until_on=date(2024, 12, 1),
    )  # fmt: skip
    facts = {"body": body, "number": 1, "actor": committee, "now": THEN}
    with pytest.raises(WritingRefused):
        stating.state_report(**facts | {"actor": secretary}, stated=MEETS)
    stating.state_report(**facts, stated=MEETS)
    collective_reports.accept(author=body, number=1, actor=committee, now=THEN)
    lacking = Stated(False, suggestion=suggestion, again_on=LATER)
    with restricted(), asked_by(committee.account_id):
        stating.state_report(**facts, stated=lacking)

    assert TODAY < LATER
    assert state_of(body) == CampaignBody.Report.RETURNED
    draft = CollectiveReportDraft.objects.get()
    assert draft.content["answers"] == ANSWERS | answer
    assert Extension.objects.get().until_on == LATER + timedelta(days=1)
    kept = CollectiveReportStatement.objects.order_by("pk")
    assert [(each.meets, each.suggestion) for each in kept] == [
        (True, None), (False, suggestion),
    ]  # fmt: skip
    assert timezone.localdate(kept[0].at) == TODAY
