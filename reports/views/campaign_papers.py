"""The plan of a review and the letter of guidance, for whoever writes the plan."""

from collections.abc import Callable
from functools import partial

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.models import Campaign, CampaignUnit
from campaigns.views.plans import plan_link, run_campaign
from members.http import AccountRequest
from members.policy import Area
from reports.documents.campaign_papers import (
    CampaignPaper,
    guidance_printout,
    plan_printout,
)
from reports.documents.printouts import Printout
from reports.queries.campaign_papers import guidance_paper, plan_paper
from reports.views.papers import printed_file


@require_safe
def plan_print(
    request: AccountRequest, campaign_id: int, extension: str
) -> HttpResponseBase:
    """Give the plan to whoever makes the campaign."""
    campaign = run_campaign(request, campaign_id)
    return _plan(request, campaign, None, extension)


@require_safe
def guidance_print(
    request: AccountRequest, campaign_id: int, extension: str
) -> HttpResponseBase:
    """Give the letter of guidance to whoever makes the campaign."""
    campaign = run_campaign(request, campaign_id)
    return _guidance(request, campaign, None, extension)


@require_safe
def local_plan_print(
    request: AccountRequest, campaign_id: int, unit_id: int, extension: str
) -> HttpResponseBase:
    """Give the local plan to whoever writes it."""
    unit = _writes(request, campaign_id, unit_id)
    return _plan(request, unit.campaign, unit, extension)


@require_safe
def local_guidance_print(
    request: AccountRequest, campaign_id: int, unit_id: int, extension: str
) -> HttpResponseBase:
    """Give the letter of a unit below to whoever writes its local plan."""
    unit = _writes(request, campaign_id, unit_id)
    return _guidance(request, unit.campaign, unit, extension)


def _writes(request: AccountRequest, campaign_id: int, unit_id: int) -> CampaignUnit:
    """Return the unit whose local plan the reader writes."""
    units = CampaignUnit.objects.visible_to(request.actor, Area.CAMPAIGN)
    related = units.select_related("campaign", "live_unit__parent")
    return get_object_or_404(related, campaign=campaign_id, live_unit=unit_id)


def _plan(
    request: AccountRequest,
    campaign: Campaign,
    unit: CampaignUnit | None,
    extension: str,
) -> HttpResponseBase:
    paper = plan_paper(campaign, unit, request.actor, language=get_language())
    name = _("plan-%s") % campaign.code
    return _file(request, paper, unit, plan_printout, extension=extension, name=name)


def _guidance(
    request: AccountRequest,
    campaign: Campaign,
    unit: CampaignUnit | None,
    extension: str,
) -> HttpResponseBase:
    paper = guidance_paper(campaign, unit, request.actor, language=get_language())
    name = _("guidance-%s") % campaign.code
    return _file(
        request, paper, unit, guidance_printout, extension=extension, name=name
    )


def _file(
    request: AccountRequest,
    paper: CampaignPaper,
    unit: CampaignUnit | None,
    printout: Callable[[CampaignPaper], Printout],
    *,
    extension: str,
    name: str,
) -> HttpResponseBase:
    return printed_file(
        request,
        partial(printout, paper),
        extension=extension,
        name=f"{name}-{unit.code}" if unit else name,
        back=plan_link(paper.campaign, unit)[1],
    )
