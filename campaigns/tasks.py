"""Background work of this app."""

from celery import shared_task
from django.utils import timezone

from campaigns.services import rolls
from members import jobs
from members.models import Job, RollImport
from members.row_security import Purpose, opened_for


@shared_task
def preview_roll(job_id: int) -> None:
    """Read an uploaded roll and compare it; any number of times, with one effect."""
    job = jobs.claim(job_id)
    if job is None:
        return
    with jobs.handling(job) as on_progress, opened_for(Purpose.JOB):
        rolls.preview(_upload(job), now=timezone.now(), on_progress=on_progress)


@shared_task
def apply_roll(job_id: int) -> None:
    """Write a confirmed roll; any number of times, with one effect."""
    job = jobs.claim(job_id)
    if job is None:
        return
    with jobs.handling(job) as on_progress, opened_for(Purpose.JOB):
        rolls.apply(_upload(job), now=timezone.now(), on_progress=on_progress)


def _upload(job: Job) -> RollImport:
    uploads = RollImport.objects.select_related(
        "within", "uploaded_by", "job__requested_by"
    )
    return uploads.get(pk=job.subject_id)
