"""Models of reports and papers that were asked for, of reports issued, figures signed."""

from reports.models.cell_papers import CellPapers, CellPapersQuerySet
from reports.models.issues import ReportIssue, ReportIssueQuerySet
from reports.models.rollups import RollupReport, RollupReportQuerySet
from reports.models.submissions import (
    Submission,
    SubmissionPart,
    SubmissionQuerySet,
)

__all__ = [
    "CellPapers",
    "CellPapersQuerySet",
    "ReportIssue",
    "ReportIssueQuerySet",
    "RollupReport",
    "RollupReportQuerySet",
    "Submission",
    "SubmissionPart",
    "SubmissionQuerySet",
]
