"""The minutes of a meeting as a file to be printed and signed."""

from functools import partial

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.models import Minutes
from members.http import AccountRequest
from reports.documents.minutes import minutes_printout
from reports.queries.minutes import minutes_paper
from reports.views.papers import printed_file


@require_safe
def meeting_minutes(
    request: AccountRequest,
    campaign_id: int,
    unit_id: int,
    meeting_id: int,
    extension: str,
) -> HttpResponseBase:
    """Give whoever reads the minutes their paper, made while one waits."""
    seen = Minutes.objects.visible_to(request.actor).select_related(
        "meeting__unit__campaign", "meeting__unit__live_unit__parent", "meeting__body"
    )
    minutes = get_object_or_404(
        seen,
        meeting=meeting_id,
        meeting__unit__campaign=campaign_id,
        meeting__unit__live_unit=unit_id,
    )
    paper = minutes_paper(minutes, language=get_language())
    name = _("minutes-%s") % f"{minutes.meeting.on:%Y-%m-%d}"
    back = reverse("meetings:meeting_detail", args=[campaign_id, unit_id, meeting_id])
    return printed_file(
        request,
        partial(minutes_printout, paper),
        extension=extension,
        name=name,
        back=back,
    )
