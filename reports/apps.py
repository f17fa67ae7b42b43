"""The reports app."""

from typing import ClassVar

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"
    # What its tasks do to its tables beside reading them.
    written_by_workers: ClassVar[dict[str, str]] = {
        "RollupReport": "UPDATE",
        "CellPapers": "UPDATE",
    }
