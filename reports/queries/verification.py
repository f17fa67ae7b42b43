"""What is told about a document that somebody holds.

Source: docs/rules/documents.md § 16.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.urls import reverse

from members.policy import Actor
from reports.models import ReportIssue, RollupReport


class Answer(StrEnum):
    """All that is told without a log-in, beside the number of what replaced it."""

    GENUINE = "GENUINE"
    SUPERSEDED = "SUPERSEDED"
    OTHER_FILE = "OTHER_FILE"  # the code was issued, the file is not what was
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer; `issue` and `url` only for whoever may read the report."""

    answer: Answer
    by_file: bool = False
    replaced_by: ReportIssue | None = None
    issue: ReportIssue | None = None
    url: str = ""


def verdict_on(*, code: str, sha256: str, actor: Actor) -> Verdict:
    """Return what is to be said of a code, of a file by its hash, or of both together.

    Three queries at most, one where nothing is known.
    """
    presented = ReportIssue.objects.presented(code=code)
    if not code:
        presented = ReportIssue.objects.presented(sha256=sha256)
    issue = presented.select_related("report__campaign", "report__unit").first()
    if issue is None:
        return Verdict(Answer.UNKNOWN, by_file=bool(sha256))
    report = issue.report
    if sha256 and sha256 not in (report.pdf_sha256, report.xlsx_sha256):
        return Verdict(Answer.OTHER_FILE, by_file=True)
    later = _replaced_by(issue)
    may_read = RollupReport.objects.visible_to(actor).filter(pk=report.pk).exists()
    return Verdict(
        Answer.SUPERSEDED if later else Answer.GENUINE,
        by_file=bool(sha256),
        replaced_by=later,
        issue=issue if may_read else None,
        url=reverse("reports:report_detail", args=[report.pk]) if may_read else "",
    )


def _replaced_by(issue: ReportIssue) -> ReportIssue | None:
    """Return the report that was issued last on the same, None for that one itself."""
    report = issue.report
    return (
        ReportIssue.objects.filter(
            report__campaign=report.campaign_id,
            report__unit=report.unit_id,
            report__language=report.language,
            report__finished_at__isnull=False,
            pk__gt=issue.pk,
        )
        .order_by("-pk")
        .first()
    )
