"""The world that all tests of access look at."""

from collections.abc import Iterator

import pytest
import weasyprint
from django.db import transaction
from django.http import HttpResponseNotFound

from config import urls
from config.middleware import refused
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


@pytest.fixture
def bare_answers(monkeypatch) -> None:
    """Who gets through is asked thousands of times: no page says no, no PDF is drawn.

    What a page that is not found says stands in `test_matrix.py`; what a document
    says, in the tests of that document; that a refusal is noted, in `test_refused.py`.
    """

    def not_found(request, exception):
        return HttpResponseNotFound()

    monkeypatch.setattr(urls, "handler404", not_found, raising=False)
    monkeypatch.setattr(refused, "note_refused", lambda **_: None)
    monkeypatch.setattr(weasyprint.HTML, "write_pdf", lambda *_, **__: b"%PDF-")
