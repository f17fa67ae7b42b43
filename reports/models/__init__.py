"""Models of reports that were asked for, and of figures that units signed."""

from reports.models.rollups import RollupReport, RollupReportQuerySet
from reports.models.submissions import Submission, SubmissionPart

__all__ = ["RollupReport", "RollupReportQuerySet", "Submission", "SubmissionPart"]
