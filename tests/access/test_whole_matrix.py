"""Every address × every actor × every object of both districts × GET and POST.

What the cases do not say follows from them: an object that stands above or beside the
unit of a post, or elsewhere, is out of its scope; one that stands to the post as the
object of a case does is answered as that. A post that has ended, or not begun, gives
nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from members.models import Post
from tests.access import districts
from tests.access import world as worlds
from tests.access.addresses import address, ask_and_take_back, has_object
from tests.access.cases import CASES, EVERYONE, Case
from tests.access.world import District, World

pytestmark = [pytest.mark.django_db, pytest.mark.long]

METHODS = ("get", "post")
ADDRESSES = sorted({case.name for case in CASES})
SUFFIXES = tuple(suffix for suffix, *_ in districts.UNITS)
# Where the posts of the actors stand. The others have none in this district, or none
# that counts.
PLACES = {name: suffix for name, (_role, suffix) in worlds.POSTS.items()} | {
    "overdue clerk": ""
}
CLOSED = ".G.3"  # takes nobody and no post, and is left open where no case names it
ANSWERED = {200, 302, 409, 422}
FITS = {
    frozenset({True}): ANSWERED,
    frozenset({False}): {404},
    frozenset({True, False}): ANSWERED | {404},
}
# What is the account's own, whatever posts it has.
OF_THE_ACCOUNT = {"members:session_end", "members:passkey_remove"}


@dataclass(frozen=True)
class Question:
    """One object at an address, asked by one method."""

    name: str
    method: str
    suffix: str  # of the object's unit, or how a case calls it
    path: str
    case: Case | None  # None: no case is about this object


def questions(name: str, district: District) -> Iterator[Question]:
    """Yield an address with each object that it could name, by both methods."""
    declared = [case for case in CASES if case.name == name]
    paths = {_suffix(case): case.path for case in declared}
    _label, *rest = declared[0].path.split(" ")
    if has_object(declared[0]) and rest:
        paths |= {
            suffix: " ".join([*declared[0].path.split(" ")[:-1], suffix])
            for suffix in SUFFIXES
            if suffix not in paths
        }
    known = set()
    for suffix, path in paths.items():
        try:
            at = address(Case(name, path, set()), district)
        except (KeyError, ObjectDoesNotExist):  # there is none at this unit
            if suffix in map(_suffix, declared):
                raise
            continue
        if at in known:  # there is but one, wherever one looks for it
            continue
        known.add(at)
        for method in METHODS:
            case = next(
                (c for c in declared if (c.path, c.method) == (path, method)), None
            )
            yield Question(name, method, suffix, at, case)


def _suffix(case: Case) -> str:
    return case.path.split(" ")[-1] if " " in case.path else "-"


def relation(place: str, suffix: str) -> str:
    """Return how an object of a unit stands to the unit of a post."""
    if suffix not in SUFFIXES:
        return suffix
    if suffix == place:
        return "own"
    if suffix.startswith(f"{place}."):
        return "below"
    return "above" if place.startswith(f"{suffix}.") else "beside"


@cache
def reached(name: str, method: str, actor: str) -> dict[str, set[bool]]:
    """Return by relation what the cases say of an actor at an address."""
    found: dict[str, set[bool]] = {}
    for case in CASES:
        if (case.name, case.method) == (name, method):
            how = relation(PLACES[actor], _suffix(case))
            found.setdefault(how, set()).add(actor in case.seen_by)
    return found


def expected(question: Question, actor: str) -> set[int]:
    """Return the answers that fit."""
    if question.method not in {c.method for c in CASES if c.name == question.name}:
        return {405}
    case = question.case
    if case and actor in case.sent_on:
        return {302}
    if case:
        return {case.status if actor in case.seen_by else 404}
    return FITS[frozenset(_said(question, actor))]


def _said(question: Question, actor: str) -> set[bool]:
    """Return whether the actor gets through to such an object; both if it is open."""
    how = relation(PLACES[actor], question.suffix) if actor in PLACES else "elsewhere"
    if how in {"above", "beside", "elsewhere"}:
        return {False}
    if question.suffix == CLOSED:
        return {True, False}
    return reached(question.name, question.method, actor).get(how, {True, False})


@pytest.mark.parametrize("name", ADDRESSES)
def test_every_object_of_the_district_is_answered_by_where_it_stands(world, name):
    clients = {actor: world.client_of(actor) for actor in EVERYONE}
    wrong = {}
    for question in questions(name, world.a):
        for actor, client in clients.items():
            found = ask_and_take_back(client, question.method, question.path)
            if found not in expected(question, actor):
                wrong[question.method, question.suffix, actor] = found

    assert wrong == {}


@pytest.mark.parametrize("name", ADDRESSES)
def test_nothing_of_another_district_is_reached(world, name):
    clients = {
        actor: world.client_of(actor) for actor in EVERYONE if actor != "other clerk"
    }
    asked = questions(name, world.b) if _names_an_object(name) else ()
    wrong = {
        (question.method, question.suffix, actor): found
        for question in asked
        for actor, client in clients.items()
        if (found := ask_and_take_back(client, question.method, question.path))
        not in {404, 405}
    }

    assert wrong == {}


def _names_an_object(name: str) -> bool:
    return has_object(next(case for case in CASES if case.name == name))


PAST_AND_FUTURE = {
    "past": lambda: {"ended_at": timezone.now()},
    "future": lambda: {"from_on": timezone.localdate() + timedelta(days=2)},
}


@pytest.mark.parametrize("term", PAST_AND_FUTURE)
@pytest.mark.parametrize("actor", PLACES)
def test_a_post_out_of_its_term_gives_nothing(world: World, actor, term):
    client = world.client_of(actor)
    Post.objects.filter(account=world.accounts[actor]).update(
        planned_until=None, **PAST_AND_FUTURE[term]()
    )
    wrong = {}
    for name in set(ADDRESSES) - OF_THE_ACCOUNT:
        for question in questions(name, world.a):
            # Whoever runs the machine has no post either.
            found = ask_and_take_back(client, question.method, question.path)
            if found not in expected(question, "technical"):
                wrong[name, question.method, question.suffix] = found

    assert wrong == {}
