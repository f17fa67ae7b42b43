"""The list of all reports that somebody reads, with those that are being made.

Source: docs/rules/documents.md § 17.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Campaign
from members.models import Job
from members.policy import Actor
from reports.models import ReportIssue, RollupReport

PAGE_SIZE = 20
LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A report with how far it is, since when, and why it stopped."""

    url: str
    unit: str
    campaign: str
    language: str
    number: str  # "" for a draft
    status: str
    percent: int
    error: str
    requested_at: datetime
    requested_by: str
    started_at: datetime | None
    finished_at: datetime | None
    has_later: bool  # a later one on the same holds other figures
    retry_url: str  # "" where there is nothing to be made again
    cancel_url: str  # "" where nothing goes on

    @property
    def is_going_on(self) -> bool:
        """Whether something of it happens by itself."""
        return bool(self.cancel_url)


def report_page(
    actor: Actor,
    *,
    q: str,
    campaign: str,
    state: str,
    day: date | None,
    number: str | None,
) -> Page[QueueRow]:
    """Return a page of the reports in reach, the latest first; two queries.

    `q` is part of the unit's name or code; `state` one of a job.
    """
    sought = _sought(RollupReport.objects.visible_to(actor), q, campaign, day)
    found = _in_state(sought, state).select_related(
        "unit", "campaign", "job", "requested_by"
    )
    numbers = ReportIssue.objects.visible_to(actor).filter(report=OuterRef("pk"))
    later = (
        RollupReport.objects.visible_to(actor)
        .filter(
            campaign=OuterRef("campaign"),
            unit=OuterRef("unit"),
            finished_at__gt=OuterRef("finished_at"),
        )
        .exclude(figures_digest="")
    )
    found = found.annotate(
        issued_number=Subquery(numbers.values("number")[:1]),
        issued_symbol=Subquery(numbers.values("symbol")[:1]),
        has_later=Exists(later.exclude(figures_digest=OuterRef("figures_digest"))),
    )
    page: Page[Any] = Paginator(found.order_by("-pk"), PAGE_SIZE).get_page(number)
    rows = [_row(report) for report in page.object_list]
    return Page(rows, page.number, page.paginator)


def _sought(
    reports: "QuerySet[RollupReport]", q: str, campaign: str, day: date | None
) -> "QuerySet[RollupReport]":
    if q:
        reports = reports.filter(Q(unit__name__icontains=q) | Q(unit__code__iexact=q))
    if campaign.isdecimal() and int(campaign) <= LARGEST_ID:
        reports = reports.filter(campaign=int(campaign))
    if day:
        begin = timezone.make_aware(datetime.combine(day, time.min))
        reports = reports.filter(
            requested_at__gte=begin, requested_at__lt=begin + timedelta(days=1)
        )
    return reports


def campaigns_of(actor: Actor) -> list[Campaign]:
    """Return the campaigns of whose units the actor reads figures; one query."""
    return list(Campaign.objects.visible_to(actor).order_by("-year", "name"))


def _in_state(
    reports: "QuerySet[RollupReport]", state: str
) -> "QuerySet[RollupReport]":
    """Narrow the reports to a state, as `RollupReport.status` tells it."""
    if state not in Job.Status.values:
        return reports
    if state == Job.Status.DONE:
        return reports.filter(finished_at__isnull=False)
    of_job = Q(job__status=state)
    if state == Job.Status.FAILED:  # without a job nobody makes it
        of_job |= Q(job__isnull=True)
    return reports.filter(of_job, finished_at__isnull=True)


def _row(report: RollupReport) -> QueueRow:
    job, status = report.job, report.status
    goes_on = status in Job.OPEN
    stopped = status in (Job.Status.FAILED, Job.Status.CANCELLED)
    of_it = [report.pk]
    number, symbol = report.issued_number, report.issued_symbol  # type: ignore[attr-defined]  # annotated
    return QueueRow(
        url=reverse("reports:report_detail", args=of_it),
        unit=report.unit.name,
        campaign=report.campaign.name,
        language=report.get_language_display(),
        number=f"{number:02}-{symbol}" if number else "",
        status=status,
        percent=report.percent,
        error=report.error if status == Job.Status.FAILED else "",
        requested_at=report.requested_at,
        requested_by=str(report.requested_by or _("the server")),
        started_at=job.started_at if job else None,
        finished_at=report.finished_at or (job.finished_at if job else None),
        has_later=bool(report.figures_digest and report.has_later),  # type: ignore[attr-defined]  # annotated
        retry_url=reverse("reports:report_retry", args=of_it) if stopped else "",
        cancel_url=reverse("reports:report_cancel", args=of_it) if goes_on else "",
    )
