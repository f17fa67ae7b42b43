"""Who waits for a page waits seconds; a worker or a command works as long as it takes."""

import threading

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.urls import path, reverse
from django.utils.translation import gettext, override

from config import urls
from members.policy import Role
from reviews.models import ResultsImport
from tests.clients import choose, english_client
from tests.factories import DistrictFactory, PostFactory, ResultsImportFactory
from tests.small_worlds import together

LIMITS = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
TITLE = "Somebody else is writing just now"
SLOW_TITLE = "This took too long"


def limits() -> list[str]:
    found = []
    with connection.cursor() as cursor:
        for name in LIMITS:
            cursor.execute(f"SHOW {name}")
            found += cursor.fetchone()
    return found


@pytest.fixture
def page_process(monkeypatch):
    """This thread's connection as it is in a process that answers pages."""
    connection.close()
    options = connection.settings_dict["OPTIONS"]
    limited = f"{options['options']} {settings.PAGE_LIMITS}"
    monkeypatch.setitem(options, "options", limited)
    yield
    connection.close()


@pytest.fixture
def clerk():
    return PostFactory(unit=DistrictFactory(), role=Role.CLERK)


@pytest.fixture
def client(clerk):
    client = english_client()
    client.force_login(clerk.account)
    return client


@pytest.mark.django_db(transaction=True)
def test_a_worker_and_a_command_are_not_cut_off():
    assert limits() == ["0", "0", "5min"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("page_process")
def test_a_process_that_answers_pages_waits_seconds():
    assert limits() == ["10s", "3s", "5min"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("page_process")
def test_a_page_that_waits_too_long_for_a_lock_says_so_and_stores_nothing(
    client, clerk, caplog
):
    received = ResultsImportFactory(within=clerk.unit, state="READY", digest="0" * 64)
    is_held, is_answered = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            ResultsImport.objects.select_for_update().get(pk=received.pk)
            is_held.set()
            assert is_answered.wait(30)

    def ask() -> None:
        assert is_held.wait(10)
        try:
            answers.append(
                client.post(
                    reverse("reviews:import_confirm", args=[received.pk]),
                    headers={"Referer": "http://testserver/imports/7/"},
                )
            )
        finally:
            is_answered.set()

    answers = []
    together(hold, ask)

    (answer,) = answers
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert TITLE in answer.content.decode()
    assert logged(caplog) == [("WARNING", False)]
    assert 'href="/imports/7/">Go back</a>' in answer.content.decode()
    assert ResultsImport.objects.get().state == "READY"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("page_process")
def test_a_session_that_waits_too_long_is_told_before_any_page(client, caplog):
    client.raise_request_exception = False
    is_held, is_answered = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE django_session IN ACCESS EXCLUSIVE MODE")
            is_held.set()
            assert is_answered.wait(30)

    def ask() -> None:
        assert is_held.wait(10)
        try:
            answers.append(client.get("/"))
        finally:
            is_answered.set()

    answers = []
    together(hold, ask)

    assert answers[0].status_code == 503
    assert TITLE in answers[0].content.decode()
    assert logged(caplog) == [("WARNING", False)]


def logged(caplog) -> list[tuple[str, bool]]:
    """The level of what the page itself logged, and whether there was a trace."""
    return [
        (record.levelname, record.exc_info is not None)
        for record in caplog.records
        if record.name == "config.middleware.answers"
    ]


def slow(request):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '50ms'; SELECT pg_sleep(5)")


def broken(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT nothing_of_this_name")


urlpatterns = [*urls.urlpatterns, path("slow/", slow), path("broken/", broken)]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.urls(__name__)
def test_a_statement_that_takes_too_long_is_told_in_the_language_of_the_page(
    client, language, caplog
):
    with transaction.atomic():
        choose(client, language)
        answer = client.get("/slow/")
        transaction.set_rollback(True)

    assert answer.status_code == 503
    with override(language):
        assert gettext(SLOW_TITLE) in answer.content.decode()
        assert gettext(TITLE) not in answer.content.decode()
    assert logged(caplog) == [("ERROR", True)]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_another_fault_of_the_database_is_a_fault(client):
    with transaction.atomic():
        client.raise_request_exception = False
        answer = client.get("/broken/")
        transaction.set_rollback(True)

    assert answer.status_code == 500
