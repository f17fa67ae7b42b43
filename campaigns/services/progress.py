"""Noting every night how far the units are."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from campaigns.models import Campaign, CampaignUnit, ProgressDay
from campaigns.queries.progress import DayCounts, sums_of_campaign
from members.bulk import ROWS
from members.vocabulary import vocabulary


@transaction.atomic
def note_progress(*, now: datetime) -> int:
    """Note the counts of today for every unit above the cells; return how many.

    A unit whose day is noted keeps it.
    Source: docs/rules/progress.md § 3.
    """
    days = [
        ProgressDay(unit_id=pk, on=timezone.localdate(now), **asdict(counts))
        for campaign in Campaign.objects.running()
        for pk, counts in _days_of(campaign)
    ]
    ProgressDay.objects.bulk_create(days, batch_size=ROWS, ignore_conflicts=True)
    return len(days)


def _days_of(campaign: Campaign) -> Iterator[tuple[int, DayCounts]]:
    sums = sums_of_campaign(campaign)
    units = CampaignUnit.objects.filter(campaign=campaign, closed_on=None)
    above_cells = units.exclude(kind__in=vocabulary().cells).order_by("pk")
    for pk, path in above_cells.values_list("pk", "path"):
        yield pk, sums[path]
