"""What the two districts have of self-reviews.

In each: somebody of the first cell whose self-review was returned (the member of the
matrix), the next whose was typed on behalf and sent, a third whose is confirmed; the
first has something suggested to be answered. The first cell has sent its
proposals; on its first two people there is a decision, and the second has asked the
committee of the district to look again. The cell beside the committee has sent a file
of one person to the district itself, which has received it.
"""

from datetime import date

from campaigns.models import Campaign, CampaignUnit, Participant
from reviews.models import Decision, LevelRequest, ReviewSuggestion, UnitFile
from tests.access.world_pledges import participant
from tests.factories import (
    DecisionFactory,
    DecisionLineFactory,
    LevelRequestFactory,
    ProposalFactory,
    ReviewSuggestionFactory,
    SelfReviewDraftFactory,
    SelfReviewFactory,
    SelfReviewTextFactory,
    UnitFileFactory,
)
from tests.factories.pledges import SENT_AT

STATES = {
    ".G.1-1": "RETURNED",
    ".G.1-2": "SENT",
    ".G.1-3": "CONFIRMED",
    ".S-1": "CONFIRMED",
}
ANSWERS = {"shortcomings": "Còn ngại góp ý", "level_member": "GOOD"}


def add_self_reviews(code: str, campaign: Campaign) -> None:
    """Give a district what the addresses below name."""
    committee = CampaignUnit.objects.get(campaign=campaign, code=f"{code}.G")
    form = form_of(campaign)
    for suffix, state in STATES.items():
        person = participant(code, suffix)
        Participant.objects.filter(pk=person.pk).update(review_state=state)
        on_behalf = {"signed_on": date(2022, 11, 3)} if state == "SENT" else {}
        review = SelfReviewFactory(participant=person, form=form, **on_behalf)
        SelfReviewTextFactory(self_review=review)
        if state == "RETURNED":
            suggestion = ReviewSuggestionFactory(participant=person, issuer=committee)
            answers = ANSWERS | {f"suggested.{suggestion.pk}": "Do bàn giao chậm"}
            SelfReviewDraftFactory(
                participant=person,
                form=form,
                content={"answers": answers, "items": []},
            )
    _add_files(code, campaign)


def _add_files(code: str, campaign: Campaign) -> None:
    """The first cell has sent its proposals, those of the second are being made."""
    committee = CampaignUnit.objects.get(campaign=campaign, code=f"{code}.G")
    for suffix, columns in (
        (".G.1", {}),
        (".G.2", {"state": "DRAFT", "sent_at": None}),
    ):
        cell = CampaignUnit.objects.get(campaign=campaign, code=f"{code}{suffix}")
        file = UnitFileFactory(unit=cell, goes_to=committee, **columns)
        ProposalFactory(file=file, participant=participant(code, f"{suffix}-1"))
    beside = CampaignUnit.objects.get(campaign=campaign, code=f"{code}.S")
    file = UnitFileFactory(
        unit=beside, goes_to=committee.parent, state="RECEIVED", answered_at=SENT_AT
    )
    ProposalFactory(file=file, participant=participant(code, ".S-1"))
    decision = DecisionFactory(unit=committee)
    DecisionLineFactory(decision=decision, participant=participant(code, ".G.1-1"))
    second = participant(code, ".G.1-2")
    DecisionLineFactory(decision=decision, participant=second)
    LevelRequestFactory(decision=decision, participant=second, goes_to=committee.parent)


def unit_file(code: str, suffix: str) -> UnitFile:
    return UnitFile.objects.get(unit__code=f"{code}{suffix}")


def decision_of(code: str, suffix: str) -> Decision:
    """Of a committee, or on a person of one of its cells."""
    of = suffix.rsplit(".", 1)[0] if "-" in suffix else suffix
    return Decision.objects.get(unit__code=f"{code}{of}")


def level_request(code: str, suffix: str) -> LevelRequest:
    return LevelRequest.objects.get(participant=participant(code, suffix))


def form_of(campaign: Campaign) -> str:
    """The form without leading that the campaign's rules name first."""
    return {"qd132-2018": "self-review-02-2019.1"}.get(
        campaign.rule_set_code, "self-review-02a-2023.1"
    )


def suggestion(code: str, suffix: str) -> ReviewSuggestion:
    return ReviewSuggestion.objects.get(participant=participant(code, suffix))
