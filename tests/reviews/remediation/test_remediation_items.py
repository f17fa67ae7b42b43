"""Items of a plan of remediation: refused, taken in from their sources, taken out."""

from datetime import date

import pytest

from reviews.models import RemediationCheck, RemediationItem, ReviewOccasion
from reviews.queries.remediation import sources
from reviews.remediation import Act
from reviews.services.remediation import items
from reviews.services.remediation.shared import RemediationRefused
from tests.factories import (
    CampaignUnitFactory,
    MeetingFactory,
    MemberFactory,
    ParticipantFactory,
    RemarkFactory,
    ReviewOccasionFactory,
    ReviewSuggestionFactory,
    SelfReviewTextFactory,
)
from tests.reviews.remediation_worlds import CONCLUDED, NOW, add, checked

pytestmark = pytest.mark.django_db
Check = RemediationCheck.State
LATER = date(2027, 6, 30)


@pytest.mark.parametrize(
    ("source", "facts", "column"),
    [
        ("CONCLUDED", {}, "document"),
        ("CONCLUDED", {"document": "12-TB/UBKT"}, "document_on"),
        ("CONCLUDED", CONCLUDED | {"document_on": LATER}, "document_on"),
        ("OWN", CONCLUDED, None),
        ("OWN", {"due_on": date(2026, 11, 22)}, "due_on"),
        ("SUGGESTION", {}, None),
        ("REMARK", {}, None),
    ],
)
def test_an_item_is_refused_with_the_reason(place, source, facts, column):
    plan = place.plan()

    with pytest.raises(RemediationRefused) as refusal:
        add(plan, place.person, source=source, **facts)
    assert refusal.value.column == column
    assert RemediationItem.objects.count() == 1


def suggested(member, *, answer):
    participant = ParticipantFactory(member=member)
    suggestion = ReviewSuggestionFactory(participant=participant)
    answers = {f"suggested.{suggestion.pk}": answer} if answer else {}
    SelfReviewTextFactory(self_review__participant=participant, answers=answers)
    return suggestion


def said(member, state="REVIEWED", kind="REMARK"):
    occasion = ReviewOccasionFactory(
        participant=ParticipantFactory(member=member),
        meeting=MeetingFactory(kind="REVIEW"),
        body__unit=CampaignUnitFactory(),
    )
    if state != "REVIEWED":
        ReviewOccasion.objects.filter(pk=occasion.pk).update(state=state, meeting=None)
        occasion.refresh_from_db()
    return RemarkFactory(occasion=occasion, kind=kind, text="Còn nể nang")


def test_answered_suggestions_and_published_remarks_are_taken_in_once(place):
    suggestion, remark = (
        suggested(place.member, answer="Do bàn giao"),
        said(place.member),
    )
    plan = place.plan()

    offered = sources.offers_for(plan, place.person)
    assert [each.key for each in offered] == [
        f"s{suggestion.pk}", f"r{remark.pk}", "own", "concluded",
    ]  # fmt: skip
    add(plan, place.person, source="SUGGESTION", suggestion=suggestion)
    add(plan, place.person, source="REMARK", remark=remark)
    left = sources.offers_for(plan, place.person)
    assert [each.key for each in left] == ["own", "concluded"]


def test_what_is_anothers_unanswered_or_unpublished_is_no_source(place):
    other = MemberFactory()
    plan = place.plan()
    for sources_ in (
        {"source": "SUGGESTION", "suggestion": suggested(other, answer="Đã làm")},
        {"source": "SUGGESTION", "suggestion": suggested(place.member, answer="")},
        {"source": "REMARK", "remark": said(other)},
        {"source": "REMARK", "remark": said(place.member, state="WAITING")},
        {"source": "OWN", "remark": said(place.member)},
    ):
        with pytest.raises(RemediationRefused, match="no source"):
            add(plan, place.person, **sources_)


def test_an_item_keeps_its_words_when_the_remark_is_taken_back(place):
    plan, remark = place.plan(), said(place.member)
    item = add(plan, place.person, source="REMARK", remark=remark,
               shortcoming="Còn nể nang")  # fmt: skip
    remark.delete()

    item.refresh_from_db()
    assert (item.source, item.remark, item.shortcoming) == (
        "REMARK", None, "Còn nể nang",
    )  # fmt: skip


def test_an_item_is_taken_out_until_it_is_followed(place):
    plan = place.plan()
    first, second = RemediationItem.objects.get(), add(plan, place.person)
    items.remove_item(item=second, version=1, actor=place.person, now=NOW)
    plan = place.until(plan, Act.GIVE, Act.MINUTE)
    checked(first, place.secretary, Check.BEHIND)
    plan = place.until(plan, Act.SEND, Act.RETURN)

    with pytest.raises(RemediationRefused, match="followed already"):
        items.remove_item(item=first, version=2, actor=place.person, now=NOW)
    assert RemediationItem.objects.get() == first


def test_nothing_is_written_into_a_plan_that_was_given(place):
    plan = place.until(place.plan(), Act.GIVE)

    with pytest.raises(RemediationRefused):
        add(plan, place.person)
    assert RemediationItem.objects.count() == 1
