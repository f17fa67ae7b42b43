"""Pledges on paper, to be signed."""

from collections.abc import Sequence

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.models import PLEDGES, Campaign, CampaignUnit, Pledge
from campaigns.queries import pledges as queries
from campaigns.services.pledges.drafts import setup_of
from campaigns.services.written import states
from campaigns.views.written.pages import cell
from members.http import AccountRequest
from reports.queries.cell_papers import confirmed_pledges
from reports.queries.written import sheets_of
from reports.views.written import written_file


@require_safe
def pledge_print(
    request: AccountRequest, participant_id: int, extension: str
) -> HttpResponseBase:
    """Give one pledge, to its author or the cell committee."""
    seen = Pledge.objects.visible_to(request.actor).select_related("participant")
    pledge = get_object_or_404(seen, participant=participant_id)
    unit = states.unit_read_at(pledge.participant)
    back = reverse("pledges:pledge_detail", args=[participant_id])
    return _file(
        request, [pledge], unit, extension, name=f"cam-ket-{participant_id}", back=back
    )


@require_safe
def unit_pledges_print(
    request: AccountRequest, campaign_id: int, unit_id: int, extension: str
) -> HttpResponseBase:
    """Give all confirmed pledges of a cell, in the order of the roll."""
    unit = cell(request, campaign_id, unit_id)
    pledges = confirmed_pledges(unit, request.actor)
    back = reverse("pledges:unit_pledges", args=[campaign_id, unit_id])
    return _file(
        request, pledges, unit, extension, name=f"cam-ket-{unit.code}", back=back
    )


def _file(
    request: AccountRequest,
    pledges: Sequence[Pledge],
    unit: CampaignUnit,
    extension: str,
    *,
    name: str,
    back: str,
) -> HttpResponseBase:
    if unit.campaign.mode == Campaign.Mode.RESULTS_ONLY:
        raise Http404  # the texts stay on the papers that were signed
    people = [pledge.participant for pledge in pledges]
    texts = queries.confirmed_texts(pledges)
    preamble = setup_of(unit.campaign).preamble
    return written_file(
        request,
        PLEDGES,
        sheets_of(people, texts, unit, preamble=preamble),
        people,
        unit=unit,
        title=_("Pledge"),
        extension=extension,
        name=name,
        back=back,
    )
