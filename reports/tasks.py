"""Background work of this app."""

from celery import shared_task
from django.utils import timezone

from members import jobs
from members.row_security import Purpose, opened_for
from reports.documents.pdf import DocumentNotRendered
from reports.models import CellPapers, RollupReport
from reports.services import cell_papers, reporting

REFUSALS = (
    reporting.ReportNotAllowed,
    reporting.FiguresChanged,
    reporting.Cancelled,
    DocumentNotRendered,
)
NOTHING_MADE = (cell_papers.NoPapers, DocumentNotRendered)


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


@shared_task
def render_cell_papers(job_id: int) -> None:
    """Put the papers of a cell together; any number of times, with one effect."""
    job = jobs.claim(job_id)
    if job is None:
        return
    with jobs.handling(job, refusals=NOTHING_MADE) as on_progress:
        papers = CellPapers.objects.select_related("requested_by").get(
            pk=job.subject_id
        )
        cell_papers.build_papers(papers, now=timezone.now(), on_progress=on_progress)


@shared_task
@opened_for(Purpose.UPKEEP)
def forget_cell_papers() -> None:
    """Delete the files of papers that were made a week ago."""
    cell_papers.forget_papers(now=timezone.now())
