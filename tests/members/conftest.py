"""What several tests of the registry share."""

import pytest
from django.db import ConnectionHandler

from members import bulk
from members.models import Member, PartyUnit, Post
from tests.factories import DistrictFactory, GrassrootsFactory, UnitFactory


@pytest.fixture
def district():
    """A with the committees G and H; G has the cells 1 and 2, H the cell 3."""
    a = DistrictFactory(code="A")
    g = GrassrootsFactory(code="G", parent=a)
    h = GrassrootsFactory(code="H", parent=a)
    made = {"A": a, "G": g, "H": h}
    for code, parent in (("1", g), ("2", g), ("3", h)):
        made[code] = UnitFactory(code=code, parent=parent)
    return made


@pytest.fixture
def sqlite(monkeypatch, db):
    """The same functions on a SQLite in memory that has the tables they need."""
    options = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
    connection = ConnectionHandler({"default": options})["default"]
    with connection.schema_editor() as editor:
        for model in (Member, PartyUnit, Post):
            editor.create_model(model)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys=OFF")
    monkeypatch.setattr(bulk, "connection", connection)
    yield connection
    connection.close()
