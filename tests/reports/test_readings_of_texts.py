"""Texts read for a stated reason: as long as the reading is open, and below the post."""

import pytest
from django.utils import timezone

from campaigns.models import Campaign, Participant, Placement
from members.models import Event, Membership, ReasonedReading
from members.policy import Role
from tests.factories import (
    CampaignUnitFactory,
    ParticipantFactory,
    PlacementFactory,
    PledgeDraftFactory,
    PledgeFactory,
    PledgeItemFactory,
    PledgeTextFactory,
    PostFactory,
    RemarkFactory,
    RemediationItemFactory,
    RemediationPlanFactory,
    ReviewOccasionFactory,
    ReviewSuggestionFactory,
    SelfReviewAnswerFactory,
    SelfReviewFactory,
    SelfReviewTextFactory,
    UnitFactory,
)
from tests.reports.reading_worlds import (
    ADD,
    act,
    as_,
    ask,
    commission,
    detail,
    district,
    own,
    person,
    province,
    secretary,
    shown_to,
)

__all__ = ["commission", "district", "own", "person", "province", "secretary"]
pytestmark = pytest.mark.django_db
QUERIES_OF_A_READING = 31
WORDS = ("Học thêm một nghề", "Còn ngại góp ý", "Còn nể nang", "Tôi xin nói rõ")


def write(participant, *, words=WORDS):
    """A pledge, a self-review, a remark with a reply; a draft that nobody reads."""
    promised, written, said, replied = words
    Campaign.objects.filter(pk=participant.campaign_id).update(mode="FULL_TEXT")
    pledge = PledgeFactory(participant=participant)
    PledgeItemFactory(sent=PledgeTextFactory(pledge=pledge), text=promised)
    PledgeDraftFactory(
        participant=participant,
        content={"answers": {"preamble": "Chưa gửi cho ai"}, "items": []},
    )
    form = "self-review-02a-2023.1"
    review = SelfReviewFactory(participant=participant, form=form)
    SelfReviewAnswerFactory(
        text=SelfReviewTextFactory(
            self_review=review, form=form, answers={"shortcomings": written}
        )
    )
    ReviewSuggestionFactory(participant=participant)
    unit = Placement.objects.get(participant=participant).unit
    occasion = ReviewOccasionFactory(participant=participant, meeting__unit=unit)
    RemarkFactory(occasion=occasion, text=said)
    RemarkFactory(
        occasion=occasion, kind="REPLY", position=1, at=timezone.now(), text=replied
    )


@pytest.fixture
def participant(person):
    return Participant.objects.get(member=person)


def in_page(response) -> set[str]:
    page = response.content.decode()
    return {words for words in (*WORDS, PLANNED, "Chưa gửi cho ai") if words in page}


PLANNED = "Chưa đọc hết tài liệu"


def test_a_committee_reads_all_texts_that_were_sent(secretary, own, participant):
    write(participant)
    plan = RemediationPlanFactory(member=participant.member, unit=None, state="GIVEN")
    RemediationItemFactory(plan=plan, shortcoming=PLANNED)

    shown = ask(secretary, follow=True)

    assert in_page(shown) == {*WORDS, PLANNED}
    main = shown.content.decode().partition("<main")[2].partition("</main>")[0]
    assert "<form" not in main
    assert len(shown_to(own)) == 1
    # The reading is what is recorded: the person sees it where readings stand.
    assert not Event.objects.filter(action__endswith="pledges.opened").exists()


def test_an_inspection_reads_them_from_the_approval_until_the_case_closes(
    commission, own, participant
):
    write(participant)
    first, second = commission
    ask(first, case_number="12-KT")
    reading = ReasonedReading.objects.get()
    page = detail(reading)
    assert in_page(as_(first.account).get(page, follow=True)) == set()

    as_(second.account).post(act("approve", reading))
    assert in_page(as_(first.account).get(page)) == set(WORDS)
    assert as_(second.account).get(page).status_code == 404
    assert shown_to(own) == []

    as_(first.account).post(act("close", reading))
    assert in_page(as_(first.account).get(page, follow=True)) == set()
    assert len(shown_to(own)) == 1


def test_a_remark_that_is_not_published_and_a_plan_that_is_not_given_stay_away(
    secretary, participant
):
    unit = Placement.objects.get(participant=participant).unit
    waiting = ReviewOccasionFactory(
        participant=participant, meeting=None, state="WAITING", body__unit=unit
    )
    RemarkFactory(occasion=waiting, text=WORDS[2])
    plan = RemediationPlanFactory(member=participant.member, unit=None, state="DRAFT")
    RemediationItemFactory(plan=plan, shortcoming=PLANNED)

    shown = ask(secretary, follow=True)

    assert in_page(shown) == set()
    assert (shown.context["texts"], shown.context["plans"]) == ([], [])


def test_what_was_written_elsewhere_is_not_read(secretary, participant):
    """Only campaigns in which the person stands below the post, and no later plan."""
    cell = UnitFactory()
    unit = CampaignUnitFactory(live_unit=cell, custodian=cell)
    elsewhere = ParticipantFactory(campaign=unit.campaign, member=participant.member)
    PlacementFactory(unit=unit, participant=elsewhere)
    write(elsewhere)
    Membership.objects.filter(member=participant.member).update(unit=cell)
    plan = RemediationPlanFactory(member=participant.member, unit=None, state="GIVEN")
    RemediationItemFactory(plan=plan, shortcoming=PLANNED)

    assert in_page(ask(secretary, follow=True)) == set()


def test_the_organisation_department_asks_for_nothing_by_a_reason(district):
    held = PostFactory(unit=district, role=Role.ORGANISATION_DEPARTMENT)

    assert as_(held.account).get(ADD).status_code == 404


@pytest.mark.parametrize("campaigns", [1, 3])
def test_a_reading_takes_the_same_queries_for_any_number_of_campaigns(
    secretary, participant, django_assert_num_queries, campaigns
):
    place = Placement.objects.get(participant=participant).unit
    write(participant)
    for _ in range(campaigns - 1):
        unit = CampaignUnitFactory(live_unit=place.live_unit, custodian=place.custodian)
        other = ParticipantFactory(campaign=unit.campaign, member=participant.member)
        PlacementFactory(unit=unit, participant=other)
        write(other)
    ask(secretary)
    client, page = as_(secretary.account), detail(ReasonedReading.objects.get())
    client.get(page)

    with django_assert_num_queries(QUERIES_OF_A_READING):
        client.get(page)
