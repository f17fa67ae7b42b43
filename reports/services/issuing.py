"""A report is issued: it gets its number, its day and the code that proves it.

Source: docs/rules/documents.md § 16.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import CampaignUnit
from campaigns.services import running
from members.models import Job
from members.policy import Actor
from reports.codes import new_code
from reports.models import ReportIssue, RollupReport
from reports.queries.heads import head_of
from reports.services import reporting
from reports.services.sources import source_of


class IssueRefused(Exception):
    """The report cannot be issued like this; the text says why, `column` where."""

    def __init__(self, why: str, *, column: str | None = None) -> None:
        super().__init__(why)
        self.column = column


def issue_report(
    *,
    read: RollupReport,
    unit: CampaignUnit,
    number: int,
    issued_on: date,
    actor: Actor,
    now: datetime,
) -> RollupReport:
    """Queue the report that was `read` with number, day and code; return that one.

    Raises: IssueRefused if its figures are others now, the day has not come, another
        report of the unit has the number in that year, a report on the unit is being
        made, or the campaign is a draft.
    """
    if issued_on > timezone.localdate(now):
        raise IssueRefused(_("This day has not come yet."), column="issued_on")
    with transaction.atomic():
        running.demand_opened(unit.campaign, IssueRefused)
        # One after the other at the unit, so that two reports never get one number.
        CampaignUnit.objects.select_for_update(no_key=True, of=("self",)).get(
            pk=unit.pk
        )
        report = _row_to_issue(read, actor, now)
        digest = source_of(unit, language=read.language).figures_digest
        if read.finished_at is None or digest != read.figures_digest:
            raise IssueRefused(reporting.changed_since_read())
        symbol = head_of(unit, language=read.language).symbol
        _demand_free(read, number, symbol, issued_on)
        ReportIssue.objects.create(
            report=report,
            number=number,
            symbol=symbol,
            issued_on=issued_on,
            code=new_code(),
            figures_digest=digest,
            issued_by_id=actor.account_id,
            issued_at=now,
        )
        return reporting.begin(
            report,
            "reports.issued",
            actor=actor,
            now=now,
            data={"number": number, "on": issued_on.isoformat()},
        )


def _row_to_issue(read: RollupReport, actor: Actor, now: datetime) -> RollupReport:
    """Hold the row of the report that is to be made; one that failed is taken again."""
    report, _made = RollupReport.objects.get_or_create(
        campaign_id=read.campaign_id,
        unit_id=read.unit_id,
        language=read.language,
        finished_at=None,
        defaults={"requested_by_id": actor.account_id, "requested_at": now},
    )
    held = reporting.held(report)
    if held.status in Job.OPEN or held.finished_at is not None:
        raise IssueRefused(
            _("A report on this unit is being made. Wait until it is finished.")
        )
    ReportIssue.objects.filter(report=held).delete()
    return held


def _demand_free(read: RollupReport, number: int, symbol: str, issued_on: date) -> None:
    """Refuse a number that another document of the unit has in the same year.

    The same report in the other language has the same number.
    """
    taken = ReportIssue.objects.filter(
        report__unit=read.unit_id,
        report__finished_at__isnull=False,
        number=number,
        symbol=symbol,
        issued_on__year=issued_on.year,
    ).exclude(
        report__in=RollupReport.objects.filter(
            campaign=read.campaign_id, figures_digest=read.figures_digest
        ).exclude(language=read.language)
    )
    if taken.exists():
        raise IssueRefused(
            _("Another report of this unit has this number in the same year."),
            column="number",
        )
