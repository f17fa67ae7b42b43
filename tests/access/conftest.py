"""The world that all tests of access look at."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.access import world as worlds
from tests.access.world import World


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker) -> Iterator[World]:
    """The world, made once: hundreds of tests look at it, each in a savepoint."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)


@pytest.fixture
def world(built, db) -> World:
    return built
