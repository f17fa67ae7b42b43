"""Background work of this app."""

from celery import shared_task
from django.utils import timezone

from members import jobs
from members.services import log


@shared_task
def sweep_jobs() -> None:
    """Send again what a lost message or a dead worker left behind."""
    jobs.sweep()


@shared_task
def seal_log() -> None:
    """Seal what was recorded since the last hour."""
    log.seal_log(now=timezone.now())
