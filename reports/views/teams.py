"""The decision on a working team as a file."""

from functools import partial

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.models import WorkingTeam
from members.http import AccountRequest
from reports.documents.teams import team_printout
from reports.queries.teams import team_paper
from reports.views.papers import printed_file


@require_safe
def team_print(
    request: AccountRequest, working_team_id: int, extension: str
) -> HttpResponseBase:
    """Give the decision with members and schedule to whoever records the team."""
    teams = WorkingTeam.objects.editable_by(request.actor).select_related(
        "unit__campaign", "unit__live_unit__parent"
    )
    team = get_object_or_404(teams, pk=working_team_id)
    unit = team.unit
    return printed_file(
        request,
        partial(team_printout, team_paper(team, language=get_language())),
        extension=extension,
        name=_("working-team-%d") % team.pk,
        back=reverse("work:teams", args=[unit.campaign_id, unit.live_unit_id]),
    )
