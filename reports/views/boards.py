"""Boards: how far the year is, unit by unit."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.models import Campaign, CampaignUnit
from campaigns.queries.progress import checked_month
from members.http import AccountRequest, back_to_first, way_back
from members.policy import Area
from reports.queries import boards


@require_safe
def progress_list(request: AccountRequest) -> HttpResponse:
    if not request.actor.reaches(Area.PROGRESS):
        raise Http404
    found = boards.boards_for(request.actor)
    if len(found) == 1:
        return redirect(found[0][1])
    context = {"crumbs": back_to_first(), "boards": found}
    return render(request, "reports/progress_list.html", context)


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
    today = timezone.localdate()
    asked = request.GET.get("sort", "")
    sort = asked if asked in boards.SORTS else "name"
    own, rows = boards.board_of(unit, request.actor, sort=sort, today=today)
    context = {
        "crumbs": _crumbs(request, unit),
        "campaign": unit.campaign,
        "own": own,
        "rows": rows if shows_below else [],
        "columns": [each for each in _columns(unit, today) if each[0] in own.parts],
        "shows_reviews": "review" in own.parts,
        "sort": sort,
        "missing": boards.missing_in(unit, request.actor, today=today),
        "unit_id": unit_id,
        "may_remind": bool(rows)
        and request.actor.reaches_below(Area.CAMPAIGN, unit.custodian.path)
        and any(each.done < each.base for each in own.shares.values()),
        "keeps_papers": unit.campaign.mode == Campaign.Mode.RESULTS_ONLY
        and bool(rows)
        and request.actor.reaches_below(Area.CAMPAIGN, unit.custodian.path),
        "trend": boards.trend_of(unit, request.actor),
    }
    return render(request, "reports/unit_progress.html", context)


def _columns(unit: CampaignUnit, today: date) -> list[tuple[str, str, str]]:
    """Return the key, the head and the base in words of each column of the board."""
    month = checked_month(unit.campaign.year, today)
    check = _("Checks of %s") % f"{month:%m/%Y}" if month else _("Checks")
    return [
        ("study", _("Study"), _("people who are called to study")),
        ("programme", _("Programmes"), _("units")),
        ("confirmed", _("Pledges"), _("people who owe one")),
        (
            "check",
            check,
            _("units in which a pledge was confirmed by the end of that month"),
        ),
        ("review", _("Self-reviews"), _("people who owe one")),
    ]


def _crumbs(request: AccountRequest, unit: CampaignUnit) -> list[tuple[str, str]]:
    is_passed_over = len(boards.boards_for(request.actor)) == 1
    url = reverse("reports:progress_list")
    start = way_back(_("Progress"), url, is_passed_over=is_passed_over)
    return [start, *boards.above(unit, request.actor)]
