"""The plan of a scenario written as the plan of its campaign.

Source: docs/rules/campaign-plan.md § 2.
"""

from datetime import timedelta

from campaigns.models import (
    Campaign,
    ContentItem,
    ForeseenBody,
    Peak,
    Phase,
    PlanDocument,
    PlanTask,
)
from reviews.scenarios.plans import Plan

DAY = timedelta(days=1)


def write_plan(campaign: Campaign, plan: Plan) -> None:
    """Write a plan into a campaign that has none; call it in a transaction."""
    if PlanDocument.objects.filter(campaign=campaign).exists():
        return
    campaign.study_topic, campaign.focus = plan.study_topic, plan.focus
    campaign.formats = list(plan.formats)
    campaign.save(update_fields=["study_topic", "focus", "formats"])
    _write_contents(campaign, plan)
    PlanTask.objects.bulk_create(
        PlanTask(
            campaign=campaign,
            text=task.text,
            kind=PlanTask.Kind.ONCE if task.due_on else PlanTask.Kind.STANDING,
            due_on=task.due_on,
            body=task.body,
        )
        for task in plan.tasks
    )
    ForeseenBody.objects.bulk_create(
        ForeseenBody(
            campaign=campaign, kind=body.body, name=body.name, headcount=body.headcount
        )
        for body in plan.bodies
    )
    Phase.objects.bulk_create(
        Phase(
            campaign=campaign,
            step=phase.name,
            from_on=phase.from_on,
            until_on=phase.last_day + DAY,
        )
        for phase in plan.phases
    )
    Peak.objects.bulk_create(
        Peak(
            campaign=campaign,
            occasion=peak.name,
            from_on=peak.from_on,
            until_on=peak.last_day + DAY,
            expected=peak.expected,
        )
        for peak in plan.peaks
    )


def _write_contents(campaign: Campaign, plan: Plan) -> None:
    documents = {
        document.key: PlanDocument.objects.create(
            campaign=campaign,
            role=document.role,
            title=document.title,
            number=document.number,
            dated_on=document.dated_on,
            issuer=document.issuer,
        )
        for document in plan.documents
    }
    for position, content in enumerate(plan.contents, start=1):
        item = ContentItem.objects.create(
            campaign=campaign, position=position, text=content.text
        )
        item.documents.set(documents[key] for key in content.documents)
        ContentItem.objects.bulk_create(
            ContentItem(campaign=campaign, parent=item, position=at, text=text)
            for at, text in enumerate(content.below, start=1)
        )
