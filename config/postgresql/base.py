"""PostgreSQL as Django knows it, told before each statement as whom it is asked."""

from typing import Any

from django.db.backends.postgresql import base

from members import row_security
from members.row_security import Asker

TELL = (
    "SELECT set_config('tusoi.account', %s, false),"
    " set_config('tusoi.purpose', %s, false)"
)


class DatabaseWrapper(base.DatabaseWrapper):
    """Tells the server the asker whenever it is another than it was told last.

    One short statement for a page, and one whenever a purpose begins or ends. What was
    told is forgotten with every rollback, which takes the setting back as well.
    """

    _told: Asker | None = None
    _is_rolling_back = False
    acts_as_worker = False  # one thread of the tests, beside others that answer pages

    @property
    def hides_secrets(self) -> bool:
        """Tell whether the role may not read the column of passwords."""
        return self.acts_as_worker or bool(self.settings_dict.get("IS_WORKER"))

    def init_connection_state(self) -> None:
        super().init_connection_state()
        self._told = None

    def create_cursor(self, name: str | None = None) -> Any:
        asker = row_security.asker()
        # In a transaction that failed nothing is heard but its rollback.
        if asker != self._told and not (self._is_rolling_back or self.needs_rollback):
            self._tell(asker)
        return super().create_cursor(name)

    def _tell(self, asker: Asker) -> None:
        account = "" if asker.account_id is None else str(asker.account_id)
        with self.wrap_database_errors, self.connection.cursor() as cursor:
            cursor.execute(TELL, [account, asker.purpose or ""])
        self._told = asker

    def _rollback(self) -> None:
        self._told = None
        super()._rollback()  # type: ignore[misc]  # the stubs leave it out

    def _savepoint_rollback(self, sid: str) -> None:
        self._is_rolling_back = True
        try:
            super()._savepoint_rollback(sid)  # type: ignore[misc]  # the same
        finally:
            self._is_rolling_back = False
            self._told = None
