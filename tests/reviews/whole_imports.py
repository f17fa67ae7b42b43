"""A district to be imported, and what shows that nothing was written."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection
from django.utils.translation import override

from reviews.services.importing import ResultsNotImportable
from tests.small_worlds import DISTRICT, DISTRICT_PEOPLE, contents


def district(**people: str):
    return contents(DISTRICT, people or DISTRICT_PEOPLE)


def everything() -> dict[str, list[tuple]]:
    """Every row of every table."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(model._meta.db_table for model in apps.get_models()):
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
            found[table] = [tuple(map(str, row)) for row in cursor.fetchall()]
    return found


def refusal(act: Callable[[], object]) -> str:
    before = everything()
    with override("en"), pytest.raises(ResultsNotImportable) as refused:
        act()
    assert everything() == before
    return str(refused.value)
