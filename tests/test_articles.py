"""docs/articles.md names pages and commands that there are, and scenarios that load."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.core.management import get_commands
from django.urls import URLPattern, URLResolver, get_resolver

from reviews import scenarios

PAGE = Path(__file__).resolve().parent.parent / "docs" / "articles.md"
TEXT = PAGE.read_text(encoding="utf-8")
NO_PAGES = {"PLEDGES"}  # an area of the policy


def names_of(resolver: URLResolver, within: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            yield f"{within}{each.name}"
        else:
            namespace = f"{each.namespace}:" if each.namespace else ""
            yield from names_of(each, within + namespace)


def missing_in(text: str) -> set[str]:
    """What the text names in code quotes and there is not."""
    there = {*names_of(get_resolver()), *NO_PAGES}
    missing = set()
    for name in re.findall(r"`([^`/ ]+)`", text):
        if name not in there:
            missing.add(name)
    for command, argument in re.findall(r"`manage\.py (\w+) ?([\w-]*)`", text):
        if command not in get_commands():
            missing.add(command)
        if command == "load_scenario" and argument not in scenarios.names():
            missing.add(argument)
    return missing


def test_every_page_and_command_of_the_articles_exists():
    assert missing_in(TEXT) == set()


def test_a_name_that_is_not_there_is_found():
    text = "`work:programme`, `work:faith`, `manage.py praise`, `manage.py load_scenario x`"
    assert missing_in(text) == {"work:faith", "praise", "x"}


def test_every_row_of_a_table_says_where():
    rows = [line for line in TEXT.splitlines() if line.startswith("|")]
    told = [row for row in rows if not row.startswith(("|---", "| What it says"))]
    assert len(told) > 80
    assert [row for row in told if "`" not in row and "not stored" not in row] == []
