"""Background work of this app."""

from celery import shared_task
from django.utils import timezone

from members import jobs
from members.row_security import Purpose, opened_for
from members.services import code_cards, log, log_ins, sessions, slips
from members.services.rolls import forgetting


@shared_task
@opened_for(Purpose.UPKEEP)
def sweep_jobs() -> None:
    """Send again what a lost message or a dead worker left behind."""
    jobs.sweep()


@shared_task
@opened_for(Purpose.UPKEEP)
def seal_log() -> None:
    """Seal what was recorded since the last hour."""
    log.seal_log(now=timezone.now())


@shared_task
@opened_for(Purpose.UPKEEP)
def forget_log_ins() -> None:
    """Delete what opens nothing and locks nobody out any more."""
    now = timezone.now()
    log_ins.forget_tries(now=now)
    slips.forget_slips(now=now)
    code_cards.forget_cards(now=now)
    sessions.forget_sessions(now=now)


@shared_task
@opened_for(Purpose.UPKEEP)
def forget_rolls() -> None:
    """Delete the files of rolls that were sent a week ago."""
    forgetting.forget_rolls(now=timezone.now())
