"""Two roles: one owns the tables, the other answers pages."""

import logging

import pytest
from django.core import checks as messages
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import OperationalError, connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.urls import reverse

from config.postgresql.base import DatabaseWrapper
from members import checks
from members.policy import Role
from members.row_security import Purpose, asker
from members.services import database_roles
from members.services.database_roles import SecondLock
from tests.factories import MemberFactory, PostFactory, UnitFactory
from tests.restricted import restricted

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("table", database_roles.REFUSED)
def test_the_role_of_the_application_changes_nothing_in_the_log(table):
    for act in database_roles.REFUSED[table].split(", "):
        statement = {
            "INSERT": f"INSERT INTO {table} DEFAULT VALUES",
            "UPDATE": f"UPDATE {table} SET id = id",
            "DELETE": f"DELETE FROM {table}",
            "TRUNCATE": f"TRUNCATE {table}",
        }[act]
        with (
            restricted(),
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_no_role_but_the_owner_takes_the_lock_off():
    with (
        restricted(),
        pytest.raises(ProgrammingError, match="must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("ALTER TABLE members_member DISABLE ROW LEVEL SECURITY")


@pytest.mark.parametrize(
    ("lock", "told"),
    [
        (SecondLock.HELD, []),
        (SecondLock.ABSENT, [(messages.Info, "members.I001")]),
        (SecondLock.LOOSE, [(messages.Warning, "members.W001")]),
        (SecondLock.PASSED, [(messages.Error, "members.E001")]),
    ],
)
def test_the_check_before_a_site_is_opened_says_what_holds(monkeypatch, lock, told):
    monkeypatch.setattr(database_roles, "second_lock", lambda: lock)

    found = checks.second_lock()

    assert [(type(each), each.id) for each in found] == told


def test_a_site_is_checked_before_it_has_a_server(monkeypatch):
    def away():
        raise OperationalError

    monkeypatch.setattr(database_roles, "second_lock", away)

    assert checks.second_lock() == []


def test_a_site_does_not_start_without_a_lock_that_it_should_have(monkeypatch, caplog):
    caplog.set_level(logging.INFO)

    with pytest.raises(database_roles.NoSecondLock, match="SECOND_LOCK_REQUIRED"):
        database_roles.demand_second_lock(required=True)
    database_roles.demand_second_lock(required=False)
    with restricted():
        database_roles.demand_second_lock(required=True)
    monkeypatch.setattr(connection, "vendor", "sqlite")
    database_roles.demand_second_lock(required=True)

    assert [record.levelname for record in caplog.records] == [
        "WARNING",
        "INFO",
        "INFO",
    ]


@pytest.fixture
def migrated(monkeypatch):
    """As whom and for what Django's own command ran, and who was let in."""
    seen = []
    monkeypatch.setattr(connection, "close", lambda: None)
    monkeypatch.setattr(
        migrate.Command,
        "handle",
        lambda *_args, **_options: seen.append(
            (connection.settings_dict["USER"], asker().purpose)
        ),
    )
    monkeypatch.setattr(database_roles, "grant_to", seen.append)
    return seen


def test_migrations_run_as_the_owner_who_then_lets_the_other_in(migrated, settings):
    own = connection.settings_dict["USER"]
    settings.DATABASE_OWNER = {
        **connection.settings_dict,
        "USER": "owner",
    }

    call_command("migrate")

    assert migrated == [("owner", Purpose.COMMAND), own]
    assert connection.settings_dict["USER"] == own


def test_without_an_owner_of_its_own_a_site_migrates_as_its_one_role(migrated):
    call_command("migrate")

    assert migrated == [(connection.settings_dict["USER"], Purpose.COMMAND)]


def test_a_page_tells_the_server_a_few_times_as_whom_it_asks(monkeypatch):
    """Each is a statement without a table; none is for each row."""
    cell = UnitFactory()
    MemberFactory(cell=cell)
    secretary = PostFactory(unit=cell, role=Role.SECRETARY)
    client = Client()
    client.force_login(secretary.account)
    client.get(reverse("members:member_list"))  # the first notes the session
    told = []
    tell = DatabaseWrapper._tell

    def count(wrapper, asker):
        told.append(asker.purpose)
        tell(wrapper, asker)

    monkeypatch.setattr(DatabaseWrapper, "_tell", count)
    client.get(reverse("members:member_list"))

    # Whose session it is; how many there are; the lines.
    assert told == [Purpose.COMING_IN, None, Purpose.RECORD, None]
