"""Background work of this app."""

from celery import shared_task
from django.utils import timezone

from members import jobs
from reports.documents.pdf import DocumentNotRendered
from reports.models import RollupReport
from reports.services import reporting

REFUSALS = (reporting.ReportNotAllowed, DocumentNotRendered)


@shared_task
def render_rollup(job_id: int) -> None:
    """Make one report; any number of times, with one effect."""
    job = jobs.claim(job_id)
    if job is None:
        return
    report = RollupReport.objects.select_related("requested_by").get(pk=job.subject_id)
    with jobs.handling(job, refusals=REFUSALS) as on_progress:
        reporting.build_report(report, now=timezone.now(), on_progress=on_progress)
