"""The campaigns app."""

from importlib import import_module
from typing import ClassVar

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "campaigns"
    default_auto_field = "django.db.models.BigAutoField"
    # What its tasks do to its tables beside reading them.
    written_by_workers: ClassVar[dict[str, str]] = {
        "Activity": "UPDATE",
        "Campaign": "INSERT, UPDATE",
        "CampaignBody": "INSERT, DELETE",
        "CampaignUnit": "INSERT, UPDATE, DELETE",
        "Digest": "INSERT, UPDATE",
        "Participant": "INSERT, UPDATE, DELETE",
        "Placement": "INSERT, UPDATE, DELETE",
        "PlanDocument": "UPDATE",
        "ProgressDay": "INSERT, DELETE",
        "Reminder": "INSERT, UPDATE, DELETE",
        "Tally": "INSERT, UPDATE, DELETE",
    }

    def ready(self) -> None:
        import_module("campaigns.checks")  # registers itself
