"""The list of who is not reviewed yet, on paper."""

from functools import partial

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.models import CampaignUnit
from members.http import AccountRequest
from reports.documents.unreviewed import UnreviewedPaper, unreviewed_printout
from reports.queries.unreviewed import cell_paper, committee_paper
from reports.views.papers import printed_file
from reviews.views.files import committee, proposing_cell


@require_safe
def unreviewed_cell_print(
    request: AccountRequest, campaign_id: int, unit_id: int, extension: str
) -> HttpResponseBase:
    """Give the list of one cell to its committee."""
    unit = proposing_cell(request, campaign_id, unit_id)
    paper = cell_paper(unit, request.actor, language=get_language())
    return _file(request, unit, paper, extension, back="reviews:unreviewed_cell")


@require_safe
def unreviewed_print(
    request: AccountRequest, campaign_id: int, unit_id: int, extension: str
) -> HttpResponseBase:
    """Give the list of all below to the committee that decides."""
    unit = committee(request, campaign_id, unit_id)
    paper = committee_paper(unit, request.actor, language=get_language())
    return _file(request, unit, paper, extension, back="reviews:unreviewed_list")


def _file(
    request: AccountRequest,
    unit: CampaignUnit,
    paper: UnreviewedPaper,
    extension: str,
    *,
    back: str,
) -> HttpResponseBase:
    return printed_file(
        request,
        partial(unreviewed_printout, paper),
        extension=extension,
        name=_("not-reviewed-%s") % unit.code,
        back=reverse(back, args=[unit.campaign_id, unit.live_unit_id]),
    )
