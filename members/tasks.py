"""Background work of this app."""

from celery import shared_task

from members import jobs


@shared_task
def sweep_jobs() -> None:
    """Send again what a lost message or a dead worker left behind."""
    jobs.sweep()
