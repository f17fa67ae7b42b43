"""Background work of this app."""

from celery import shared_task
from django.utils import timezone

from campaigns.models import Activity, Attached, PlanDocument
from campaigns.services import progress, rolls, scanning
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
def scan_document(job_id: int) -> None:
    """Scan a paper of a plan for viruses; any number of times, with one effect."""
    _scan(PlanDocument, job_id)


@shared_task
def scan_product(job_id: int) -> None:
    """Scan the product of an activity for viruses; any number of times."""
    _scan(Activity, job_id)


@shared_task
@opened_for(Purpose.UPKEEP)
def scan_what_waits() -> None:
    """Ask again for scans that failed, or were never asked for."""
    scanning.ask_for_what_waits()


@shared_task
def plan_reminders() -> None:
    """Write down who is reminded today by the plans; any number of times a day."""
    planning.plan_today(now=timezone.now())


@shared_task
def send_reminders() -> None:
    """Send what waits, in daytime; doubled or broken off, no e-mail goes out twice."""
    sending.send_today(now=timezone.now())


def _scan(kind: type[Attached], job_id: int) -> None:
    job = jobs.claim(job_id)
    if job is None:
        return
    with jobs.handling(job), opened_for(Purpose.JOB):
        scanning.scan(kind, job.subject_id, now=timezone.now())


def _upload(job: Job) -> RollImport:
    uploads = RollImport.objects.select_related(
        "within", "uploaded_by", "job__requested_by"
    )
    return uploads.get(pk=job.subject_id)
