"""The reviews app."""

from typing import ClassVar

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "reviews"
    default_auto_field = "django.db.models.BigAutoField"
    # What its tasks do to its tables beside reading them.
    written_by_workers: ClassVar[dict[str, str]] = {
        "ResultsImport": "UPDATE",
    }
