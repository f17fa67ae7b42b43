"""The pages of self-reviews in every state; `states` shows them with the others."""

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from campaigns.models import Campaign, CampaignUnit, Participant
from members.models import Account
from members.policy import Role
from reviews.models import ReviewSuggestion, SelfReview, SelfReviewDraft
from tests.e2e import pledge_states
from tests.e2e.conftest import Site
from tests.e2e.pledge_states import of_person, people, secretary, unit
from tests.factories import (
    PostFactory,
    ReviewSuggestionFactory,
    SelfReviewAnswerFactory,
    SelfReviewDraftFactory,
    SelfReviewFactory,
    SelfReviewTextFactory,
)

State = Participant.Review
LONG = "Tham gia đầy đủ các buổi sinh hoạt chi bộ, góp ý ba dự thảo nghị quyết"
POINTS, DEGREES = "self-review-2b-2025.1", "self-review-02b-2023.1"
ANSWERS = {
    "quality": f"{LONG}.\nNói đi đôi với làm.",
    "quality_degree": "GOOD",
    "duties": "Hoàn thành 12/12 nhiệm vụ, trong đó 4 nhiệm vụ vượt thời hạn.",
    "duties_degree": "EXCELLENT",
    "shortcomings": "Còn ngại góp ý với lãnh đạo cơ quan.",
    "causes": "Nể nang.",
    "direction": "Mỗi quý góp ý ít nhất một lần tại sinh hoạt chi bộ.",
    "level_servant": "GOOD",
    "level_member": "GOOD",
}


def in_state(site: Site, state: str, *, on_behalf: bool = False) -> Participant:
    """The first of the cell with a self-review in this state."""
    person = people(site)[0]
    SelfReview.objects.filter(participant=person).delete()
    SelfReviewDraft.objects.filter(participant=person).delete()
    ReviewSuggestion.objects.all().delete()
    Participant.objects.filter(pk=person.pk).update(review_state=state)
    person.refresh_from_db()
    if state == State.NONE:
        return person
    signed = {"signed_on": date(2024, 11, 9)} if on_behalf else {}
    review = SelfReviewFactory(participant=person, form=DEGREES, **signed)
    if state != State.CONFIRMED:
        SelfReviewDraftFactory(
            participant=person,
            form=DEGREES,
            content={"answers": ANSWERS, "items": []},
            is_on_behalf=on_behalf,
            saved_at=timezone.now(),
        )
    if state != State.DRAFT:
        words = {key: text for key, text in ANSWERS.items() if text.count(" ")}
        marks = {key: ANSWERS[key] for key in ("quality_degree", "duties_degree")}
        text = SelfReviewTextFactory(self_review=review, answers=words, marks=marks)
        remark = {"is_confirmation": False, "remark": "Nêu rõ nguyên nhân."}
        if state in (State.RETURNED, State.CONFIRMED):
            said = remark if state == State.RETURNED else {}
            SelfReviewAnswerFactory(text=text, **said)
    return person


def suggested(site: Site, state: str) -> Participant:
    """Somebody who is asked to answer something."""
    person = in_state(site, state)
    ReviewSuggestionFactory(
        participant=person, issuer=CampaignUnit.objects.get(pk=unit(site).parent_id)
    )
    return person


def written(site: Site) -> Participant:
    """Somebody who writes, with the pledge beside, points and a suggestion."""
    pledge_states.in_state(site, Participant.Pledge.CONFIRMED)
    person = suggested(site, State.DRAFT)
    SelfReviewDraft.objects.filter(participant=person).update(form=POINTS)
    return person


def of_cell(site: Site, name: str) -> str:
    return site.address(name, site.campaign.pk, unit(site).live_unit_id)


def above(site: Site, name: str) -> str:
    parent = CampaignUnit.objects.get(pk=unit(site).parent_id)
    return site.address(f"reviews:{name}", site.campaign.pk, parent.live_unit_id)


def on_paper(site: Site) -> Participant:
    Campaign.objects.filter(pk=site.campaign.pk).update(mode="RESULTS_ONLY")
    person = in_state(site, State.SENT)
    SelfReview.objects.filter(participant=person).update(received_on=date(2024, 11, 9))
    return person


def person_page(name: str, state: str, **kind: bool) -> Callable[[Site], str]:
    def address(site: Site) -> str:
        person = in_state(site, state, **kind)
        return site.address(f"reviews:self_review_{name}", person.pk)

    return address


AUTHOR: dict[str, Callable[[Site], str]] = {
    "own self-reviews, none begun": lambda site: (
        in_state(site, State.NONE), site.address("self_review_own")
    )[1],
    "self-review to be begun": person_page("begin", State.NONE),
    "self-review being written": lambda site: site.address(
        "reviews:self_review_write", written(site).pk
    ),
    "self-review to be completed": person_page("write", State.RETURNED),
    "self-review read over": person_page("send", State.DRAFT),
    "self-review that was sent": person_page("detail", State.SENT),
    "own self-review, suggested": lambda site: site.address(
        "reviews:self_review_detail", suggested(site, State.RETURNED).pk
    ),
    "self-review typed on behalf": person_page(
        "acknowledge", State.SENT, on_behalf=True
    ),
}  # fmt: skip
SECRETARY: dict[str, Callable[[Site], str]] = {
    "self-reviews of a cell": lambda site: (
        in_state(site, State.SENT), of_cell(site, "unit_self_reviews")
    )[1],
    "self-review to be answered": person_page("detail", State.SENT),
    "self-review to be confirmed": person_page("confirm", State.SENT),
    "self-review to be returned": person_page("return", State.SENT),
    "self-reviews on paper": lambda site: (
        on_paper(site), of_cell(site, "unit_self_reviews")
    )[1],
}  # fmt: skip
COMMITTEE: dict[str, Callable[[Site], str]] = {
    "suggestions for reviews": lambda site: (
        suggested(site, State.SENT), above(site, "suggestion_list")
    )[1],
    "no suggestions for reviews": lambda site: (
        in_state(site, State.SENT), above(site, "suggestion_list")
    )[1],
    "suggestion to be made": lambda site: (
        in_state(site, State.SENT), above(site, "suggestion_add")
    )[1],
    "answer to be judged": lambda site: (
        suggested(site, State.SENT),
        site.address("reviews:suggestion_judge", ReviewSuggestion.objects.get().pk),
    )[1],
}  # fmt: skip
SELF_REVIEWS = AUTHOR | SECRETARY | COMMITTEE


def viewer(state: str, site: Site) -> Account:
    """Whoever looks at a state."""
    Campaign.objects.filter(pk=site.campaign.pk).update(mode="FULL_TEXT")
    if state in AUTHOR:
        return of_person(people(site)[0])
    if state in SECRETARY:
        return secretary(site)
    parent = CampaignUnit.objects.select_related("live_unit").get(
        pk=unit(site).parent_id
    )
    return PostFactory(unit=parent.live_unit, role=Role.SECRETARY).account
