"""Boards: how far the year is, unit by unit."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.models import CampaignUnit
from members.http import AccountRequest, way_back
from members.policy import Area
from reports.queries import boards


@require_safe
def progress_list(request: AccountRequest) -> HttpResponse:
    if not request.actor.reaches(Area.PROGRESS):
        raise Http404
    found = boards.boards_for(request.actor)
    if len(found) == 1:
        return redirect(found[0][1])
    return render(request, "reports/progress_list.html", {"boards": found})


@require_safe
def unit_progress(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    units = CampaignUnit.objects.visible_to(request.actor, Area.PROGRESS)
    unit = get_object_or_404(
        units.select_related("campaign", "custodian"),
        campaign=campaign_id,
        live_unit=unit_id,
    )
    shows_below = request.actor.reaches_below(Area.PROGRESS, unit.custodian.path)
    asked = request.GET.get("sort", "")
    sort = asked if asked in boards.SORTS else "name"
    own, rows = boards.board_of(unit, request.actor, sort=sort)
    context = {
        "crumbs": _crumbs(request, unit),
        "campaign": unit.campaign,
        "own": own,
        "rows": rows if shows_below else [],
        "sorts": [
            ("name", _("in their order")),
            ("owed", _("by size")),
            ("confirmed", _("by share confirmed")),
        ],
        "sort": sort,
        "missing": boards.missing_in(unit, request.actor),
        "unit_id": unit_id,
        "may_remind": request.actor.reaches_below(Area.CAMPAIGN, unit.custodian.path)
        and own.pledges.confirmed < own.pledges.owed,
        "trend": boards.trend_of(unit, request.actor),
    }
    return render(request, "reports/unit_progress.html", context)


def _crumbs(request: AccountRequest, unit: CampaignUnit) -> list[tuple[str, str]]:
    is_passed_over = len(boards.boards_for(request.actor)) == 1
    url = reverse("reports:progress_list")
    start = way_back(_("Progress"), url, is_passed_over=is_passed_over)
    return [start, *boards.above(unit, request.actor)]
