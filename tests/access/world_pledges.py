"""What the two districts have of pledges.

In each: somebody of the first cell whose pledge was returned (the member of the
matrix), the next whose pledge was typed on behalf and sent, a third whose pledge is
confirmed; so is that of somebody of the cell beside the committee. Of the criteria those of the first cell are being written, those of the second
wait for approval, those of the cell beside the committee are published.
"""

from datetime import date

from campaigns.models import Campaign, CampaignUnit, Criterion, Participant, PledgeItem
from tests.factories import (
    CriteriaSetFactory,
    CriterionFactory,
    PledgeDraftFactory,
    PledgeFactory,
    PledgeItemFactory,
    PledgeTextFactory,
)

STATES = {
    ".G.1-1": "RETURNED",
    ".G.1-2": "SENT",
    ".G.1-3": "CONFIRMED",
    ".S-1": "CONFIRMED",
}
CRITERIA = {".G.1": "DRAFT", ".G.2": "SENT", ".S": "PUBLISHED"}


def add_pledges(code: str, campaign: Campaign) -> None:
    """Give a district what the addresses below name."""
    Campaign.objects.filter(pk=campaign.pk).update(mode="FULL_TEXT")
    for suffix, state in STATES.items():
        person = participant(code, suffix)
        Participant.objects.filter(pk=person.pk).update(pledge_state=state)
        on_behalf = {"signed_on": date(2022, 1, 3)} if state == "SENT" else {}
        pledge = PledgeFactory(participant=person, **on_behalf)
        item = PledgeItemFactory(sent=PledgeTextFactory(pledge=pledge))
        if state == "RETURNED":
            content = {
                "answers": {},
                "items": [
                    {
                        "section": item.section,
                        "measure": "TEXT",
                        "source": "",
                        "text": item.text,
                        "goal": item.goal,
                        "unit_of_measure": "",
                        "due_on": "",
                        "evidence": "",
                    }
                ],
            }
            PledgeDraftFactory(participant=person, content=content)
    for suffix, state in CRITERIA.items():
        unit = CampaignUnit.objects.get(campaign=campaign, code=f"{code}{suffix}")
        is_published = state == "PUBLISHED"
        criteria = CriteriaSetFactory(
            unit=unit,
            state=state,
            document="QĐ 1" if is_published else "",
            published_at="2022-01-02T03:00Z" if is_published else None,
        )
        CriterionFactory(criteria=criteria)


def participant(code: str, suffix: str) -> Participant:
    return Participant.objects.get(
        campaign__code=f"{code}-2022", member__code=f"{code}{suffix}"
    )


def item(code: str, suffix: str) -> PledgeItem:
    return PledgeItem.objects.get(sent__pledge__participant=participant(code, suffix))


def criterion(code: str, suffix: str) -> Criterion:
    return Criterion.objects.get(
        criteria__unit__campaign__code=f"{code}-2022",
        criteria__unit__code=f"{code}{suffix}",
    )
