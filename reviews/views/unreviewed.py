"""Who is not reviewed yet: in a cell, with reasons; below a committee, to be read."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.views.written.pages import to_figures
from members import acts
from members.http import AccountRequest
from members.services.versions import ChangedMeanwhile
from reviews.forms.unreviewed import ReasonsForm
from reviews.queries import unreviewed as queries
from reviews.services import unreviewed
from reviews.views.files import CHANGED, MEANWHILE, committee, proposing_cell, to_files

PAGE_SIZE = 100


@acts.page_and_form
def unreviewed_cell(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Show who of a cell is not reviewed, and record why."""
    unit = proposing_cell(request, campaign_id, unit_id)
    lines = queries.unreviewed_in(unit, request.actor)
    form = ReasonsForm(acts.sent(request), lines=lines, actor=request.actor)
    code = 422 if form.is_bound else 200

    def record() -> None:
        unreviewed.record_reasons(
            unit=unit,
            reasons=form.reasons(),
            shown=form.shown(),
            actor=request.actor,
            now=timezone.now(),
        )

    try:
        if acts.did(request, form, record, refusals=(unreviewed.ReasonRefused,)):
            messages.success(request, _("The reasons are recorded."))
            return redirect("reviews:unreviewed_cell", campaign_id, unit_id)
    except ChangedMeanwhile:
        form.add_error(None, MEANWHILE)
        code = CHANGED
    proposals = reverse("reviews:proposal_list", args=[campaign_id, unit_id])
    context = {
        "crumbs": [
            to_figures(unit),
            (_("Proposed levels of %s") % unit.name, proposals),
        ],
        "unit": unit,
        "form": form,
        "rows": [(line, form.fields_of(line)) for line in lines],
        "counts": queries.counts_by_status(lines),
        "key": acts.new_key(),
    }
    return render(request, "reviews/files/unreviewed_cell.html", context, status=code)


@require_safe
def unreviewed_list(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Show who below a committee is not reviewed, cell by cell."""
    unit = committee(request, campaign_id, unit_id)
    lines = queries.unreviewed_below(unit, request.actor)
    page = Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "crumbs": [to_figures(unit), to_files(unit)],
        "unit": unit,
        "lines": page.object_list,
        "page": page,
        "counts": queries.counts_by_status(lines),
    }
    return render(request, "reviews/files/unreviewed_list.html", context)
