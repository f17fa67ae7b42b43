"""Reports that are being made, were made or stopped: found again, made again, cancelled."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from members.http import AccountRequest, page_or_fragment, text_sought
from members.models import Job
from members.policy import Area
from reports.forms.queue import QueueForm
from reports.models import RollupReport
from reports.queries.queue import campaigns_of, report_page
from reports.services import reporting


@require_safe
def report_list(request: AccountRequest) -> HttpResponse:
    if not request.actor.reaches(Area.FIGURES):
        raise Http404
    form = QueueForm(request.GET or None)
    form.is_valid()
    day = form.cleaned_data.get("day") if form.is_bound else None
    page = report_page(
        request.actor,
        q=text_sought(request),
        campaign=request.GET.get("campaign", ""),
        state=request.GET.get("state", ""),
        day=day,
        number=request.GET.get("page"),
    )
    context = {
        "crumbs": [(_("Summaries and reports"), reverse("figures_home"))],
        "form": form,
        "q": text_sought(request),
        "campaigns": campaigns_of(request.actor),
        "campaign": request.GET.get("campaign", ""),
        "state": request.GET.get("state", ""),
        "states": Job.Status.choices,
        "page": page,
        "rows": page.object_list,
        "is_going_on": any(row.is_going_on for row in page.object_list),
    }
    return page_or_fragment(request, "reports/report_list.html", context, "rows")


@require_POST
def report_cancel(request: AccountRequest, report_id: int) -> HttpResponse:
    reports = RollupReport.objects.visible_to(request.actor)
    report = get_object_or_404(reports, pk=report_id)
    reporting.cancel_report(report, actor=request.actor, now=timezone.now())
    return redirect("reports:report_detail", report.pk)
