"""docs/security.md names code and tests that exist; and headers of every answer."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from config.passwords import Argon2idHasher

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs/security.md").read_text("utf-8")
FOLDERS = "tests|members|campaigns|reviews|reports|config|deploy"
NAMED = re.compile(rf"`((?:{FOLDERS})/[\w./-]*)(?:::(\w+))?`")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def missing_in(page: str) -> list[str]:
    """The files and tests that a page names and nobody has."""
    found = []
    for path, test in NAMED.findall(page):
        file = ROOT / path
        is_there = file.exists() and (
            not test or f"def {test}(" in file.read_text("utf-8")
        )
        found += [] if is_there else [f"{path}::{test}" if test else path]
    return found


def test_the_page_names_what_exists():
    assert missing_in(PAGE) == []
    assert len(NAMED.findall(PAGE)) > 80


def test_a_name_that_nobody_has_is_found():
    page = "`tests/conftest.py`, `tests/nobody.py`, `tests/conftest.py::test_nothing`"

    assert missing_in(page) == ["tests/nobody.py", "tests/conftest.py::test_nothing"]


def test_every_property_and_measure_is_answered():
    rows = re.findall(r"^\| ([GD]\d+(?:, [GD]\d+)*) \|", PAGE, re.MULTILINE)
    answered = {name for row in rows for name in row.split(", ")}

    assert answered == {f"G{n}" for n in range(1, 17)} | {f"D{n}" for n in range(1, 31)}


def test_passwords_cost_what_the_page_says():
    costs = Argon2idHasher.memory_cost, Argon2idHasher.time_cost

    assert costs == (19 * 1024, 2)
    assert settings.AUTH_PASSWORD_VALIDATORS[0]["OPTIONS"] == {"min_length": 12}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/nobody/", "/login/", "/"])
def test_every_answer_has_the_headers(path):
    assert reverse("members:login") == "/login/"

    answer = Client().get(path)

    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
