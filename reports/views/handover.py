"""The slip with which the file of a cell is handed up, or back."""

from functools import partial

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.http import AccountRequest
from reports.documents.handover import handover_printout
from reports.queries.handover import handover_paper
from reports.views.papers import printed_file
from reviews.queries import files


@require_safe
def handover_print(
    request: AccountRequest, file_id: int, extension: str
) -> HttpResponseBase:
    """Give the slip to the cell that sent the file, and to who takes it."""
    handed = files.files_handed(request.actor).select_related(
        "unit__campaign", "unit__live_unit__parent", "goes_to__live_unit__parent"
    )
    file = get_object_or_404(handed, pk=file_id)
    unit = file.unit
    return printed_file(
        request,
        partial(handover_printout, handover_paper(file, language=get_language())),
        extension=extension,
        name=_("handover-%s") % f"{unit.code}-{file.number}",
        back=reverse(
            "reviews:proposal_list", args=[unit.campaign_id, unit.live_unit_id]
        )
        if files.proposing_units(request.actor).filter(pk=unit.pk).exists()
        else reverse("reviews:file_detail", args=[file.pk]),
    )
