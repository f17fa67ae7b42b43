"""Notices of results on paper: one, or all of a cell."""

from functools import partial

from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.http import AccountRequest
from reports.documents.notices import notices_printout
from reports.queries.notices import notice_papers
from reports.views.papers import printed_file
from reviews.queries.notices import notices_in
from reviews.views.notices import notified_cell, seen_notice


@require_safe
def notice_print(
    request: AccountRequest, participant_id: int, level_decision_id: int, extension: str
) -> HttpResponseBase:
    """Give the notice of one decision to one person."""
    notice = seen_notice(request, participant_id, level_decision_id)
    papers = notice_papers([notice], language=get_language())
    back = reverse("reviews:notice_detail", args=[participant_id, level_decision_id])
    return printed_file(
        request,
        partial(notices_printout, papers, language=get_language()),
        extension=extension,
        name=_("notice-%d") % participant_id,
        back=back,
    )


@require_safe
def unit_notices_print(
    request: AccountRequest, campaign_id: int, unit_id: int, extension: str
) -> HttpResponseBase:
    """Give all notices of a cell, in the order of the roll."""
    unit = notified_cell(request, campaign_id, unit_id)
    notices = notices_in(unit, request.actor)
    if not notices:
        raise Http404
    papers = notice_papers(notices, language=get_language())
    return printed_file(
        request,
        partial(notices_printout, papers, language=get_language()),
        extension=extension,
        name=_("notices-%s") % unit.code,
        back=reverse("reviews:notice_list", args=[campaign_id, unit_id]),
    )
