"""Forms of pages, filled in as somebody might: fitting mostly, and at random."""

import re
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from tests.access.page_forms import Field, PageForm, forms_of, links_of
from tests.reviews.histories.world import World

Data = dict[str, Any]
LOWEST = "NOT_COMPLETED"
BLANK = "9999"  # the remark that a script adds
ONCE = "once"
DAY = re.compile(r"(^|_)on(_\d+)?$")
LATER = ("again_on", "due_on", "until_on")
WORDS = ("Còn nể nang", "Chậm báo cáo", "Đã tiếp thu", "Cần sâu sát hơn", "Đúng hẹn")
DOINGS = ("next", "next", "next", "save", "add", "remove:0")
# What the whole body of a unit counts of a meeting that decides.
PAPERS = {"present": "9", "votes_for": "7", "votes_against": "1"}
# Nobody else's: they are on every page.
EVERYWHERE = ("/language/", "/logout/", "/unlock/here/")
LEFT_OUT = "csrfmiddlewaretoken"
MUTATED = 0.12


def words(random: Random) -> str:
    """Return a sentence that no other step types."""
    return f"{random.choice(WORDS)} {random.randrange(10**9)}"


def own_forms(page: HttpResponse) -> list[PageForm]:
    """Return the forms of a page that belong to it alone."""
    return [form for form in forms_of(page) if form.action not in EVERYWHERE]


def choices_of(page: HttpResponse) -> list[str]:
    """Return where a page leads that lets one choose first."""
    return [link for link in links_of(page) if link.startswith("?")]


def filled(form: PageForm, name: str, world: World, random: Random) -> Data:
    """Return what is sent: what fits this address, sometimes with one thing wrong."""
    data: Data = {
        field.name: _value(field, random)
        for field in form.fields.values()
        if field.name != LEFT_OUT and BLANK not in field.name
    }
    FITTING.get(name, _nothing_more)(data, form, world, random)
    if random.random() < MUTATED:
        _spoil(data, form, random)
    return {key: value for key, value in data.items() if value not in (None, [])}


def _value(field: Field, random: Random) -> Any:
    if field.kind in {"hidden", "checkbox"}:
        return field.values[-1:] if field.kind == "hidden" else field.values
    if DAY.search(field.name):
        return day(field.name, random)
    if field.kind in {"select", "radio"}:
        choices = [choice for choice in field.choices if choice]
        return random.choice(choices) if choices else None
    return PAPERS.get(field.name) or _text(field, random)


def _text(field: Field, random: Random) -> Any:
    if field.kind == "textarea" and field.values and random.random() < 0.5:
        return field.values
    return words(random) if field.is_required or random.random() < 0.6 else None


def day(name: str, random: Random) -> str:
    """Return today, or a later day where one promises; rarely another."""
    away = 60 if any(part in name for part in LATER) else 0
    if random.random() < 0.05:
        away += random.choice((-400, -1, 1, 400))
    return f"{timezone.localdate() + timedelta(days=away):%d/%m/%Y}"


def _spoil(data: Data, form: PageForm, random: Random) -> None:
    """Leave one thing out, or type what does not belong there."""
    if not data:
        return
    name = random.choice(sorted(data))
    field = form.fields.get(name)
    choices = field.choices if field else []
    data[name] = random.choice(
        [None, "", "x" * 20, "-1", "1", "77", *choices[:4], "a\x00b"]
    )


def _nothing_more(_data: Data, _form: PageForm, _world: World, _random: Random) -> None:
    """The page says all that it needs."""


def _said(data: Data, form: PageForm, _world: World, random: Random) -> None:
    """One remark more, or one less, and a button."""
    data["do"] = random.choice(DOINGS)
    if "reason" in form.fields and random.random() < 0.8:
        data["reason"] = words(random)


