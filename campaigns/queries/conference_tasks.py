"""Key tasks that the summary conference of the year before set for a campaign's year.

Source: docs/rules/campaign-plan.md § 3.
"""

from campaigns.models import Campaign, ConferenceTask, PlanTask
from campaigns.queries.records import tasks_to_copy
from members.policy import Actor


def tasks_offered(campaign: Campaign, actor: Actor) -> list[ConferenceTask]:
    """Return the key tasks that the campaign's own plan does not have yet.

    What is in the plan is told by its words: a conference that is corrected writes its
    lines anew. Three queries; the caller runs the campaign.
    """
    seen = set(ConferenceTask.objects.visible_to(actor).values_list("pk", flat=True))
    known = set(PlanTask.objects.of_plan(campaign).values_list("text", flat=True))
    offered = tasks_to_copy(campaign.root_unit, campaign.year)
    return [each for each in offered if each.pk in seen and each.text not in known]
