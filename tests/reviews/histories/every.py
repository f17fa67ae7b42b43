"""Every act, from every state, by everybody: what the tables do not have changes nothing.

Once a walk meets something in a state that was not met before, everybody tries every
act on it, by its page or without one; each try is taken back.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from campaigns.writing import Act as Written
from reviews.steps import BALLOT, FILE, REQUEST, REVIEW, TURN, Act
from tests.reviews.histories import addresses
from tests.reviews.histories.moves import MOVES
from tests.reviews.histories.rows import Row, Rows
from tests.reviews.histories.step import Broken
from tests.reviews.histories.world import World

if TYPE_CHECKING:
    from tests.reviews.histories.walk import History

RULE = "what the tables do not have is refused"
# Of each kind of thing: its column, and by which address which acts are done.
ACTS: dict[str, dict[str, tuple[str, ...]]] = {
    "Ballot": {
        "ballot_confirm": (Act.CONFIRM,),
        "ballot_correct": (Act.CORRECT,),
        "ballot_enter": (Act.ENTER,),
    },
    "LevelRequest": {
        "request_answer": (Act.ANSWER,),
        "request_receive": (Act.RECEIVE,),
    },
    "Participant": {
        "self_review_begin": (Written.BEGIN,),
        "self_review_confirm": (Written.CONFIRM,),
        "self_review_return": (Written.RETURN,),
        "self_review_send": (Written.SEND,),
        "self_review_write": (Written.WRITE, Written.SEND),
    },
    "ReviewOccasion": {
        "turn_edit": (Act.NOTE, Act.REVIEW),
        "turn_leave": (Act.PUT_OFF,),
        "turn_reply": (Act.REPLY,),
        "turn_save": (Act.NOTE,),
    },
    "UnitFile": {
        "decision_add": (Act.DECIDE,),
        "file_receive": (Act.RECEIVE,),
        "file_return": (Act.RETURN,),
        "proposal_send": (Act.SEND,),
    },
}
OF_ITSELF = {
    "Ballot": "ballot_id",
    "LevelRequest": "level_request_id",
    "Participant": "participant_id",
    "ReviewOccasion": "occasion_id",
    "UnitFile": "file_id",
}
# Every state of these tables; a report of a collective is ACCEPTED, a person's text not.
STATES = {
    (model, state)
    for model, table in (
        ("Ballot", BALLOT),
        ("LevelRequest", REQUEST),
        ("Participant", REVIEW),
        ("ReviewOccasion", TURN),
        ("UnitFile", FILE),
    )
    for line in table
    for state in (*line.states, *line.to)
} - {("Participant", "ACCEPTED")}


@dataclass
class Every:
    """What was met so far; `share` of the tries is made, at random."""

    share: float = 1.0
    met: set[tuple[str, str]] = field(default_factory=set)
    tries: int = 0
    done: int = 0

    def look(self, history: "History") -> None:
        """Try everything on whatever is in a state that was not met before.

        Raises: Broken.
        """
        for model in ACTS:
            column = MOVES[model][0]
            for pk, row in sorted(history.rows.state[model].items()):
                if (model, row[column]) not in self.met:
                    self.met.add((model, row[column]))
                    self._everybody(history, model, pk)

    def _everybody(self, history: "History", model: str, pk: int) -> None:
        row = dict(history.rows.state[model][pk])
        random = Random(f"{model} {row[MOVES[model][0]]}")
        for name in ACTS[model]:
            for who in history.world.accounts:
                if random.random() < self.share:
                    self._try(history, model, row, name, who)

    def _try(
        self, history: "History", model: str, row: Row, name: str, who: str
    ) -> None:
        self.tries += 1
        path = _address(history.world, history.rows, name, model, row)
        random = Random(f"{who} {name}")
        trace, forms, done = list(history.trace), history.forms, set(history.done)
        with history.world.taking_back():
            sent, history.taken = len(history.trace), []
            history.visit(who, name, path, random)
            if not any(": POST " in line for line in history.trace[sent:]):
                history.send(who, path, _forged(row))
            self.done += len(history.taken)
            for change in history.taken:
                if not _has_line(history.world, history.rows, model, row, name, who):
                    raise Broken(RULE, f"{who}: {name} of {row}, {change}")
        history.rows = Rows.read()
        history.trace, history.forms, history.done = trace, forms, done


def _forged(row: Row) -> dict[str, Any]:
    """What somebody sends who knows the page, the version too, and may not open it."""
    words = dict.fromkeys(("reason", "text", "remark", "paragraph", "note"), "Nói thêm")
    return {
        **words,
        "version": str(row.get("version", 1)),
        "number": "1",
        "do": "next",
        "item-0-text": "Nói thêm",
        "level": "GOOD",
    }


def _has_line(
    world: World, rows: Rows, model: str, row: Row, name: str, who: str
) -> bool:
    column, table, stands = MOVES[model]
    roles = stands(world, rows, row)
    return any(
        line.act in ACTS[model][name]
        and row[column] in line.states
        and any(who in roles.get(each, ()) for each in line.by)
        for line in table
    )


def _address(world: World, rows: Rows, name: str, model: str, row: Row) -> str:
    found = dict(_arguments(world, rows, name, model, row))
    taken = {each: found[each] for each in addresses.names()[name]}
    return reverse(f"reviews:{name}", kwargs=taken)


def _arguments(
    world: World, rows: Rows, name: str, model: str, row: Row
) -> Iterator[tuple[str, int]]:
    yield "campaign_id", world.campaign.pk
    yield OF_ITSELF[model], row["id"]
    unit = row.get("goes_to_id" if name == "decision_add" else "unit_id")
    if model == "ReviewOccasion":
        unit = rows.state["CampaignBody"][row["body_id"]]["unit_id"]
        for meeting in rows.state["Meeting"].values():
            if meeting["unit_id"] == unit:
                yield "meeting_id", meeting["id"]
    if unit:
        yield "unit_id", rows.state["CampaignUnit"][unit]["live_unit_id"]


def not_met(every: Every) -> set[tuple[str, str]]:
    """Return the states in which nothing was tried."""
    return STATES - every.met
