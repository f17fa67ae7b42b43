"""Pages of figures and reports."""

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaigns.models import CampaignUnit
from members.http import (
    XLSX,
    AccountRequest,
    attachment,
    back_to_first,
    page_or_fragment,
)
from members.policy import Area
from reports import queries
from reports.models import ReportIssue, RollupReport
from reports.queries.boards import board_url
from reports.services import reporting

CONTENT_TYPES = {"pdf": "application/pdf", "xlsx": XLSX}


@require_safe
def figures_home(request: AccountRequest) -> HttpResponse:
    may_import = request.actor.reaches(Area.IMPORT)
    opens_figures = request.actor.reaches(Area.FIGURES)
    context = {
        "crumbs": back_to_first(),
        "cards": queries.cards_for(request.actor),
        "has_post": bool(request.actor.posts),
        "opens_figures": opens_figures,
        "opens_readings": bool(request.actor.subtrees(Area.FIGURES)),
        "import_url": reverse("reviews:import_list") if may_import else "",
    }
    return render(request, "reports/home.html", context)


@require_safe
def unit_figures(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    units = CampaignUnit.objects.visible_to(request.actor)
    unit = _unit(units, campaign_id, unit_id)
    live = unit.custodian
    context = {
        **queries.unit_page(unit, actor=request.actor, language=get_language()),
        "board_url": board_url(campaign_id, unit_id)
        if request.actor.reaches_unit(Area.PROGRESS, live.pk, live.path)
        else "",
    }
    return render(request, "reports/unit_figures.html", context)


@require_POST
def report_request(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    units = CampaignUnit.objects.visible_below_to(request.actor)
    unit = _unit(units, campaign_id, unit_id)
    report = reporting.request_report(
        unit=unit,
        language=get_language(),
        actor=request.actor,
        now=timezone.now(),
    )
    return redirect("reports:report_detail", report.pk)


@require_safe
def report_detail(request: AccountRequest, report_id: int) -> HttpResponse:
    report = _report(request, report_id)
    unit_url = reverse("unit_figures", args=[report.campaign_id, report.unit_id])
    context = {
        "crumbs": [
            (_("Summaries and reports"), reverse("figures_home")),
            (report.unit.name, unit_url),
        ],
        "campaign": report.campaign,
        "unit": report.unit,
        "unit_url": unit_url,
        "report": report,
        "is_superseded": queries.is_superseded(report, request.actor),
        "pdf_url": reverse("reports:report_file", args=[report.pk, "pdf"]),
        "xlsx_url": reverse("reports:report_file", args=[report.pk, "xlsx"]),
        "retry_url": reverse("reports:report_retry", args=[report.pk]),
        "cancel_url": reverse("reports:report_cancel", args=[report.pk]),
        "issue": ReportIssue.objects.visible_to(request.actor)
        .filter(report=report)
        .first(),
        "issue_url": _issue_url(request, report),
    }
    return page_or_fragment(request, "reports/report_detail.html", context, "progress")


@require_POST
def report_retry(request: AccountRequest, report_id: int) -> HttpResponse:
    report = _report(request, report_id)
    reporting.retry_report(report, actor=request.actor, now=timezone.now())
    return redirect("reports:report_detail", report.pk)


@require_safe
def report_file(
    request: AccountRequest, report_id: int, extension: str
) -> FileResponse:
    report = _report(request, report_id)
    if extension not in CONTENT_TYPES or report.finished_at is None:
        raise Http404
    file = report.pdf if extension == "pdf" else report.xlsx
    reporting.record_act(
        "reports.downloaded",
        report=report,
        actor=request.actor,
        now=timezone.now(),
        data={"file": file.name},
    )
    return attachment(
        file,
        name=f"{report.file_stem}.{extension}",
        content_type=CONTENT_TYPES[extension],
    )


def _unit(
    units: QuerySet[CampaignUnit], campaign_id: int, unit_id: int
) -> CampaignUnit:
    return get_object_or_404(
        units.select_related("campaign", "live_unit", "custodian"),
        campaign=campaign_id,
        live_unit=unit_id,
    )


def _report(request: AccountRequest, report_id: int) -> RollupReport:
    reports = RollupReport.objects.visible_to(request.actor)
    return get_object_or_404(
        reports.select_related("campaign", "unit", "job", "requested_by"), pk=report_id
    )


def _issue_url(request: AccountRequest, report: RollupReport) -> str:
    """Return where whoever records the unit's work issues a finished report."""
    if report.finished_at is None:
        return ""
    units = CampaignUnit.objects.visible_to(request.actor, Area.WORK_EDIT)
    of_it = units.filter(campaign=report.campaign_id, live_unit=report.unit_id)
    if not of_it.exists():
        return ""
    return reverse("reports:report_issue", args=[report.pk])
