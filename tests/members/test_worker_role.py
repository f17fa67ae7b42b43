"""The role of the workers: it does its tasks, and that is all it may do."""

import pytest
from celery import shared_task
from celery.signals import worker_init
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection, transaction
from django.db.utils import ProgrammingError

import config.celery
from members import checks
from members.models import Account, Event, Member
from members.row_security import Purpose, asked_by, opened_for
from members.services import database_roles
from members.services.database_roles import (
    READ_IN_PART_BY_WORKERS,
    SecondLock,
    written_by_workers,
)
from tests.factories import AccountFactory, MemberFactory, PostFactory, UnitFactory
from tests.restricted import WORKER, value_of, working

pytestmark = pytest.mark.django_db

ACTS = ("INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
SECRETS = {
    "django_session": ("session_key", "session_data"),
    "members_account": ("password",),
    "members_accountsession": ("session_id",),
    "members_authenticator": ("seed",),
    "members_codecard": ("codes",),
    "members_oidclink": ("subject",),
    "members_passkey": ("credential", "public_key"),
    "members_slip": ("code_hash",),
}
# What a worker writes of the app that holds what was written and decided of people:
# how far it is with a workbook that it reads.
OF_REVIEWS = {"reviews_resultsimport": {"UPDATE"}}


@shared_task
def who_works() -> str:
    return str(value_of("SELECT current_user")[0][0])


def tables() -> list[str]:
    return sorted(
        name
        for (name,) in value_of(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        )
    )


def allowed(table: str) -> set[str]:
    """What the role may do to a table, beside reading it."""
    return {
        act
        for act in ACTS
        if value_of("SELECT has_table_privilege(%s, %s, %s)", WORKER, table, act)[0][0]
        or (
            act in {"INSERT", "UPDATE"}
            and value_of(
                "SELECT has_any_column_privilege(%s, %s, %s)", WORKER, table, act
            )[0][0]
        )
    }


def columns_read(table: str) -> set[str]:
    found = value_of(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
        " AND NOT attisdropped AND has_column_privilege(%s, attrelid, attnum, 'SELECT')",
        table,
        WORKER,
    )
    return {name for (name,) in found}


def test_tasks_of_all_tests_are_done_in_it():
    assert who_works() == WORKER


def test_it_writes_what_is_named_and_nothing_else():
    may = {table: acts for table in tables() if (acts := allowed(table))}

    assert may == {
        table: set(acts.split(", ")) for table, acts in written_by_workers().items()
    }


def test_who_asks_by_it_sees_what_the_posts_reach():
    cell = UnitFactory()
    mine = MemberFactory(cell=cell)
    MemberFactory(cell=UnitFactory())
    clerk = PostFactory(unit=cell).account

    with working(), asked_by(clerk.pk):
        assert list(Member.objects.all()) == [mine]
        assert list(Event.objects.all()) == []


def test_it_writes_no_review_and_no_account():
    reviews = [
        model._meta.db_table for model in apps.get_app_config("reviews").get_models()
    ]

    assert {table: allowed(table) for table in reviews if allowed(table)} == OF_REVIEWS
    for table in ("members_account", "members_post", "members_accountsession"):
        assert allowed(table) == set()


def test_it_reads_no_secret():
    for table, columns in READ_IN_PART_BY_WORKERS.items():
        assert columns_read(table) == set(columns), table
    for table, columns in SECRETS.items():
        for column in columns:
            with (
                working(),
                pytest.raises(ProgrammingError, match="permission denied"),
                transaction.atomic(),
            ):
                value_of(f"SELECT {column} FROM {table}")


def test_every_column_that_lets_somebody_in_is_a_secret():
    """A new table of this kind has to be named, or a worker would read it."""
    named = (
        "password",
        "seed",
        "codes",
        "code_hash",
        "public_key",
        "session_key",
        "session_data",
        "credential",
        "name_hash",
    )
    found = {
        (table, column)
        for table in tables()
        for column in columns_read(table)
        if column in named
    }

    assert found == set()


def test_an_account_is_read_without_its_password():
    account = AccountFactory()
    assert Account.objects.get(pk=account.pk).password == account.password

    with working(), opened_for(Purpose.JOB):
        read = Account.objects.get(pk=account.pk)

    assert (read.login, read.password) == (account.login, "")
    assert not read.check_password("")


def test_a_connection_that_has_logged_in_as_it_names_no_password(kept):
    connection.settings_dict["IS_WORKER"] = True

    assert '"password"' not in str(Account.objects.order_by("pk").query)


def test_the_second_lock_holds_for_it():
    with working():
        assert database_roles.second_lock() is SecondLock.HELD


@pytest.mark.parametrize(
    "task", sorted(each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values())
)
def test_it_does_what_the_clock_asks_for(task):
    config.celery.app.autodiscover_tasks(force=True)

    config.celery.app.tasks[task]()


# ---- How it comes to it ----------------------------------------------------


@pytest.fixture
def worker(settings):
    settings.DATABASE_WORKER = {
        **connection.settings_dict,
        "USER": WORKER,
        "IS_WORKER": True,
    }
    return settings.DATABASE_WORKER


@pytest.fixture
def kept(monkeypatch):
    """The settings of the connection, which stays open."""
    before = dict(connection.settings_dict)
    monkeypatch.setattr(connection, "close", lambda: None)
    yield before
    connection.settings_dict.clear()
    connection.settings_dict.update(before)


def test_a_worker_that_starts_logs_in_as_it(worker, kept):
    worker_init.send(sender=None)

    assert connection.settings_dict["USER"] == WORKER
    assert connection.settings_dict["IS_WORKER"]


def test_without_such_a_role_workers_log_in_as_pages_do(settings, kept):
    settings.DATABASE_WORKER = None

    worker_init.send(sender=None)

    assert connection.settings_dict == kept


@pytest.mark.parametrize("has_owner", [True, False])
def test_migrations_let_it_in(worker, kept, settings, monkeypatch, has_owner):
    let_in = []
    monkeypatch.setattr(migrate.Command, "handle", lambda *_args, **_options: None)
    monkeypatch.setattr(database_roles, "grant_to", lambda role: None)
    monkeypatch.setattr(database_roles, "grant_to_worker", let_in.append)
    settings.DATABASE_OWNER = dict(connection.settings_dict) if has_owner else None

    call_command("migrate")

    assert let_in == [WORKER]


def test_being_let_in_again_takes_back_what_it_had_beyond():
    value = "SELECT has_table_privilege(%s, 'reviews_decision', 'INSERT')"
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT ALL ON reviews_decision TO {WORKER}")
    assert value_of(value, WORKER) == [(True,)]

    database_roles.grant_to_worker(WORKER)

    assert value_of(value, WORKER) == [(False,)]


def test_the_check_before_a_site_is_opened_says_where_it_is_missing(
    settings, monkeypatch
):
    settings.DATABASE_WORKER = None
    assert [each.id for each in checks.worker_role()] == ["members.I002"]

    settings.DATABASE_WORKER = {"USER": WORKER}
    assert checks.worker_role() == []

    settings.DATABASE_WORKER = None
    monkeypatch.setattr(connection, "vendor", "sqlite")
    assert checks.worker_role() == []
