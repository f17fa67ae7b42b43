"""Papers of those who keep the papers of a cell alone: the unit right above records them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.models import Campaign, CampaignUnit
from campaigns.queries.written.keepers import sole_keepers
from campaigns.views.written.pages import to_figures
from members.http import AccountRequest
from members.policy import Area


@require_safe
def keeper_papers(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Show them, cell by cell, with how far their papers are."""
    units = CampaignUnit.objects.visible_to(request.actor, Area.CAMPAIGN)
    unit = get_object_or_404(
        units.select_related("campaign"), campaign=campaign_id, live_unit=unit_id
    )
    context = {
        "crumbs": [to_figures(unit)],
        "unit": unit,
        "is_on_paper": unit.campaign.mode == Campaign.Mode.RESULTS_ONLY,
        "keepers": sole_keepers(unit, request.actor),
        "title": _("Papers of those who keep them alone"),
    }
    return render(request, "reviews/keeper_papers.html", context)
