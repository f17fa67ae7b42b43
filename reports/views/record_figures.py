"""Figures of inspection, discipline, admissions and commendations over a period."""

from datetime import timedelta
from io import BytesIO

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.figures import Period
from campaigns.queries.record_figures import newest_year
from members.http import XLSX, AccountRequest, attachment
from members.models import PartyUnit
from members.policy import Area
from reports import queries
from reports.documents.record_figures import notes_of, sections_of, to_csv, to_xlsx
from reports.forms import PeriodForm

WRITERS = {"xlsx": (to_xlsx, XLSX), "csv": (to_csv, "text/csv; charset=utf-8")}


@require_safe
def record_figures(request: AccountRequest, unit_id: int) -> HttpResponse:
    """Show the counts of a unit over the days that the address names."""
    unit = _unit(request, unit_id)
    form = _form(request, unit)
    figures = queries.record_figures_of(unit, _period(form))
    language = get_language() or "vi"
    context = {
        "crumbs": [
            (_("Inspection and supervision"), reverse("records:inspection_list"))
        ],
        "unit": unit,
        "form": form,
        "figures": figures,
        "sections": sections_of(figures, language),
        "notes": notes_of(figures),
        "files": [
            (reverse("reports:record_figures_file", args=[unit.pk, extension]), label)
            for extension, label in (
                ("xlsx", _("Download as an Excel workbook")),
                ("csv", _("Download as CSV")),
            )
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "reports/record_figures.html", context, status=status)


@require_safe
def record_figures_file(
    request: AccountRequest, unit_id: int, extension: str
) -> HttpResponseBase:
    """Give out the same counts as a file."""
    unit = _unit(request, unit_id)
    if extension not in WRITERS:
        raise Http404
    write, content_type = WRITERS[extension]
    period = _period(_form(request, unit))
    figures = queries.record_figures_of(unit, period)
    last = period.until_on - timedelta(days=1)
    return attachment(
        BytesIO(write(figures, language=get_language() or "vi")),
        name=f"kiem-tra-khen-thuong-{unit.code}-{last:%Y-%m-%d}.{extension}",
        content_type=content_type,
    )


def _unit(request: AccountRequest, unit_id: int) -> PartyUnit:
    units = PartyUnit.objects.visible_to(request.actor, Area.RECORDS)
    return get_object_or_404(units, pk=unit_id)


def _form(request: AccountRequest, unit: PartyUnit) -> PeriodForm:
    """Return the days asked for; where none are, the newest year that has records."""
    if "from_on" in request.GET or "last_on" in request.GET:
        return PeriodForm(request.GET)
    year = Period.of_year(newest_year(unit) or timezone.localdate().year)
    initial = {
        "from_on": year.from_on,
        "last_on": year.until_on - timedelta(days=1),
    }
    return PeriodForm(initial=initial)


def _period(form: PeriodForm) -> Period:
    """Return the days that the form names; this year where they are wrong."""
    if form.is_bound and not form.is_valid():
        return Period.of_year(timezone.localdate().year)
    data = form.cleaned_data if form.is_bound else form.initial
    return Period(data["from_on"], data["last_on"] + timedelta(days=1))
