"""Due process holds in random histories: people go through the pages of a review.

In each step somebody opens an address, with an object that may be another's, and sends
the form that is there; or an old form once more; or one without having seen the page.
After it the law of `tests/reviews/histories/law.py` holds.
Source: docs/security.md, G13.
"""

from collections.abc import Iterator
from random import Random

import pytest
from django.db import transaction

from members.policy import Actor
from reviews.models import Remark
from reviews.queries import remarks as remark_queries
from reviews.services import deciding, proposing
from reviews.services import remarks as remark_services
from tests.reviews.histories import world as worlds
from tests.reviews.histories.due import Move
from tests.reviews.histories.every import Every, not_met
from tests.reviews.histories.step import Broken
from tests.reviews.histories.walk import Plan, fault_of, shortest, walk
from tests.reviews.histories.world import World

pytestmark = pytest.mark.django_db
STEPS, MOST = 60, 8  # of one short history, and how many there are at most
LONG_STEPS, LONG = 200, (5, 20)
# What the log tells of a review from its first word to the answer to a request.
PROCESS = {
    "ballots.entered", "ballots.locked", "ballots.opened",
    "decisions.decided", "level_notices.given", "level_requests.filed",
    "meetings.called_up", "meetings.tellers_named",
    "occasions.noted", "occasions.replied", "occasions.reviewed",
    "proposals.received", "proposals.recorded", "proposals.sent",
    "self_reviews.begun", "self_reviews.confirmed", "self_reviews.sent",
}  # fmt: skip
# And on the ways beside it.
BESIDE = {
    "ballots.corrected", "collective_reports.begun", "collective_reports.confirmed",
    "collective_reports.returned", "collective_reports.sent",
    "collective_reports.stated", "collective_reports.suggested",
    "collective_turns.noted", "collective_turns.reviewed",
    "level_requests.received", "levels.kept", "levels.revised",
    "occasions.left", "occasions.stated", "proposals.returned",
    "remediation.accepted", "remediation.given", "remediation.item_added",
    "remediation.minuted", "remediation.named", "remediation.opened",
    "remediation.sent", "self_reviews.answer_judged", "self_reviews.returned",
    "self_reviews.suggested",
}  # fmt: skip
TO_THE_DECISION = ("proposal_list", "proposal_send", "file_receive", "decision_add")
IN_Z = set(worlds.CELLS["Z"])


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker) -> Iterator[World]:
    """The world, made once; each history is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)


@pytest.fixture
def world(built, db) -> World:
    return built


def walked(
    world: World,
    random: Random,
    every: Every,
    *,
    steps: int,
    numbers: tuple[int, int],
    wanted: set[str],
) -> set[str]:
    """Walk until everything wanted was done once; return what was done.

    `numbers`: how many walks at least, and at most.
    """
    done: set[str] = set()
    acts: set[str] = set()
    fewest, most = numbers
    for number in range(1, most + 1):
        plan = Plan.of(random, steps, done=done)
        try:
            history = walk(world, plan, every)
        except Broken as broken:
            pytest.fail(_told(world, plan, broken))
        done |= history.done
        acts |= history.acts
        if wanted <= acts and number >= fewest:
            break
    return acts


def _told(world: World, plan: Plan, first: Broken) -> str:
    """Tell a fault by as few steps as are found to have it."""
    fewest, found = shortest(world, plan)
    notes = "\n".join(getattr(found or first, "__notes__", ()))
    return f"{found or first}\n{len(fewest.seeds)} steps:\n{notes}"


def test_due_process_holds_in_random_histories(world):
    every = Every(share=0.04)
    random = Random("G13")

    acts = walked(world, random, every, steps=STEPS, numbers=(1, MOST), wanted=PROCESS)

    assert acts >= PROCESS
    assert every.tries > 20


@pytest.mark.long
@pytest.mark.parametrize("part", range(8))
def test_due_process_holds_in_long_histories(world, part):
    """Of each part some walks; more as long as something was never done in it."""
    random, every = Random(f"G13.{part}"), Every(share=0.02)

    acts = walked(
        world, random, every, steps=LONG_STEPS, numbers=LONG, wanted=PROCESS | BESIDE
    )

    assert acts >= PROCESS | BESIDE


@pytest.mark.long
def test_everybody_tries_every_act_from_every_state(world):
    """Illegal ones change nothing; docs/rules/steps.md has those that are not."""
    every = Every()
    random = Random("every")

    for _number in range(20):
        walk(world, Plan.of(random, 100), every)
        if not not_met(every):
            break

    assert not_met(every) == set()
    assert every.done > 20


# ---- Holes that are made on purpose ----------------------------------------


def found(world: World, who: set[str], *wanted: str) -> str:
    """Walk where the hole is; return the rule that does not hold any more."""

    def is_wanted(move: Move) -> bool:
        return move.who in who and move.name in wanted

    random = Random("a hole")
    for _number in range(3):
        broken = fault_of(world, Plan.of(random, 30, wanted=is_wanted))
        if broken:
            return broken.rule
    return ""


def test_a_remark_that_the_person_does_not_read_is_noticed(world, monkeypatch):
    monkeypatch.setattr(remark_queries, "turns_read", lambda *_: [])

    rule = found(world, {"deputy of Z"}, "turn_call", "turn_edit")

    assert rule == "every published remark is read by the person"


def test_a_reply_that_is_taken_away_is_noticed(world, monkeypatch):
    def write(occasion, said):
        Remark.objects.filter(occasion=occasion).delete()
        written(occasion, said)

    written = remark_services._write
    monkeypatch.setattr(remark_services, "_write", write)

    rule = found(world, IN_Z, "turn_call", "turn_edit", "turn_reply")

    assert rule == "what stands is never changed, and never goes"


def test_who_decides_on_what_they_sent_is_noticed(world, monkeypatch):
    hold = deciding._hold_files

    def as_somebody_else(unit, files, _actor):
        return hold(unit, files, Actor(account_id=None, member_id=None))

    monkeypatch.setattr(deciding, "_hold_files", as_somebody_else)

    rule = found(world, {"neighbour"}, *TO_THE_DECISION)

    assert rule == "who sent a file does not decide on it"


@pytest.mark.long
def test_a_level_for_somebody_who_has_not_read_what_is_noted_is_noticed(
    world, monkeypatch
):
    monkeypatch.setattr(proposing, "_demand_read", lambda people: None)

    rule = found(world, IN_Z, "turn_call", "turn_save", *TO_THE_DECISION)

    assert rule == "a decision comes after what was said was read"
