"""The statistical forms of a unit, by sector, as files."""

from functools import partial

from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.models import CampaignUnit
from members.http import AccountRequest
from reports.documents.sector_sheets import forms_workbook
from reports.documents.statistical_forms import forms_printout
from reports.queries.statistical_forms import forms_paper
from reports.views.papers import table_file


@require_safe
def statistical_forms_print(
    request: AccountRequest, campaign_id: int, unit_id: int, extension: str
) -> HttpResponseBase:
    """Give the forms to whoever reads the figures of the units below."""
    units = CampaignUnit.objects.visible_below_to(request.actor)
    unit = get_object_or_404(
        units.select_related("campaign", "live_unit__parent"),
        campaign=campaign_id,
        live_unit=unit_id,
    )
    paper = forms_paper(unit, language=get_language())
    of = (paper.counted, paper.head, paper.terms)
    return table_file(
        request,
        partial(forms_printout, *of, unit=paper.unit),
        partial(forms_workbook, *of, unit=paper.unit),
        extension=extension,
        name=_("statistical-forms-%s") % unit.code,
        back=reverse("unit_figures", args=[campaign_id, unit_id]),
    )
