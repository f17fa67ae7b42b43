"""What the two districts have of collective reports.

In each: the report of the first cell was returned and is being completed, that of the
second waits for the committee, which has suggested something to both.
"""

from campaigns.models import Campaign, CampaignBody, CampaignUnit
from reviews.models import CollectiveSuggestion
from tests.factories import (
    CollectiveReportAnswerFactory,
    CollectiveReportDraftFactory,
    CollectiveReportFactory,
    CollectiveReportTextFactory,
    CollectiveSuggestionFactory,
)

STATES = {".G.1": "RETURNED", ".G.2": "SENT"}
FORM = "collective-01-2019.1"
ANSWERS = {"shortcomings": "Họp muộn", "level_collective": "GOOD"}


def add_collective_reports(code: str, campaign: Campaign) -> None:
    """Give a district what the addresses below name."""
    committee = CampaignUnit.objects.get(campaign=campaign, code=f"{code}.G")
    for suffix, state in STATES.items():
        body = body_of(code, suffix)
        CampaignBody.objects.filter(pk=body.pk).update(report_state=state)
        report = CollectiveReportFactory(body=body, form=FORM)
        text = CollectiveReportTextFactory(collective_report=report)
        made = CollectiveSuggestionFactory(body=body, issuer=committee)
        answers = {f"suggested.{made.pk}": "Do thay cấp ủy"}
        if state == "RETURNED":
            CollectiveReportAnswerFactory(
                text=text, is_confirmation=False, remark="Nêu rõ trách nhiệm"
            )
            content = {"answers": ANSWERS | answers, "items": []}
            CollectiveReportDraftFactory(body=body, form=FORM, content=content)


def body_of(code: str, suffix: str) -> CampaignBody:
    return CampaignBody.objects.organisations().get(unit__code=f"{code}{suffix}")


def suggestion_to(code: str, suffix: str) -> CollectiveSuggestion:
    return CollectiveSuggestion.objects.get(body=body_of(code, suffix))
