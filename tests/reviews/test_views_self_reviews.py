"""The pages of self-reviews: without a script, with points, read one after the other."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns import rulesets
from campaigns.models import Participant
from members.models import Event
from members.policy import Role
from reports.documents.written import written_printout
from reports.queries.written import sheets_of
from reviews.models import (
    ReviewSuggestion,
    SelfReview,
    SelfReviewDraft,
    SelfReviewText,
)
from reviews.queries.self_reviews import latest_texts
from tests.factories import (
    AccountFactory,
    CampaignFactory,
    CampaignUnitFactory,
    GrassrootsFactory,
    PlacementFactory,
    PledgeFactory,
    PledgeItemFactory,
    PledgeTextFactory,
    PostFactory,
    SelfReviewDraftFactory,
    SelfReviewFactory,
    SelfReviewTextFactory,
)
from tests.reports.printouts import says_the_same

pytestmark = pytest.mark.django_db
State = Participant.Review
FORM = "self-review-2a-2025.1"
WHOLE = {
    "answer-shortcomings": "Còn ngại góp ý",
    "answer-level_member": "GOOD",
    "answer-points.COMMON": "27",
    "answer-points.RESULTS": "60,5",
}


@pytest.fixture
def cell():
    campaign = CampaignFactory(
        state="OPEN",
        opened_at=timezone.now(),
        rule_set_code="qd366-2025",
        rule_set_resolved=rulesets.resolve("qd366-2025"),
        mode="FULL_TEXT",
    )
    root = CampaignUnitFactory(campaign=campaign)
    live = GrassrootsFactory(parent=root.live_unit)
    committee = CampaignUnitFactory(campaign=campaign, parent=root, live_unit=live)
    return CampaignUnitFactory(campaign=campaign, parent=committee)


@pytest.fixture
def person(cell) -> Participant:
    made = PlacementFactory(unit=cell, participant__review_state=State.DRAFT)
    SelfReviewFactory(participant=made.participant, form=FORM)
    return made.participant


@pytest.fixture
def draft(person) -> SelfReviewDraft:
    return SelfReviewDraftFactory(participant=person, form=FORM)


def client_of(account) -> Client:
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def author(person) -> Client:
    return client_of(AccountFactory(member=person.member))


@pytest.fixture
def secretary(cell) -> Client:
    return client_of(PostFactory(unit=cell.live_unit, role=Role.SECRETARY).account)


@pytest.fixture
def committee(cell) -> Client:
    unit = cell.parent.live_unit
    return client_of(PostFactory(unit=unit, role=Role.SECRETARY).account)


def address(name, person):
    return reverse(f"reviews:self_review_{name}", args=[person.pk])


def stored() -> dict:
    return SelfReviewDraft.objects.get().content["answers"]


def test_a_member_writes_gives_points_and_sends_without_a_script(person, draft, author):
    written = author.post(
        address("write", person), {"version": 1, **WHOLE, "do": "review"}
    )

    assert written["Location"].startswith(address("send", person))
    assert stored()["points.RESULTS"] == "60,5"
    read = author.get(address("send", person))
    assert "87,5" in read.content.decode()
    key = read.context["key"]
    sent = author.post(address("send", person), {"version": 2, "once": key})
    assert sent["Location"] == address("detail", person)
    text = SelfReviewText.objects.get()
    assert (text.own_level, text.marks["points.COMMON"]) == ("GOOD", "27")


def test_what_is_missing_is_told_at_its_place(person, draft, author):
    author.post(
        address("write", person),
        {"version": 1, "answer-points.COMMON": "31", "do": "save"},
    )

    page = author.get(address("send", person))

    assert page.status_code == 422
    assert stored() == {"points.COMMON": "31"}  # it was kept all the same
    text = page.content.decode()
    assert 'id="error-answer-points.COMMON"' in text
    assert "Tổng điểm vượt điểm tối đa." not in text
    assert 'id="error-answer-level_member"' in text


def test_what_stands_beside_is_taken_over_below_what_is_written(person, draft, author):
    text = PledgeTextFactory(pledge=PledgeFactory(participant=person))
    PledgeItemFactory(sent=text, text="Góp ý dự thảo", goal="2 lần")

    page = author.get(address("write", person))
    assert "Góp ý dự thảo (2 lần)" in page.content.decode()
    taken = author.post(
        address("write", person),
        {"version": 1, "answer-pledge": "Đã làm:", "do": "take:pledge"},
    )

    assert taken["Location"].endswith("#answer-pledge")
    first, second = stored()["pledge"].split("\n")
    assert first == "Đã làm:"
    assert second.startswith("Góp ý dự thảo (2 lần): ")


def test_of_two_devices_the_second_sees_both(person, draft, author):
    write = address("write", person)
    author.post(write, {"version": 1, "answer-causes": "máy thứ nhất", "do": "save"})

    both = author.post(
        write, {"version": 1, "answer-causes": "máy thứ hai", "do": "save"}
    )

    assert both.status_code == 409
    [(_title, now, mine)] = both.context["both"]
    assert (now, mine) == ("máy thứ nhất", "máy thứ hai")
    assert stored() == {"causes": "máy thứ nhất"}


def test_the_secretary_reads_one_after_the_other_and_each_opening_is_shown(
    cell, person, author, secretary
):
    others = [
        PlacementFactory(unit=cell, participant__review_state=State.SENT).participant
        for _ in range(2)
    ]
    for each in others:
        SelfReviewTextFactory(self_review__participant=each)
    SelfReviewTextFactory(self_review=SelfReview.objects.get(participant=person))
    Participant.objects.update(review_state=State.SENT)
    roll = secretary.get(
        reverse("unit_self_reviews", args=[cell.campaign_id, cell.live_unit_id])
    )
    seen = [roll.context["first_sent"]]

    for _ in range(2):
        page = secretary.get(address("detail", seen[-1]))
        seen.append(page.context["following"])

    assert {each.pk for each in seen} == {person.pk, *(each.pk for each in others)}
    secretary.get(address("detail", person))
    openings = author.get(address("detail", person)).context["openings"]
    assert openings
    assert Event.objects.filter(action="self_reviews.opened").count() >= 3


def test_a_fellow_member_reads_no_self_review(cell, person):
    Participant.objects.update(review_state=State.CONFIRMED)
    fellow = PlacementFactory(unit=cell).participant
    client = client_of(AccountFactory(member=fellow.member))

    assert client.get(address("detail", person)).status_code == 404


def test_a_committee_suggests_and_the_person_has_to_answer(
    cell, person, draft, author, committee
):
    unit = (cell.campaign_id, cell.parent.live_unit_id)
    add = reverse("reviews:suggestion_add", args=unit)
    form = committee.get(add)
    committee.post(
        add,
        {
            "person": person.pk, "document": "CV 12-CV/ĐU", "on": "01/11/2024",
            "text": "Làm rõ việc chậm báo cáo", "once": form.context["key"],
        },
    )  # fmt: skip
    suggestion = ReviewSuggestion.objects.get()

    page = author.get(address("write", person))
    assert "Làm rõ việc chậm báo cáo" in page.content.decode()
    author.post(address("write", person), {"version": 1, **WHOLE, "do": "save"})
    assert author.get(address("send", person)).status_code == 422
    name = f"answer-suggested.{suggestion.pk}"
    answered = {"version": 2, **WHOLE, name: "Do bàn giao chậm", "do": "save"}
    author.post(address("write", person), answered)
    assert author.get(address("send", person)).status_code == 200
    listed = committee.get(reverse("reviews:suggestion_list", args=unit))
    assert "Làm rõ việc chậm báo cáo" in listed.content.decode()


def test_nobody_below_a_committee_suggests(cell, person, secretary, author):
    unit = (cell.campaign_id, cell.live_unit_id)

    for client in (secretary, author):
        page = client.get(reverse("reviews:suggestion_add", args=unit))
        assert page.status_code == 404


def test_it_is_printed_and_taken_for_word(cell, person, secretary):
    review = SelfReview.objects.get(participant=person)
    SelfReviewTextFactory(self_review=review, marks={"points.COMMON": "27"})
    Participant.objects.update(review_state=State.CONFIRMED)
    unit = (cell.campaign_id, cell.live_unit_id)

    for name, args in (
        ("self_review_print", [person.pk]),
        ("unit_self_reviews_print", unit),
    ):
        for extension, start in (("pdf", b"%PDF-"), ("docx", b"PK\x03\x04")):
            answer = secretary.get(reverse(name, args=[*args, extension]))
            assert b"".join(answer.streaming_content).startswith(start)
    sheets = sheets_of([person], latest_texts([review]), cell)
    assert says_the_same(written_printout(sheets, title="", language="vi"))
