"""Reports are asked for, made by a worker, and kept."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from campaigns.models import CampaignUnit
from members import events, jobs
from members.models import Job
from members.policy import SYSTEM, Actor
from members.queries import actor_for
from reports.models import ReportIssue, RollupReport
from reports.services.sources import pdf_of, source_of, xlsx_of

Progress = Callable[[int], None]

DIGESTS = ("input_digest", "figures_digest")
FILES = ("pdf", "pdf_sha256", "xlsx", "xlsx_sha256")


class ReportNotAllowed(Exception):
    """Whoever asked for the report may not read it any more."""


class Cancelled(Exception):
    """Somebody has cancelled the report while it was made."""


class FiguresChanged(Exception):
    """The figures are no longer those that were read by whoever issues the report."""


def request_report(
    *,
    unit: CampaignUnit,
    language: str,
    actor: Actor,
    now: datetime,
) -> RollupReport:
    """Return the report on a unit that is being made, or queue one.

    Asked twice, by a double click or by two people, it is the same report; one that
    has failed is tried again, as a draft: a number that it was to have is free. No campaign is locked, so nobody waits for an import.
    """
    with transaction.atomic():
        report, _made = RollupReport.objects.get_or_create(
            campaign_id=unit.campaign_id,
            unit_id=unit.live_unit_id,
            language=language,
            finished_at=None,
            defaults={"requested_by_id": actor.account_id, "requested_at": now},
        )
        locked = held(report)
        if locked.status not in Job.OPEN:
            ReportIssue.objects.filter(report=locked).delete()
        return begin(locked, "reports.requested", actor=actor, now=now)


def retry_report(report: RollupReport, *, actor: Actor, now: datetime) -> None:
    """Let a report that failed be made for who asks now, with the scope of theirs.

    One that is being made, or was made, is left as it is: so is a second click.
    """
    with transaction.atomic():
        begin(held(report), "reports.retried", actor=actor, now=now)


def cancel_report(report: RollupReport, *, actor: Actor, now: datetime) -> None:
    """Let a report not be made that waits or is being made; another one is left alone.

    Whoever reads it may have it made again.
    """
    with transaction.atomic():
        locked = held(report)
        if locked.job_id and jobs.cancel(locked.job_id):
            record_act("reports.cancelled", report=locked, actor=actor, now=now)


def held(report: RollupReport) -> RollupReport:
    """Hold a report until the end of the transaction, and return it as it is now."""
    # The job is read after the lock: joined to it, it would be the one before the wait.
    return RollupReport.objects.select_for_update(no_key=True).get(pk=report.pk)


def begin(
    locked: RollupReport,
    action: str,
    *,
    actor: Actor,
    now: datetime,
    data: Mapping[str, object] | None = None,
) -> RollupReport:
    """Give a held report that nobody makes a job, and log whose it is."""
    if locked.status in (Job.Status.DONE, *Job.OPEN):
        return locked
    locked.requested_by_id = actor.account_id
    locked.job = jobs.open_job(
        kind="rollup", subject_id=locked.pk, requested_by=actor.account_id
    )
    locked.save(update_fields=["job", "requested_by"])
    record_act(
        action,
        report=locked,
        actor=actor,
        now=now,
        data=data,
        system_reason="" if actor.account_id else "command",
    )
    return locked


def record_act(
    action: str,
    *,
    report: RollupReport,
    actor: Actor,
    now: datetime,
    data: Mapping[str, object] | None = None,
    system_reason: str = "",
) -> None:
    """Log an act on a report, which holds what stands below its unit."""
    unit = CampaignUnit.objects.select_related("custodian").get(
        campaign=report.campaign_id, live_unit=report.unit_id
    )
    events.record(
        action=action,
        subject=report,
        actor=actor,
        now=now,
        unit=unit.custodian,
        with_below=not CampaignUnit.objects.undivided().filter(pk=unit.pk).exists(),
        data=data,
        system_reason=system_reason,
    )


def build_report(
    report: RollupReport, *, now: datetime, on_progress: Progress
) -> RollupReport:
    """Make the files of a report; the scope is that of who asked, worked out now.

    The same input as an earlier report takes that report's files.
    Raises: ReportNotAllowed if the one who asked may read it no more;
        Cancelled; FiguresChanged if it is to be issued with others than were read;
        documents.pdf.DocumentNotRendered.
    """
    issue = ReportIssue.objects.filter(report=report).first()
    source = source_of(_unit_in_scope(report), language=report.language, issue=issue)
    if issue and source.figures_digest != issue.figures_digest:
        raise FiguresChanged(changed_since_read())
    on_progress(10)
    report.input_digest = source.input_digest
    report.figures_digest = source.figures_digest
    on_progress(20)
    made = _kept(RollupReport.objects.filter(input_digest=report.input_digest))
    if made is not None:
        report.pdf, report.pdf_sha256 = made.pdf.name, made.pdf_sha256
        report.xlsx, report.xlsx_sha256 = made.xlsx.name, made.xlsx_sha256
    else:
        report.xlsx, report.xlsx_sha256 = _keep(xlsx_of(source), "xlsx")
        on_progress(40)
        report.pdf, report.pdf_sha256 = _keep(pdf_of(source), "pdf")
    on_progress(95)
    report.finished_at = now
    with transaction.atomic():
        if report.job_id and not jobs.hold_unless_cancelled(report.job_id):
            raise Cancelled
        report.save(update_fields=[*DIGESTS, *FILES, "finished_at"])
    return report


def changed_since_read() -> str:
    """Return why a report is not issued whose figures nobody has read."""
    return _(
        "The figures have changed since this report was made. Make it anew, read it, and "
        "issue that one."
    )


def finished_report(unit: CampaignUnit, *, language: str) -> RollupReport | None:
    """Return the report that shows just the unit's figures of now, if one was made."""
    digest = source_of(unit, language=language).input_digest
    return _kept(
        RollupReport.objects.filter(
            campaign=unit.campaign_id, unit=unit.live_unit_id, input_digest=digest
        )
    )


def _kept(reports: QuerySet[RollupReport]) -> RollupReport | None:
    """Return a finished one whose files are still there; lost ones are made anew."""
    for report in reports.filter(finished_at__isnull=False).order_by("-pk"):
        if default_storage.exists(report.pdf.name or "") and default_storage.exists(
            report.xlsx.name or ""
        ):
            return report
    return None


def _unit_in_scope(report: RollupReport) -> CampaignUnit:
    actor = actor_for(report.requested_by) if report.requested_by else SYSTEM
    unit = (
        CampaignUnit.objects.visible_below_to(actor)
        .filter(campaign=report.campaign_id, live_unit=report.unit_id)
        .select_related("campaign", "live_unit")
        .first()
    )
    if unit is None:
        raise ReportNotAllowed(
            _("Your post no longer gives access to reports on this unit.")
        )
    return unit


def _keep(content: bytes, extension: str) -> tuple[str, str]:
    """Store a file under the hash of its content; return its name and the hash."""
    sha256 = hashlib.sha256(content).hexdigest()
    name = f"reports/{sha256[:2]}/{sha256}.{extension}"
    if not default_storage.exists(name):
        name = default_storage.save(name, ContentFile(content))
    return name, sha256
