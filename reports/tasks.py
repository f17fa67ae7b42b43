"""Background work of this app."""

from celery import shared_task
from django.utils import timezone

from members import jobs
from reports.documents.pdf import DocumentNotRendered
from reports.models import RollupReport
from reports.services import reporting

REFUSALS = (
    reporting.ReportNotAllowed,
    reporting.FiguresChanged,
    reporting.Cancelled,
    DocumentNotRendered,
)


@shared_task
def render_rollup(job_id: int) -> None:
    """Make one report; any number of times, with one effect."""
    job = jobs.claim(job_id)
    if job is None:
        return
    with jobs.handling(job, refusals=REFUSALS) as on_progress:
        reports = RollupReport.objects.select_related("requested_by")
        report = reports.get(pk=job.subject_id)
        reporting.build_report(report, now=timezone.now(), on_progress=on_progress)
