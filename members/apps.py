"""The members app."""

from importlib import import_module
from typing import ClassVar

from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    default_auto_field = "django.db.models.BigAutoField"
    # What its tasks do to its tables beside reading them.
    written_by_workers: ClassVar[dict[str, str]] = {
        "CodeCard": "DELETE",
        "Event": "INSERT",
        "FailedTry": "DELETE",
        "Job": "INSERT, UPDATE",
        "LogHead": "INSERT, UPDATE",
        "LogSeal": "INSERT",
        "Member": "INSERT, UPDATE",
        "Membership": "INSERT, UPDATE",
        "NameWord": "INSERT, DELETE",
        "PartyUnit": "INSERT, UPDATE",
        "RollImport": "UPDATE",
        "SealedHead": "INSERT",
        "Slip": "DELETE",
        "UnitState": "INSERT",
    }

    def ready(self) -> None:
        import_module("members.checks")  # registers itself; needs the models
