"""Background work of this app."""

from celery import shared_task
from django.utils import timezone

from members import jobs
from members.models import Job
from members.row_security import Purpose, opened_for
from reviews.models import ResultsImport
from reviews.services.workbooks import working


@shared_task
def preview_import(job_id: int) -> None:
    """Read an uploaded workbook and try it; any number of times, with one effect."""
    job = jobs.claim(job_id)
    if job is None:
        return
    with jobs.handling(job) as on_progress, opened_for(Purpose.JOB):
        working.preview(_upload(job), now=timezone.now(), on_progress=on_progress)


@shared_task
def apply_import(job_id: int) -> None:
    """Write a confirmed workbook; any number of times, with one effect."""
    job = jobs.claim(job_id)
    if job is None:
        return
    with jobs.handling(job) as on_progress, opened_for(Purpose.JOB):
        working.apply(_upload(job), now=timezone.now(), on_progress=on_progress)


def _upload(job: Job) -> ResultsImport:
    uploads = ResultsImport.objects.select_related(
        "within", "uploaded_by", "job__requested_by"
    )
    return uploads.get(pk=job.subject_id)
