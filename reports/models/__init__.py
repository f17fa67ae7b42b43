"""Models of reports that were asked for, and of those that were issued."""

from reports.models.issues import ReportIssue, ReportIssueQuerySet
from reports.models.rollups import RollupReport, RollupReportQuerySet

__all__ = [
    "ReportIssue",
    "ReportIssueQuerySet",
    "RollupReport",
    "RollupReportQuerySet",
]
