"""What comes again in the year: peaks with their windows, the meeting of each month.

Source: docs/rules/reminders.md § 3.1.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from campaigns.models import (
    Campaign,
    CampaignBody,
    CampaignUnit,
    Meeting,
    Peak,
    PeakDay,
)
from campaigns.models.plans import FORESEEN_BODIES
from campaigns.queries.matters.base import Matter, Waiting
from campaigns.reminding import Matter as Code
from members.vocabulary import vocabulary

MONTHS = 12


class Peaks(Matter):
    """The peaks: each unit, and each body at it, sets its day and holds it."""

    code = Code.PEAK
    here = gettext_lazy("%(unit)s: not held yet: %(names)s.")
    above = ngettext_lazy(
        "%(unit)s: %(count)d unit has not held a peak of the year.",
        "%(unit)s: %(count)d units have not held a peak of the year.",
        "count",
    )

    def known_last_days(self, campaign_id: int) -> set[date]:
        """Return the last days of the windows; one query."""
        return {peak.last_day for peak in Peak.objects.filter(campaign=campaign_id)}

    def waiting(
        self, units: QuerySet[CampaignUnit], *, among: Collection[date] | None = None
    ) -> list[Waiting]:
        """Return the units that have not recorded all as held; four queries."""
        campaign_of = dict(
            units.filter(closed_on=None).order_by("path").values_list("pk", "campaign")
        )
        peaks = _peaks(set(campaign_of.values()), among)
        days = _days(peaks, campaign_of)
        found: dict[tuple[int, date], list[tuple[Peak, list[bool | None]]]]
        found = defaultdict(list)
        for pk, hosts in _hosts(campaign_of).items():
            for peak in peaks:
                states = [days.get((peak.pk, pk, body)) for body in hosts]
                if peak.campaign_id == campaign_of[pk] and not all(states):
                    found[pk, peak.last_day].append((peak, states))
        return [
            Waiting(
                unit_id=pk,
                last_day=last_day,
                missing=len(parts),
                from_on=min(peak.from_on for peak, _states in parts),
                names=tuple(_called(peak, states) for peak, states in parts),
            )
            for (pk, last_day), parts in found.items()
        ]


def _peaks(campaigns: Collection[int], among: Collection[date] | None) -> list[Peak]:
    peaks = Peak.objects.filter(campaign__in=campaigns).order_by("from_on", "pk")
    return [peak for peak in peaks if among is None or peak.last_day in among]


def _days(
    peaks: Collection[Peak], unit_ids: Collection[int]
) -> dict[tuple[int, int, int | None], bool]:
    """Return whether a peak was held, by peak, unit and body; without a day no key."""
    rows = PeakDay.objects.filter(peak__in=peaks, unit__in=unit_ids)
    return {
        (peak, unit, body): is_held
        for peak, unit, body, is_held in rows.values_list(
            "peak", "unit", "body", "is_held"
        )
    }


def _hosts(unit_ids: Collection[int]) -> dict[int, list[int | None]]:
    """Return of each unit who holds its day: itself (None), and the bodies at it."""
    kinds = [kind for kind, _label in FORESEEN_BODIES]
    bodies = CampaignBody.objects.filter(unit__in=unit_ids, kind__in=kinds)
    found: dict[int, list[int | None]] = {pk: [None] for pk in unit_ids}
    for pk, unit_id in bodies.values_list("pk", "unit"):
        found[unit_id].append(pk)
    return found


def _called(peak: Peak, states: Collection[bool | None]) -> str:
    if None not in states:
        return peak.occasion
    return _("%(peak)s (its day is not set)") % {"peak": peak.occasion}


class Meetings(Matter):
    """The regular meeting of each month; only the cell's own committee is told."""

    code = Code.MEETING
    here = gettext_lazy("%(unit)s: no regular meeting is recorded for %(names)s.")

    def known_last_days(self, campaign_id: int) -> set[date]:
        """Return the last day of each month from the opening on; one query."""
        return set(_month_ends(Campaign.objects.get(pk=campaign_id)))

    def waiting(
        self, units: QuerySet[CampaignUnit], *, among: Collection[date] | None = None
    ) -> list[Waiting]:
        """Return the cells without a regular meeting in a month; two queries."""
        cells = units.filter(closed_on=None, kind__in=vocabulary().cells)
        rows = list(cells.select_related("campaign").order_by("path"))
        regular = Meeting.objects.held().filter(
            unit__in=[cell.pk for cell in rows],
            body=None,
            kind=Meeting.Kind.REGULAR,
        )
        held = {
            (unit, _end_of(on.year, on.month))
            for unit, on in regular.values_list("unit", "on")
        }
        return [
            Waiting(cell.pk, end, from_on=end.replace(day=1), names=(f"{end:%m/%Y}",))
            for cell in rows
            for end in _month_ends(cell.campaign)
            if (among is None or end in among) and (cell.pk, end) not in held
        ]


def _month_ends(campaign: Campaign) -> list[date]:
    """Return the last days of the months in which a cell meets: from the opening on."""
    opened = campaign.opened_at
    begins = timezone.localdate(opened).replace(day=1) if opened else date.max
    ends = (_end_of(campaign.year, month) for month in range(1, MONTHS + 1))
    return [end for end in ends if end >= begins]


def _end_of(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
