"""What is due now, and by whom: so that a walk at random gets to the end of a review.

None of it is believed: whatever is tried, the pages decide and the law is checked.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from random import Random

from django.urls import reverse

from tests.reviews.histories.rows import Row, Rows
from tests.reviews.histories.world import CELLS, COMMITTEES, World

WRITTEN = ("DRAFT", "RETURNED")
FOLLOWED = ("MINUTED", "SENT", "ACCEPTED")
# Of a plan in a state: who ("": who keeps it) does what.
STEPS = {
    "GIVEN": (("", "minute", 0.5), ("", "return", 0.1)),
    "MINUTED": (("", "send", 0.5),),
    "SENT": (("commune", "accept", 0.5), ("commune", "return", 0.1)),
}
NEW, WANTED = (
    8,
    10_000,
)  # how much heavier is what nobody has done so far, what one wants


@dataclass(frozen=True)
class Move:
    """Somebody goes to an address; the later in the process, the heavier."""

    who: str
    name: str
    arguments: tuple[int, ...]
    weight: float = 1.0

    @property
    def path(self) -> str:
        """The address, where one comes from a choice with the choice."""
        return reverse(f"reviews:{self.name}", args=self.arguments)


Wanted = Callable[[Move], bool]


def moves(world: World, rows: Rows) -> list[Move]:
    """Return what somebody may do next, as far as this file knows."""
    return [
        *_self_reviews(world, rows),
        *_reports(world, rows),
        *(each for code in world.meetings for each in _meeting(world, rows, code)),
        *_files(world, rows),
        *_notices(world, rows),
        *_requests(world, rows),
        *_remediation(world, rows),
    ]


def choose(
    world: World,
    rows: Rows,
    random: Random,
    *,
    done: Collection[str],
    wanted: Wanted | None,
) -> Move:
    """Return one of them: heavy ones, what is not `done` by now and `wanted` first."""
    found = moves(world, rows)
    weights = [
        each.weight
        * (1 if each.name in done else NEW)
        * (WANTED if wanted and wanted(each) else 1)
        for each in found
    ]
    return random.choices(found, weights)[0]


def _all(rows: Rows, model: str, **columns: object) -> list[Row]:
    """Return the rows of a model with these columns, by their numbers."""
    return [
        row
        for _pk, row in sorted(rows.state[model].items())
        if all(row[name] == value for name, value in columns.items())
    ]


def _place(world: World, code: str) -> tuple[int, int]:
    return world.campaign.pk, world.units[code].live_unit_id


def _others(world: World, code: str, name: str) -> list[str]:
    """Return who holds a post in a cell and is somebody else."""
    return [each for each in world.keepers_of(code) if each != name]


def _self_reviews(world: World, rows: Rows) -> Iterator[Move]:
    for name, known in world.people.items():
        state = rows.state["Participant"][known.pk]["review_state"]
        keepers = _others(world, world.cell_of(name), name)
        yield from _written(name, keepers, state, (known.pk,))
    for row in _all(rows, "SelfReview", acknowledged_on=None):
        if row["signed_on"]:
            who, one = world.name_of(row["participant_id"]), (row["participant_id"],)
            yield Move(who, "self_review_acknowledge", one, 0.3)
    for code in ("C1", "C2"):
        yield Move("commune", "suggestion_add", _place(world, code), 0.1)
    for row in _all(rows, "ReviewSuggestion", judgement=""):
        state = rows.state["Participant"][row["participant_id"]]["review_state"]
        if state in ("SENT", "CONFIRMED", "REVIEWED"):
            yield Move("commune", "suggestion_judge", (row["id"],), 0.3)


def _written(
    name: str, keepers: list[str], state: str, one: tuple[int, ...]
) -> Iterator[Move]:
    if state == "NONE":
        yield Move(name, "self_review_begin", one, 1)
        yield Move(keepers[0], "self_review_begin", one, 0.2)
    if state in WRITTEN:
        yield Move(name, "self_review_write", one, 0.7)
        yield Move(name, "self_review_send", one, 1)
        yield Move(name, "self_review_save", one, 0.1)
    if state == "SENT":
        for keeper in keepers:
            yield Move(keeper, "self_review_confirm", one, 1)
            yield Move(keeper, "self_review_return", one, 0.2)


def _reports(world: World, rows: Rows) -> Iterator[Move]:
    (body,) = _all(
        rows, "CampaignBody", unit_id=world.units["C1"].pk, kind="ORGANISATION"
    )
    state, one = body["report_state"], (body["id"],)
    if state == "NONE":
        yield Move("secretary", "collective_report_begin", one, 0.4)
    yield Move("commune", "collective_suggestion_add", _place(world, "G"), 0.1)
    if state in WRITTEN:
        yield Move("secretary", "collective_report_write", one, 0.4)
        yield Move("secretary", "collective_report_send", one, 0.5)
        yield Move("secretary", "collective_report_save", one, 0.1)
    if state == "SENT":
        yield Move("commune", "collective_report_confirm", one, 0.3)
        yield Move("commune", "collective_report_return", one, 0.2)
    if state in ("SENT", "CONFIRMED", "ACCEPTED"):
        yield Move("commune", "collective_report_statement", one, 0.1)
        for row in _all(rows, "CollectiveSuggestion", judgement=""):
            yield Move("commune", "collective_suggestion_judge", (row["id"],), 0.2)


def _meeting(world: World, rows: Rows, code: str) -> Iterator[Move]:
    at = (*_place(world, code), world.meetings[code].pk)
    deputy = world.keepers_of(code)[1]
    people = {world.people[name].pk for name in CELLS[code]}
    turns = [
        row for row in _all(rows, "ReviewOccasion") if row["participant_id"] in people
    ]
    voted = {row["occasion_id"] for row in rows.state["BallotLine"].values()}
    if len(turns) < len(people):
        yield Move(deputy, "turn_call", at, 3)
    if code == "C1":
        yield Move(deputy, "collective_turn", at, 0.1)
        yield Move(deputy, "collective_turn_save", at, 0.05)
    for turn in turns:
        name, one = world.name_of(turn["participant_id"]), (*at, turn["id"])
        is_reviewed = turn["state"] == "REVIEWED"
        for keeper in _others(world, code, name):
            if turn["id"] in voted:
                continue
            yield Move(keeper, "turn_edit", one, 0.15 if is_reviewed else 1.5)
            yield Move(keeper, "turn_statement", one, 0.1)
            if is_reviewed:
                yield Move(keeper, "turn_leave", one, 0.05)
            else:
                yield Move(keeper, "turn_save", one, 0.15)
        if is_reviewed:
            yield Move(name, "turn_reply", (turn["id"],), 0.2)
    yield from _ballots(world, rows, code, at, turns)


def _ballots(
    world: World, rows: Rows, code: str, at: tuple[int, ...], turns: list[Row]
) -> Iterator[Move]:
    deputy, meeting = world.keepers_of(code)[1], world.meetings[code].pk
    rounds = _all(rows, "Ballot", meeting_id=meeting)
    tellers = [
        world.name_of(row["participant_id"])
        for row in _all(rows, "Teller", meeting_id=meeting)
    ]
    if not rounds:
        yield Move(deputy, "teller_edit", at, 0.1 if tellers else 0.7)
    running = [row for row in rounds if row["state"] != "LOCKED"]
    if tellers and not running and any(row["state"] == "REVIEWED" for row in turns):
        yield Move(deputy, "ballot_open", at, 0.2 if rounds else 0.7)
    for row in running:
        for teller in tellers:
            yield Move(teller, "ballot_enter", (row["id"],), 1)
            yield Move(teller, "ballot_save", (row["id"],), 0.1)
            yield Move(teller, "ballot_draft_remove", (row["id"],), 0.05)
            if row["state"] == "ENTERED":
                yield Move(teller, "ballot_confirm", (row["id"],), 2)
    for row in rounds:
        if row["state"] == "LOCKED":
            yield Move(deputy, "ballot_correct", (row["id"],), 0.05)


def _files(world: World, rows: Rows) -> Iterator[Move]:
    for code, people in CELLS.items():
        secretary, at = world.keepers_of(code)[0], _place(world, code)
        files = _all(rows, "UnitFile", unit_id=world.units[code].pk)
        state = files[-1]["state"] if files else "RETURNED"
        above = COMMITTEES["G"] if code != "Z" else list(people)[:2]
        if state in WRITTEN:
            yield Move(secretary, "proposal_list", at, 0.7)
        if state == "DRAFT":
            yield Move(secretary, "proposal_send", at, 0.7)
        for holder in above:
            one = (files[-1]["id"],) if files else ()
            if state == "SENT":
                yield Move(holder, "file_receive", one, 2)
            if state in ("SENT", "RECEIVED"):
                yield Move(holder, "file_return", one, 0.15)
            if state == "RECEIVED":
                decider = _place(world, "Z" if code == "Z" else "G")
                yield Move(holder, "decision_add", decider, 3)


def _notices(world: World, rows: Rows) -> Iterator[Move]:
    given = {
        (row["participant_id"], row["decision_id"])
        for row in rows.state["LevelNotice"].values()
    }
    asked = {
        (row["participant_id"], row["decision_id"])
        for row in rows.state["LevelRequest"].values()
    }
    lines = [*_all(rows, "DecisionLine"), *_all(rows, "LevelRevision")]
    for row in lines:
        both = (row["participant_id"], row["decision_id"])
        name = world.name_of(both[0])
        if both not in given:
            yield Move(name, "notice_read", both, 0.3)
            secretary = world.keepers_of(world.cell_of(name))[0]
            at = _place(world, world.cell_of(name))
            yield Move(secretary, "notice_list", at, 0.2)
        if both not in asked:
            yield Move(name, "request_add", both, 0.5)
    if lines:
        for code, holder in (("H", "district"), ("G", "commune")):
            yield Move(holder, "request_paper", _place(world, code), 0.1)
            yield Move(holder, "level_reopen", _place(world, code), 0.2)


def _requests(_world: World, rows: Rows) -> Iterator[Move]:
    for row in _all(rows, "LevelRequest"):
        if row["state"] == "SENT":
            yield Move("district", "request_receive", (row["id"],), 0.7)
        if row["state"] in ("SENT", "RECEIVED"):
            yield Move("district deputy", "request_answer", (row["id"],), 1)


def _remediation(world: World, rows: Rows) -> Iterator[Move]:
    plans = _all(rows, "RemediationPlan")
    live = (world.units["C1"].live_unit_id,)
    if not any(plan["member_id"] is None for plan in plans):
        yield Move("secretary", "remediation_unit_open", live, 0.2)
    if len(plans) < len(CELLS["C1"]):
        yield Move("third", "remediation_open", (), 0.1)
        yield Move("secretary", "remediation_paper", live, 0.05)
    for plan in plans:
        yield from _plan(world, rows, plan)
    if any(plan["state"] in FOLLOWED for plan in plans):
        yield Move("secretary", "remediation_follow", live, 0.1)
    for row in _all(rows, "NamedPerson", answered_at=None):
        for name, person in world.people.items():
            if person.member_id == row["member_id"]:
                yield Move(name, "remediation_answer", (row["id"],), 0.5)


def _plan(world: World, rows: Rows, plan: Row) -> Iterator[Move]:
    one, state, of = (plan["id"],), plan["state"], plan["member_id"]
    authors = [name for name, each in world.people.items() if each.member_id == of]
    author = authors[0] if of else "secretary"
    keeper = "deputy" if author != "deputy" else "secretary"
    items = _all(rows, "RemediationItem", plan_id=plan["id"])
    if state in WRITTEN:
        yield Move(author, "remediation_item_add", one, 0.1 if items else 0.5)
        for item in items:
            act = "remediation_give" if of else "remediation_minute"
            yield Move(author if of else keeper, act, one, 0.3)
            yield Move(author, "remediation_item_edit", (item["id"],), 0.1)
            yield Move(author, "remediation_item_remove", (item["id"],), 0.02)
    for who, act, weight in STEPS.get(state, ()):
        yield Move(who or keeper, f"remediation_{act}", one, weight)
    for item in items:
        if state in FOLLOWED:
            yield Move(keeper, "remediation_check", (item["id"],), 0.1)
        yield from _concluded(plan, item)


def _concluded(plan: Row, item: Row) -> Iterator[Move]:
    if item["source"] == "CONCLUDED":
        if plan["state"] in ("SENT", "ACCEPTED"):
            yield Move("commune", "remediation_repeat", (item["id"],), 0.1)
        if plan["member_id"] is None:
            yield Move("secretary", "remediation_person_add", (item["id"],), 0.3)
