"""Models of reports and papers that were asked for, and of reports that were issued."""

from reports.models.cell_papers import CellPapers, CellPapersQuerySet
from reports.models.issues import ReportIssue, ReportIssueQuerySet
from reports.models.rollups import RollupReport, RollupReportQuerySet

__all__ = [
    "CellPapers",
    "CellPapersQuerySet",
    "ReportIssue",
    "ReportIssueQuerySet",
    "RollupReport",
    "RollupReportQuerySet",
]