def _counts(data: Data, form: PageForm, _world: World, random: Random) -> None:
    """Papers and lines that sum, with a winner for most people."""
    present = int((form.fields["present"].values or ["5"])[0])
    returned = present - (random.random() < 0.2)
    invalid = int(random.random() < 0.2)
    valid = returned - invalid
    data |= {
        "present": present, "issued": present, "returned": returned,
        "valid": valid, "invalid": invalid,
    }  # fmt: skip
    boxes = defaultdict(list)
    for name in form.fields:
        column, _line, pk = name.rpartition("_")
        if pk.isdigit():
            boxes[pk].append(column)
    for pk, columns in boxes.items():
        votes = dict.fromkeys(columns, 0)
        votes[random.choice(columns[:2])] += valid
        if random.random() < 0.3 and valid > 1:
            most = max(votes, key=lambda each: votes[each])
            votes[most] -= 2
            for column in random.choices(columns, k=2):
                votes[column] += 1
        data |= {f"{column}_{pk}": str(count) for column, count in votes.items()}


def _levels(data: Data, form: PageForm, _world: World, random: Random) -> None:
    """A level for most; the lowest has its reason, and no other has one."""
    for name in form.fields:
        kind, _line, pk = name.partition("_")
        if kind != "level":
            continue
        if random.random() < 0.1:
            data[name] = ""
        _reason(data, form, name, f"reason_{pk}", random)


def _reason(
    data: Data, form: PageForm, level: str, reason: str, random: Random
) -> None:
    if data.get(level) == LOWEST and reason in form.fields:
        choices = [each for each in form.fields[reason].choices if each]
        data[reason] = random.choice(choices) if choices else None
    else:
        data[reason] = None


def _exceptions(data: Data, form: PageForm, _world: World, random: Random) -> None:
    """As proposed for most, and sometimes otherwise, or later, for one."""
    for row in range(1, 6):
        for name in ("person", "level", "reason", "note"):
            data[f"{name}_{row}"] = None
    people = [each for each in form.fields["person_1"].choices if each]
    if people and random.random() < 0.4:
        levels = [each for each in form.fields["level_1"].choices if each]
        data |= {
            "person_1": random.choice(people),
            "level_1": random.choice(levels),
            "note_1": words(random),
        }
        _reason(data, form, "level_1", "reason_1", random)
    files = form.fields["files"].choices
    if len(files) > 1 and random.random() < 0.3:
        data["files"] = random.sample(files, len(files) - 1)


def _outcome(data: Data, form: PageForm, world: World, random: Random) -> None:
    _reason(data, form, "level", "reason", random)
    _code(data, form, world, random)


def _code(data: Data, form: PageForm, world: World, random: Random) -> None:
    if "code" in form.fields:
        data["code"] = random.choice(list(world.people.values())).member.code


def _statement(data: Data, _form: PageForm, _world: World, random: Random) -> None:
    if data.get("meets") == "MEETS" or random.random() < 0.1:
        data |= {"suggestion": None, "leaves_out": None, "again_on": None}
    else:
        data["leaves_out"] = words(random)


def _tellers(data: Data, form: PageForm, _world: World, random: Random) -> None:
    chosen = form.fields["others"].choices
    data["others"] = random.sample(chosen, min(len(chosen), random.choice((1, 2, 3))))


def _found(data: Data, form: PageForm, _world: World, random: Random) -> None:
    for name in form.fields:
        kind, _line, pk = name.partition("_")
        if kind == "state" and pk and random.random() < 0.4:
            data[name] = ""


def _named(data: Data, _form: PageForm, world: World, random: Random) -> None:
    data["until_on"] = None
    if random.random() < 0.7:
        person = random.choice(list(world.people.values()))
        data |= {"code": person.member.code, "name": person.full_name}
        data["organisation"] = None
    else:
        data["code"] = None


Fit = Callable[[Data, PageForm, World, Random], None]
# By the name of an address: what its form needs beyond what the page shows.
FITTING: dict[str, Fit] = {
    "ballot_enter": _counts,
    "ballot_save": _counts,
    "collective_report_statement": _statement,
    "collective_turn": _said,
    "collective_turn_save": _said,
    "decision_add": _exceptions,
    "level_reopen": _outcome,
    "proposal_list": _levels,
    "remediation_follow": _found,
    "remediation_person_add": _named,
    "request_answer": _outcome,
    "request_paper": _code,
    "teller_edit": _tellers,
    "turn_edit": _said,
    "turn_save": _said,
    "turn_statement": _statement,
}
