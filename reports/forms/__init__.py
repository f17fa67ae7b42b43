"""What is typed on the pages of this app."""

from reports.forms.readings import ExtractForm, PeriodForm, ReadingForm

__all__ = ["ExtractForm", "PeriodForm", "ReadingForm"]
