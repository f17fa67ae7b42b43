"""What `check --deploy` says of the roles of the database and of the virus scanner."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.db import OperationalError, connection
from django.utils.translation import gettext as _

from members.services import database_roles
from members.services.database_roles import SecondLock


@checks.register(checks.Tags.security, deploy=True)
def virus_scanner(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Return that attached files are not scanned, where they are not."""
    if settings.CLAMD:
        return []
    return [
        checks.Warning(
            _("No virus scanner is set: attached files are given out unscanned."),
            hint=_("Set CLAMD; deploy/README.md says how."),
            id="members.W002",
        )
    ]


@checks.register(checks.Tags.security, deploy=True)
def second_lock(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Return what row-level security does for the application's role.

    Nothing where no server answers: a site is also checked before it has one.
    """
    try:
        lock = database_roles.second_lock()
    except OperationalError:
        return []
    if lock is SecondLock.HELD:
        return []
    of_kind = {
        SecondLock.ABSENT: (checks.Info, "I001"),
        SecondLock.LOOSE: (checks.Warning, "W001"),
        SecondLock.PASSED: (checks.Error, "E001"),
    }
    kind, number = of_kind[lock]
    hint = _("deploy/README.md says how to make the roles.")
    return [kind(database_roles.in_words(lock), hint=hint, id=f"members.{number}")]


@checks.register(checks.Tags.security, deploy=True)
def worker_role(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Return whether workers read what lets somebody in, for lack of an own role."""
    if connection.vendor != "postgresql" or settings.DATABASE_WORKER is not None:
        return []
    return [
        checks.Info(
            _("Workers log in as the role that answers pages: DATABASE_WORKER_URL."),
            hint=_("deploy/README.md says how to make the role of the workers."),
            id="members.I002",
        )
    ]
