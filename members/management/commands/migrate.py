"""Django's `migrate`, as the owner of the tables; then the application's role may in."""

from typing import Any

from django.conf import settings
from django.core.management.commands import migrate
from django.db import connections

from members.management.refusing import RefusingCommand
from members.row_security import Purpose, opened_for
from members.services import database_roles


class Command(RefusingCommand, migrate.Command):
    """Log in by `DATABASE_OWNER_URL` if there is one, and grant what the other needs."""

    def handle(self, *args: Any, **options: Any) -> None:
        # A migration that moves rows sees all of them, also where the owner obeys.
        with opened_for(Purpose.COMMAND):
            owner: dict[str, Any] | None = settings.DATABASE_OWNER
            if owner is None:
                super().handle(*args, **options)
            else:
                self._as_owner(owner, *args, **options)

    def _as_owner(self, owner: dict[str, Any], *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        application = dict(connection.settings_dict)
        connection.close()
        for part in ("USER", "PASSWORD", "HOST", "PORT"):
            connection.settings_dict[part] = owner[part]
        try:
            super().handle(*args, **options)
            database_roles.grant_to(str(application["USER"]))
        finally:
            connection.close()
            connection.settings_dict.update(application)
