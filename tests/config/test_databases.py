"""A URL that names no database that we know is refused in a sentence."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.databases import database


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "mysql://somebody@host/name",
        "postgresql+psycopg2://host/name",
        "postgres://host:port/name",
        "postgres://u:p@[::1/name",
    ],
)
def test_what_names_no_database_is_refused_by_the_name_of_its_variable(url):
    with pytest.raises(ImproperlyConfigured, match="^OF_THE_OWNER is no address of a"):
        database(url, name="OF_THE_OWNER")


@pytest.mark.parametrize(
    ("url", "engine"),
    [
        ("postgres://u:p@host:5432/name", "config.postgresql"),
        ("sqlite:////folder/file", "django.db.backends.sqlite3"),
        ("sqlite://:memory:", "django.db.backends.sqlite3"),
    ],
)
def test_either_kind_of_database_is_known(url, engine):
    assert database(url)["ENGINE"] == engine
