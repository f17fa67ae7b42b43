"""Each state that changed went a way that the tables have, by whom they name.

Source: docs/rules/steps.md.
"""

from collections.abc import Callable, Iterator, Set

from reviews import remediation
from reviews.steps import BALLOT, FILE, REQUEST, REVIEW, TURN, Table, Who, by_whom
from tests.reviews.histories.rows import Change, Row, Rows
from tests.reviews.histories.step import Step
from tests.reviews.histories.world import CELLS, COMMITTEES, World

ABOVE = {"C1": "G", "C2": "G", "G": "H", "Z": "H", "H": "H"}
Names = Set[str]
Stands = Callable[[World, Rows, Row], dict[Who, Names]]


def by_the_tables(world: World, rows: Rows, step: Step) -> Iterator[object]:
    """Yield each state that changed otherwise than a table has it."""
    for change in step.changes:
        if change.model in MOVES and change.after:
            column, table, stands = MOVES[change.model]
            if column in change.columns:
                roles = stands(world, rows, change.before or change.after)
                yield from _faults(change, column, table, roles, step.who)
    for change in step.of("RemediationPlan"):
        if change.before and change.after and "state" in change.columns:
            yield from _plan_moved(change.before, change.after)


def _faults(
    change: Change, column: str, table: Table, roles: dict[Who, Names], who: str
) -> Iterator[object]:
    assert change.after
    after = change.after[column]
    if change.before is None:
        makers = {each for line in table if not line.states and after in line.to
                  for each in line.by}  # fmt: skip
    else:
        makers = set(by_whom(table, change.before[column], after))
    if not any(who in roles.get(each, ()) for each in makers):
        before = change.before and change.before[column]
        yield f"{who} brought {change.model} {change.pk} from {before} to {after}"


def _plan_moved(before: Row, after: Row) -> Iterator[object]:
    if not any(
        before["state"] in line.states
        and after["state"] == line.to
        and bool(before["member_id"]) in line.of
        for line in remediation.TABLE
    ):
        yield f"plan {before['id']} from {before['state']} to {after['state']}"


def _code(world: World, unit: int) -> str:
    return next(code for code, each in world.units.items() if each.pk == unit)


def holders(code: str) -> list[str]:
    """Return who holds a post at a unit."""
    if code in COMMITTEES:
        return list(COMMITTEES[code])
    return [name for name, role in CELLS[code].items() if role]


def _of_person(world: World, person: int) -> dict[Who, Names]:
    name = world.name_of(person)
    keepers = set(holders(world.cell_of(name)))
    others = keepers - {name}
    return {
        Who.AUTHOR: keepers | {name},
        Who.ANSWERER: others,
        Who.KEEPER: others,
        Who.PERSON: {name},
    }


def _reviewed(world: World, _rows: Rows, row: Row) -> dict[Who, Names]:
    return _of_person(world, row["id"])


def _at_turn(world: World, rows: Rows, row: Row) -> dict[Who, Names]:
    roles = _of_person(world, row["participant_id"])
    if row["state"] == "WAITING" and row["meeting_id"] is None:
        # Everybody is called up at once, also who keeps the meeting.
        roles[Who.KEEPER] = roles[Who.KEEPER] | _called_by(world, row)
    return roles


def _called_by(world: World, row: Row) -> Names:
    return set(holders(world.cell_of(world.name_of(row["participant_id"]))))


def _of_report(world: World, _rows: Rows, row: Row) -> dict[Who, Names]:
    code = _code(world, row["unit_id"])
    return {
        Who.AUTHOR: set(holders(code)),
        Who.ANSWERER: set(holders(ABOVE[code])),
    }


def _of_round(world: World, rows: Rows, row: Row) -> dict[Who, Names]:
    tellers = {
        world.name_of(each["participant_id"])
        for each in rows.state["Teller"].values()
        if each["meeting_id"] == row["meeting_id"]
    }
    entered = {
        name
        for name, account in world.accounts.items()
        if account.pk == row["entered_by_id"]
    }
    meeting = rows.state["Meeting"][row["meeting_id"]]
    keepers = set(holders(_code(world, meeting["unit_id"])))
    return {
        Who.KEEPER: keepers,
        Who.TELLER: tellers,
        Who.OTHER_TELLER: tellers - entered,
    }


def _of_file(world: World, _rows: Rows, row: Row) -> dict[Who, Names]:
    committee = set(holders(_code(world, row["goes_to_id"])))
    sender = {
        name
        for name, account in world.accounts.items()
        if account.pk == row["sent_by_id"] and row["unit_id"] != row["goes_to_id"]
    }
    return {
        Who.CELL: set(holders(_code(world, row["unit_id"]))),
        Who.COMMITTEE: committee,
        Who.DECIDER: committee - sender,
    }


def _of_request(world: World, _rows: Rows, row: Row) -> dict[Who, Names]:
    name = world.name_of(row["participant_id"])
    committee = set(holders(_code(world, row["goes_to_id"])))
    return {Who.PERSON: {name}, Who.COMMITTEE: committee - {name}}


MOVES: dict[str, tuple[str, Table, Stands]] = {
    "Ballot": ("state", BALLOT, _of_round),
    "CampaignBody": ("report_state", REVIEW, _of_report),
    "LevelRequest": ("state", REQUEST, _of_request),
    "Participant": ("review_state", REVIEW, _reviewed),
    "ReviewOccasion": ("state", TURN, _at_turn),
    "UnitFile": ("state", FILE, _of_file),
}
