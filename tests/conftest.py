"""What every test gets. Worlds that only some tests share stand beside those tests."""

import gc
import os
import shutil
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.db import connection
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone, translation

from members.http import CONFIRMED_AT
from tests import emptying, restricted, template

# Playwright keeps an event loop running in the thread of the tests, in which Django
# would refuse every query from the first browser test on.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# How long an example takes says nothing on a machine that others share.
hypothesis.settings.register_profile("shared machine", deadline=None)
hypothesis.settings.load_profile("shared machine")


@receiver(user_logged_in)
def password_was_typed(request: HttpRequest, **_kwargs: object) -> None:
    """`force_login` passes by the page on which whoever comes in types the password."""
    request.session[CONFIRMED_AT] = timezone.now().timestamp()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """After a test with real commits Django empties all tables, the log as well.

    So in the database of the tests these triggers sleep; tests/members/test_log.py
    wakes them. What keeps rows from being changed or deleted stays awake.
    """
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in ("event", "loghead", "logseal", "sealedhead"):
            cursor.execute(
                f"ALTER TABLE members_{table}"
                f" DISABLE TRIGGER members_{table}_no_truncate"
            )
        restricted.make_roles()
        emptying.empty_by_deleting(connection)


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """Each test begins in Vietnamese: a request leaves its own language active."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.deactivate()


@pytest.fixture
def english() -> Iterator[None]:
    """The language of the source, in which sentences are compared."""
    with translation.override("en"):
        yield


def pytest_configure(config: pytest.Config) -> None:
    restricted.let_tasks_work_as_workers()
    # Queries and pages leave millions of short-lived objects behind: to look for cycles
    # as often as Python does by itself takes a sixth of the time of all tests.
    gc.set_threshold(200_000, 20, 20)
    is_led = hasattr(config, "workerinput")
    if config.getoption("numprocesses", None) and not is_led:
        config.pluginmanager.register(template.Template())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "page" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any],
) -> dict[str, Any]:
    """Debian's chromium without its windows; as root it has no sandbox, in a container no large /dev/shm."""
    return {
        **browser_type_launch_args,
        "executable_path": shutil.which("chromium-headless-shell"),
        "args": ["--no-sandbox", "--disable-dev-shm-usage", "--disable-quic"],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_context_args,
        "locale": "vi-VN",
        "timezone_id": "Asia/Ho_Chi_Minh",
    }
