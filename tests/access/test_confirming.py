"""Every act of weight × both languages: the password first, then the act as it was sent.

Which acts there are stands in docs/rules/accounts.md § 8, and as a decorator at each.
"""

import html
import re
from functools import cache
from pathlib import Path

import pytest
import time_machine
from django.urls import get_resolver, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tests.access import posting, prepared
from tests.access.addresses import address, has_object, routes
from tests.access.cases import CASES, PARAMETERS
from tests.access.districts import PASSWORD
from tests.access.sent_forms import REFUSED
from tests.access.sent_forms import forms_of as forms_at
from tests.clients import choose, forget_password

pytestmark = pytest.mark.django_db

RULES = Path(__file__).parents[2] / "docs" / "rules" / "accounts.md"
OLD, BACK = "confirming-old", "confirming-back"


@cache
def declared() -> frozenset[str]:
    """The names of the addresses whose views are acts of weight."""
    found = set()
    for name in routes():
        view = get_resolver().resolve(sample_of(name)).func
        if getattr(view, "is_weighty", False):
            found.add(name)
    return frozenset(found)


def sample_of(name: str) -> str:
    """An address of this name, of nothing that there is."""
    route = routes()[name]
    texts = {"part_kind": "task", "extension": "pdf"}
    return reverse(
        name,
        kwargs={
            key: texts.get(key, 999999) for key in re.findall(r"<\w+:(\w+)>", route)
        },
    )


POSTS = [case for case in CASES if case.method == "post" and case.seen_by]
WEIGHTY = [
    case
    for case in {each.name: each for each in reversed(POSTS)}.values()
    if case.name in declared()
]


def test_the_rules_name_the_acts_that_ask_and_no_others():
    (section,) = re.findall(r"^## 8\..*?(?=^## |\Z)", RULES.read_text(), re.M | re.S)

    named = re.findall(r"`([\w:]+)`", section.partition("|---|")[2])
    assert sorted(named) == sorted(declared())
    assert {case.name for case in WEIGHTY} == declared()


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("case", WEIGHTY, ids=str)
def test_an_act_of_weight_asks_for_the_password_and_then_goes_on(
    world, case, language, monkeypatch
):
    prepared.ROWS.get(case.name, lambda *_: None)(world, monkeypatch)
    client = world.client_of(sorted(case.seen_by)[0])
    choose(client, language)
    with time_machine.travel(timezone.now(), tick=False):
        form = forms_at(world, case, sorted(case.seen_by)[0])[-1]
        assert all(isinstance(each, str | list) for each in form.data.values())
        done = posting.send(client, form.path, form.data)
        forget_password(client)
        before = posting.rows()

        asked = client.post(form.path, form.data)
        typed = fields_of(asked)
        wrong = client.post(form.path, typed | {OLD: ["falsch"]})
        unchanged = columns_beside_log_ins(before, posting.rows())
        right = posting.send(client, form.path, typed | {OLD: [PASSWORD]})

    assert (asked.status_code, wrong.status_code) == (422, 422)
    for page in (asked, wrong):
        assert page.templates[0].name == "members/password_again.html"
        assert fields_of(page) == typed
        with translation.override(language):
            assert _("Type your password once more") in page.text
            assert f'<html lang="{language}"' in page.text
    assert unchanged == set()
    assert (right.status, right.to) == (done.status, done.to)
    is_done = right.status in {200, 302}
    assert is_done or case.name in REFUSED, case.name
    assert acts_in(right.rows) == acts_in(done.rows)


def fields_of(page) -> dict[str, list[str]]:
    """What the page that asks would send, but for its token and the password."""
    kept = re.findall(
        r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', page.text, re.DOTALL
    )
    fields = {
        name: [html.unescape(text) for name_, text in kept if name_ == name]
        for name, _text in kept
    }
    return fields | {BACK: re.findall(rf'name="{BACK}" value="([^"]+)"', page.text)}


def columns_beside_log_ins(before, after) -> set[str]:
    """The tables that changed; a wrong password is counted, and a session noted."""
    changed = {table for table, *_ in posting.columns_that_differ(before, after)}
    return changed - {"members_failedtry", "members_accountsession"}


def acts_in(rows) -> list[tuple]:
    """What the log says was done, to what."""
    return sorted(
        (row["action"], row["subject_kind"], row["subject_id"])
        for (table, _pk), row in rows.items()
        if table == "members_event"
    )


@pytest.mark.parametrize(
    "case", [each for each in WEIGHTY if has_object(each)], ids=str
)
def test_the_question_does_not_tell_what_exists(world, case):
    client = world.client_of("other clerk")
    forget_password(client)

    existing = client.post(address(case, world.a))
    missing = client.post(sample_of(case.name))

    assert (existing.status_code, missing.status_code) == (422, 422)
    assert without_token(existing) == without_token(missing)
    assert client.get(address(case, world.a)).status_code in {404, 405}


def without_token(page) -> list[str]:
    return [
        line
        for line in page.text.splitlines()
        if "csrfmiddlewaretoken" not in line and 'name="next"' not in line
    ]


def test_every_parameter_of_an_address_has_a_sample():
    parameters = {key for r in routes().values() for key in re.findall(r":(\w+)>", r)}

    assert parameters - {"code", "extension", "part_kind"} <= PARAMETERS.keys()
