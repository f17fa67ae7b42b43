"""What the plan of a review and its letter of guidance are made of."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from campaigns.models import Campaign, CampaignUnit, Phase, PlanDocument
from campaigns.queries.plans import Plan, plan_of
from members.policy import Actor
from members.vocabulary import vocabulary
from reports.documents.campaign_papers import CampaignPaper
from reports.documents.head import DocumentHead
from reports.documents.terms import Terms, reading_in
from reports.queries.heads import headed, letterhead_at, letterhead_of

WHOLE_DAY = len("2026-01-31")


def plan_paper(
    campaign: Campaign, unit: CampaignUnit | None, actor: Actor, *, language: str
) -> CampaignPaper:
    """Return the plan of a campaign, or the local one of a unit, that the actor writes.

    Number and day are those of the committee's own plan, where its document is entered.
    The queries of the plan, and those of the letterhead.
    """
    plan = _plan(campaign, unit, actor)
    own = next(_own_plans(plan), None)
    reference = own.number if own else ""
    dated = own.dated_on if own and len(own.dated_on) == WHOLE_DAY else ""
    head = _head(campaign, unit, kind="KH", language=language)
    return _paper(
        campaign,
        plan,
        replace(
            head,
            reference=reference,
            issued_on=date.fromisoformat(dated) if dated else None,
        ),
    )


def guidance_paper(
    campaign: Campaign, unit: CampaignUnit | None, actor: Actor, *, language: str
) -> CampaignPaper:
    """Return what the letter of guidance is made of; as many queries."""
    plan = _plan(campaign, unit, actor)
    return _paper(campaign, plan, _head(campaign, unit, kind="CV", language=language))


def _paper(campaign: Campaign, plan: Plan, head: DocumentHead) -> CampaignPaper:
    terms = Terms(campaign.rules, vocabulary(), head.language)
    return CampaignPaper(head=head, campaign=campaign, plan=plan, terms=terms)


def _own_plans(plan: Plan) -> Iterator[PlanDocument]:
    return (
        line.document
        for line in plan.documents
        if line.document.role == PlanDocument.Role.PLAN
    )


def _plan(campaign: Campaign, unit: CampaignUnit | None, actor: Actor) -> Plan:
    """Return a plan; a local one has the content, and the steps it leaves to, of the whole."""
    plan = plan_of(campaign, unit, actor)
    if unit is None:
        return plan
    whole = plan_of(campaign, None, actor)
    own = {phase.step for phase in plan.phases}
    left = [phase for phase in whole.phases if phase.step not in own]
    return replace(
        plan,
        contents=whole.contents,
        phases=sorted([*plan.phases, *left], key=_by_day),
    )


def _by_day(phase: Phase) -> tuple[date, date]:
    return phase.from_on, phase.until_on


def _head(
    campaign: Campaign, unit: CampaignUnit | None, *, kind: str, language: str
) -> DocumentHead:
    letterhead = letterhead_of(unit) if unit else letterhead_at(campaign.root_unit)
    recipients = tuple(
        filter(None, (letterhead.superior, "Các tổ chức đảng trực thuộc"))
    )
    with reading_in(language):
        return headed(
            letterhead, campaign, language=language, kind=kind, recipients=recipients
        )
