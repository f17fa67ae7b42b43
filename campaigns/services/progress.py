"""Noting every night how far the units are."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from campaigns.models import Campaign, CampaignUnit, ProgressDay
from campaigns.queries.progress import sums_below
from members.vocabulary import vocabulary


@transaction.atomic
def note_progress(*, now: datetime) -> int:
    """Note the counts of today for every unit above the cells; return how many.

    A unit whose day is noted keeps it.
    Source: docs/rules/progress.md § 3.
    """
    running = Campaign.objects.running()
    units = CampaignUnit.objects.filter(campaign__in=running, closed_on=None)
    above_cells = units.exclude(kind__in=vocabulary().cells)
    days = [
        ProgressDay(
            unit_id=pk, on=timezone.localdate(now), owed=owed, sent=sent, confirmed=done
        )
        for pk, owed, sent, done in sums_below(above_cells)
    ]
    ProgressDay.objects.bulk_create(days, batch_size=1000, ignore_conflicts=True)
    return len(days)
