"""What a form does to the database, and what it must not do when more is sent with it.

A page is opened as a browser would, its forms are filled in and sent: once as they are,
once with every column of every model that the form does not offer. The database must
look the same afterwards.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models, transaction
from django.test import Client
from django.utils import timezone

from tests import roll_books
from tests.access import districts
from tests.access.page_forms import Field, PageForm, forms_of, links_of
from tests.reviews import result_books

APPS = ("members", "campaigns", "reviews", "reports")
# What a form needs that its page cannot show. A day of last month fits everywhere.
TYPED = {
    "document": "QĐ 7, ngày 5/9/2026",
    "reason": "Theo quyết định",
    "old": districts.PASSWORD,
    "password": "mot-mat-khau-khac-han",
    "again": "mot-mat-khau-khac-han",
    "full_name": "Lê Thị Hoa",
    "code": "A.G.2-2",
    "ordinal": "26",
    "number": "7",
    "value": "7",
    "year": "2021",
    "campaign_code": "A-2021",
    "until": f"{timezone.localdate() + timedelta(days=30):%d/%m/%Y}",
    "last_on": "31/12/2018",
    "email": "dong.chi@example.vn",
}
ALSO_TYPED = {"case_number": "12-KT"}  # needed by some, so not marked as required
# Never sent: the key that lets a form act once would make of two posts one.
LEFT_OUT = {"once", "csrfmiddlewaretoken"}
# A browser leaves them out, who wants to break in does not.
ALSO_POSTED = ("id", "pk", "created_by", "status", "unit", "version")

State = dict[tuple[str, int], dict[str, Any]]


@dataclass(frozen=True)
class Sent:
    """What came of one post: the status, where it led, and all rows after it."""

    status: int
    to: str
    rows: State


@dataclass(frozen=True)
class Difference:
    """Columns that another post changed, and what each was answered."""

    columns: set[tuple[str, int, str]]
    plain: tuple[int, str]
    hostile: tuple[int, str]


@dataclass
class Filled:
    """A form of a page, ready to be sent."""

    path: str
    data: dict[str, Any]
    offered: set[str]


def forms_at(client: Client, path: str) -> list[Filled]:
    """Return the forms that post to the page's own address, filled in.

    Where a page lets one choose first, the first choice of each kind is followed.
    """
    filled, waiting = [], [path]
    while waiting:
        page = waiting.pop()
        response = client.get(page)
        if response.status_code != 200 or response.streaming:
            continue
        mine = [
            form
            for form in forms_of(response)
            if form.action in {"", path, page} and set(form.fields) - LEFT_OUT
        ]
        filled += [_filled(form, page) for form in mine]
        if not mine:
            waiting += _choices(response, page)
    return filled


def _choices(response: Any, page: str) -> Iterator[str]:
    """Every act that can be chosen, and the first row of each other choice."""
    bare, known = page.split("?")[0], dict(parse_qsl(urlsplit(page).query))
    seen = set()
    for link in links_of(response):
        if not link.startswith("?"):
            continue
        added = [pair for pair in parse_qsl(link[1:]) if pair[0] not in known]
        key = next((name for name, _value in added if name != "q"), None)
        if key and (key == "act" or key not in seen):
            seen.add(key)
            yield f"{bare}{link}"


def _filled(form: PageForm, page: str) -> Filled:
    data = {
        name: _value(field, page)
        for name, field in form.fields.items()
        if name not in LEFT_OUT
    }
    return Filled(
        path=page,
        data={name: value for name, value in data.items() if value},
        offered=set(form.fields) | form.buttons,
    )


def _value(field: Field, page: str) -> Any:
    if field.kind == "file":
        book = roll_books if "roll" in page else result_books
        content = book.book_of(*([roll_books.row("M1")] if book is roll_books else []))
        return SimpleUploadedFile("a.xlsx", content)
    if field.name in ALSO_TYPED:
        return ALSO_TYPED[field.name]
    last_month = timezone.localdate() - timedelta(days=30)
    return field.filled(TYPED.get(field.name, f"{last_month:%d/%m/%Y}"))


def send(client: Client, path: str, data: dict[str, Any]) -> Sent:
    """Send a form, look at all rows, and take back what it did."""
    cookies = deepcopy(client.cookies)
    files = [value for value in data.values() if isinstance(value, SimpleUploadedFile)]
    for file in files:
        file.seek(0)
    with taken_back():
        response = client.post(path, data)
        found = Sent(response.status_code, response.headers.get("Location", ""), rows())
    client.cookies = cookies
    return found


@contextmanager
def taken_back() -> Iterator[None]:
    """Leave nothing behind, and let the next rows get the same numbers again."""
    with transaction.atomic():
        _same_numbers()
        yield
        transaction.set_rollback(True)


def _same_numbers() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'),"
                f" greatest(900000, (SELECT max(id) FROM {table})))"
                for table in tables()
            )
        )


def rows() -> State:
    """Return all rows of our tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{table}', id, row_to_json(t)::text FROM {table} t"
                for table in tables()
            )
        )
        return {(table, pk): json.loads(row) for table, pk, row in cursor.fetchall()}


def columns_that_differ(one: State, other: State) -> set[tuple[str, int, str]]:
    """Return table, number and column of whatever is not the same."""
    return {
        (*key, column)
        for key in one.keys() | other.keys()
        for column in one.get(key, {}).keys() | other.get(key, {}).keys()
        if one.get(key, {}).get(column) != other.get(key, {}).get(column)
    }


@cache
def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in APPS]


@cache
def tables() -> list[str]:
    return [model._meta.db_table for model in our_models()]


def not_offered(offered: set[str], *, touched: set[str]) -> dict[str, Any]:
    """Return a value for each column that a form does not offer.

    Where models share the name of a column, it fits the model that the form writes.
    """
    values: dict[str, Any] = dict.fromkeys(ALSO_POSTED, "77")
    by_relevance = sorted(our_models(), key=lambda model: _table(model) in touched)
    for model in by_relevance:
        for column in model._meta.concrete_fields:
            value = _other_value(column)
            values |= {column.name: value, column.attname: value}
    return {name: value for name, value in values.items() if name not in offered}


def _table(model: type[models.Model]) -> str:
    return model._meta.db_table


@cache
def _other_value(column: "models.Field[Any, Any]") -> str:
    """A value that the column takes, and that no row of the world has."""
    if column.is_relation:
        assert column.related_model
        last = column.related_model._base_manager.order_by("pk").last()
        return str(last.pk) if last else "1"
    if column.choices:
        return str([value for value, _label in column.flatchoices][-1])
    for kind, value in (
        (models.BooleanField, "on"),
        (models.DateTimeField, "2001-02-03 04:05"),
        (models.DateField, "03/02/2001"),
        (models.JSONField, '{"a": 1}'),
        (models.IntegerField, "77"),
    ):
        if isinstance(column, kind):
            return value
    return "2001"  # a text, a code, a day that is known in part
