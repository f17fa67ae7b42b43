"""Every page in every state is in one language: what is seen, and what is read out."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import chain

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import CharField, JSONField, Model, TextField

from tests.e2e.conftest import two_districts
from tests.e2e.states import STATES, client_at

APPS = ("members", "campaigns", "reviews", "reports")
OURS = [each for name in APPS for each in apps.get_app_config(name).get_models()]
VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
# Words that only an English interface writes.
ENGLISH = re.compile(
    r"\b(the|of|and|reports?|members?|units?|assessed|download|log in|sent|year)\b",
    re.I,
)
# What a help text gives as an example of what to type.
QUOTED = re.compile("“[^”]*”")
DASHES = "---------"  # for the choice of nothing, where Django is left to itself
WRONG = {"vi": ENGLISH, "en": VIETNAMESE}
# Names of the site, of languages, of regulations, of bodies that are called by theirs.
OWN_NAMES = (
    "Tự Soi",
    "Tiếng Việt",
    "English",
    "Hồ Chí Minh",
    "QĐ/TW",
    "QĐ – ",
    "ĐA – ",
    "(đảng đoàn)",
    "(ban cán sự đảng)",
)
SAID = ("aria-label", "data-label", "title", "alt", "placeholder")


class Texts(HTMLParser):
    """What a page says, in its text and in the attributes that are read or shown."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.is_code = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_code = tag in {"script", "style", "template"}
        self.said += [value for name, value in attrs if name in SAID and value]

    def handle_endtag(self, tag: str) -> None:
        self.is_code = False

    def handle_data(self, data: str) -> None:
        if not self.is_code:
            self.said += data.splitlines()


def typed() -> list[str]:
    """All that somebody has typed into a row, and the own names; the longest first."""
    texts = {*OWN_NAMES, *chain.from_iterable(map(texts_of, OURS))}
    return sorted(texts, key=len, reverse=True)


def texts_of(model: type[Model]) -> set[str]:
    """The words in Vietnamese that the rows of a model hold, line by line."""
    columns = [
        column.name
        for column in model._meta.local_concrete_fields
        if isinstance(column, CharField | TextField | JSONField) and not column.choices
    ]
    if not columns:
        return set()
    values = chain.from_iterable(model._base_manager.values_list(*columns))
    lines = chain.from_iterable(each.splitlines() for each in strings_in([*values]))
    return {line.strip() for line in lines if VIETNAMESE.search(line)}


def strings_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from strings_in([*value.values()])
    elif isinstance(value, list):
        for each in value:
            yield from strings_in(each)


class Reader:
    """Reads pages in one language; what was typed is read anew only where it has to."""

    def __init__(self, language: str) -> None:
        self.is_foreign = WRONG[language].search
        self.own: list[str] = []
        self.sound: set[str] = set()

    def lines_in_another_language(self, page: str) -> list[str]:
        said = {*Texts(page).said} - self.sound
        suspect = {line for line in said if self.is_foreign(QUOTED.sub(" ", line))}
        wrong = self._foreign_beside_own(suspect)
        if wrong:
            self.own = typed()
            wrong = self._foreign_beside_own(wrong)
        self.sound |= said - wrong
        return sorted(line.strip() for line in wrong)

    def _foreign_beside_own(self, lines: set[str]) -> set[str]:
        return {line for line in lines if self.is_foreign(without(line, self.own))}


def without(line: str, own: list[str]) -> str:
    rest = QUOTED.sub(" ", line)
    for text in own:
        rest = rest.replace(text, " ")
    return rest


def mixed_in(states: list[str], language: str) -> dict[str, list[str]]:
    """What is said in another language, by state; each page says once which it speaks."""
    site = two_districts("")
    reader, mixed, silent = Reader(language), {}, {}
    for state in states:
        client = client_at(state, site)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        answer = client.get(STATES[state](site))
        page = answer.content.decode()
        mixed[state] = reader.lines_in_another_language(page)
        if page.count(f'<html lang="{language}"') != 1:
            silent[state] = (answer.status_code, answer.headers.get("Location"))
        assert DASHES not in page, state

    assert silent == {}
    return {state: lines for state, lines in mixed.items() if lines}


# Every second state in one language, the others in the other; all in both take longer.
BY_TURNS = {"vi": list(STATES)[::2], "en": list(STATES)[1::2]}


@pytest.mark.django_db
@pytest.mark.parametrize("language", BY_TURNS)
def test_every_page_speaks_one_language(language):
    assert mixed_in(BY_TURNS[language], language) == {}


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("language", BY_TURNS)
def test_every_page_speaks_either_language_in_every_state(language):
    assert mixed_in(list(STATES), language) == {}
