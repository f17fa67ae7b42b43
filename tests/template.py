"""One database is migrated, and every process of a run copies it.

Migrating takes seconds that each process would spend anew.
"""

import os
from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django.plugin import blocking_manager_key

VARIABLE = "TUSOI_TEST_TEMPLATE"  # config.settings_test reads it


class Template:
    """Plugin of the process that leads others: it begins before they do."""

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionstart(self, session: pytest.Session) -> Iterator[None]:
        creation, named = connection.creation, connection.settings_dict["NAME"]
        with session.config.stash[blocking_manager_key].unblock():
            name = f"{named}_template"
            connection.settings_dict["TEST"]["NAME"] = name
            creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            connection.close()
        os.environ[VARIABLE] = name
        self.named = named
        yield

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Iterator[None]:
        yield
        with session.config.stash[blocking_manager_key].unblock():
            connection.creation.destroy_test_db(self.named, verbosity=0)
