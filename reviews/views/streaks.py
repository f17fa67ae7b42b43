"""Who has had one level for years running, before the committee that decides."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from campaigns.views.written.pages import to_figures
from members.http import AccountRequest
from members.models import PartyUnit
from members.policy import Area
from reviews.queries import streaks
from reviews.views.files import committee, to_files


@require_safe
def streak_list(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Show those on whom the committee decided, and what was recorded of them since."""
    unit = committee(request, campaign_id, unit_id)
    kept = PartyUnit.objects.visible_to(request.actor, Area.RECORDS_EDIT)
    asks = unit.campaign.rules.procedure.streaks
    context = {
        "crumbs": [to_figures(unit), to_files(unit)],
        "unit": unit,
        "asks": asks,
        "people": streaks.people_running(unit, request.actor),
        "organisations": streaks.organisations_running(unit),
        "may_record": kept.filter(pk=unit.live_unit_id).exists(),
    }
    return render(request, "reviews/decisions/streak_list.html", context)
