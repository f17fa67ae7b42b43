"""Background work of this app."""

from celery import shared_task
from django.utils import timezone

from campaigns.services import progress, rolls
from campaigns.services.reminders import planning, sending
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


@shared_task
@opened_for(Purpose.UPKEEP)
def note_progress() -> None:
    """Note how far the units are today."""
    progress.note_progress(now=timezone.now())


@shared_task
def plan_reminders() -> None:
    """Write down who is reminded today by the plans; any number of times a day."""
    planning.plan_today(now=timezone.now())


@shared_task
def send_reminders() -> None:
    """Send what waits, in daytime; doubled or broken off, no e-mail goes out twice."""
    sending.send_today(now=timezone.now())


def _upload(job: Job) -> RollImport:
    uploads = RollImport.objects.select_related(
        "within", "uploaded_by", "job__requested_by"
    )
    return uploads.get(pk=job.subject_id)
