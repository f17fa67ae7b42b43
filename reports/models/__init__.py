"""Models of reports that were asked for, and of figures that units signed."""

from reports.models.rollups import RollupReport, RollupReportQuerySet

__all__ = ["RollupReport", "RollupReportQuerySet"]
