"""Due process, checked after each step from the rows and by the pages of the person.

Source: docs/rules/review-meetings.md, ballots.md, decisions.md, notices.md.
"""

import html
from collections.abc import Callable, Iterator

from django.urls import reverse

from reviews import models
from tests.reviews.histories.moves import by_the_tables
from tests.reviews.histories.rows import Change, Row, Rows
from tests.reviews.histories.step import Broken, Step
from tests.reviews.histories.world import CELLS, COMMITTEES, World

DONE, REFUSED = (302, 204), (404, 405, 409, 422)
ANSWERS = (200, *DONE, *REFUSED)
# What never goes, and which columns of it may still be written.
KEPT: dict[str, set[str]] = {
    "BodyDecision": set(),
    "BodyDecisionLine": set(),
    "CollectiveReportAnswer": set(),
    "CollectiveReportStatement": set(),
    "CollectiveReportText": set(),
    "CollectiveSaidVersion": set(),
    "CollectiveSuggestion": {"judgement", "judgement_note", "judged_at"},
    "Decision": {"breach_reason"},  # of one that answers several people
    "DecisionLine": set(),
    "LevelNotice": {"asked_again"},
    "LevelRequest": {"state", "received_at", "received_by_id", "version"},
    "LevelRevision": set(),
    "RemediationCheck": set(),
    "RemediationStep": set(),
    "ReviewSuggestion": {"judgement", "judgement_note", "judged_at"},
    "SaidVersion": set(),
    "SelfReviewAnswer": set(),
    "SelfReviewStatement": set(),
    "SelfReviewText": set(),
}
ANSWERED = {"state", "answered_at", "answered_by_id", "reason", "version"}
SPOKEN = ("REMARK", "ANSWER", "COMMENT")


Rule = Callable[[World, Rows, Step], Iterator[object]]


def demand(world: World, rows: Rows, step: Step) -> None:
    """Check everything that a step could have broken.

    Raises: Broken.
    """
    if step.status not in ANSWERS:
        raise Broken("an answer of the site", step.status)
    if step.changes and step.status not in DONE:
        raise Broken("what is refused, or only read, changes nothing", step.changes[:3])
    if step.changes:
        for name, rule in RULES.items():
            for fault in rule(world, rows, step):
                raise Broken(name, fault)


# ---- What stays ------------------------------------------------------------


def _is_kept(_world: World, rows: Rows, step: Step) -> Iterator[object]:
    for each in step.changes:
        allowed = _allowed(rows, each)
        if allowed is not None and not each.columns <= allowed:
            yield each


def _allowed(rows: Rows, change: Change) -> set[str] | None:
    """Return the columns that may be others now; None: all of them."""
    row, model = change.before, change.model
    if row is None:
        return None
    if model == "UnitFile" and row["state"] != "DRAFT":
        return ANSWERED
    stands = {
        "Ballot": lambda: row["state"] == "LOCKED",
        "BallotLine": lambda: _is_locked(rows, row["ballot_id"]),
        "NamedPerson": lambda: row["answered_at"],
        "Proposal": lambda: rows.state["UnitFile"][row["file_id"]]["sent_at"],
        "Remark": lambda: row["kind"] == "REPLY",
    }
    if model in stands:
        return set() if stands[model]() else None
    return KEPT.get(model)


def _is_locked(rows: Rows, ballot: int) -> bool:
    """Tell of a line that changed whether its round was locked, now or before."""
    return bool(rows.state["Ballot"].get(ballot, {}).get("state") == "LOCKED")


# ---- What is said of somebody ----------------------------------------------


def _corrected_with_a_reason(_world: World, rows: Rows, step: Step) -> Iterator[object]:
    """What was published is another only with a version of what stood there."""
    published = {
        each.pk: each.before
        for each in step.of("ReviewOccasion")
        if each.before and each.before["state"] == "REVIEWED"
    }
    unpublished = [
        pk
        for pk in published
        if rows.state["ReviewOccasion"].get(pk, {}).get("state") != "REVIEWED"
    ]
    spoken = [
        each.before["occasion_id"]
        for each in step.of("Remark")
        if each.before and each.before["kind"] in SPOKEN
    ]
    versions = {row["occasion_id"]: row for row in step.new("SaidVersion")}
    touched = {pk for pk in (*spoken, *unpublished) if _was_published(rows, step, pk)}
    for pk in sorted(touched):
        if _said_before(rows, step, pk) == _said(rows, pk) and pk not in unpublished:
            continue
        kept = versions.get(pk)
        if kept is None or not kept["reason"]:
            yield f"turn {pk} changed without a version"
        elif _of_version(kept) != _said_before(rows, step, pk):
            yield f"the version of turn {pk} is not what stood there"


def _was_published(rows: Rows, step: Step, occasion: int) -> bool:
    for each in step.of("ReviewOccasion"):
        if each.pk == occasion and each.before:
            return bool(each.before["state"] == "REVIEWED")
    return bool(rows.state["ReviewOccasion"][occasion]["state"] == "REVIEWED")


def _in_words(remarks: list[Row]) -> list[tuple[str, str, str]]:
    ordered = sorted(remarks, key=lambda row: (row["kind"], row["position"]))
    return [(row["kind"], row["text"], row["critic"]) for row in ordered]


def _said(rows: Rows, occasion: int) -> list[tuple[str, str, str]]:
    return _in_words(_spoken_at(rows, occasion))


def _spoken_at(rows: Rows, occasion: int) -> list[Row]:
    return [
        row
        for row in rows.state["Remark"].values()
        if row["occasion_id"] == occasion and row["kind"] in SPOKEN
    ]


def _said_before(rows: Rows, step: Step, occasion: int) -> list[tuple[str, str, str]]:
    touched = {each.pk for each in step.of("Remark")}
    stood = [row for row in _spoken_at(rows, occasion) if row["id"] not in touched]
    gone = [
        each.before
        for each in step.of("Remark")
        if each.before
        and each.before["occasion_id"] == occasion
        and each.before["kind"] in SPOKEN
    ]
    return _in_words(stood + gone)


def _of_version(version: Row) -> list[tuple[str, str, str]]:
    single = (("ANSWER", version["answer"]), ("COMMENT", version["comment"]))
    remarks = [("REMARK", text, critic) for text, critic in version["remarks"]]
    return [*((kind, text, "") for kind, text in single if text), *remarks]


def _is_read_by_the_person(world: World, rows: Rows, step: Step) -> Iterator[object]:
    """Each published remark, its versions and what was stated stand on the own page."""
    turns = {row["occasion_id"] for row in _after(step, "Remark")}
    turns |= {row["id"] for row in _after(step, "ReviewOccasion")}
    turns |= {row["occasion_id"] for row in step.new("SelfReviewStatement")}
    people: dict[int, list[str]] = {}
    for pk in sorted(turns):
        turn = rows.state["ReviewOccasion"][pk]
        people.setdefault(turn["participant_id"], []).extend(_texts_of(rows, turn))
    for person, texts in people.items():
        page = _own_page(world, person)
        yield from (
            f"{world.name_of(person)} does not read {text!r}"
            for text in texts
            if html.escape(text) not in page
        )


def _after(step: Step, model: str) -> Iterator[Row]:
    return (each.after for each in step.of(model) if each.after)


def _texts_of(rows: Rows, turn: Row) -> Iterator[str]:
    pk = turn["id"]
    if turn["state"] == "REVIEWED":
        yield from (
            row["text"]
            for row in rows.state["Remark"].values()
            if row["occasion_id"] == pk
        )
    for row in rows.state["SaidVersion"].values():
        if row["occasion_id"] == pk:
            yield row["reason"]
            yield from (text for text, _critic in row["remarks"])
    for row in rows.state["SelfReviewStatement"].values():
        if row["occasion_id"] == pk and row["leaves_out"]:
            yield row["leaves_out"]


def _own_page(world: World, participant: int) -> str:
    address = reverse("reviews:self_review_detail", args=[participant])
    page = world.client(world.name_of(participant)).get(address)
    if page.status_code != 200:
        raise Broken("each reads the own page", page.status_code)
    return page.content.decode()


def _may_be_answered(world: World, rows: Rows, step: Step) -> Iterator[object]:
    """Who reads what was said for the first time has the time to reply to it."""
    for each in step.of("ReviewOccasion"):
        now, before = each.after, each.before or {}
        if not now or now["state"] != "REVIEWED" or before.get("state") == "REVIEWED":
            continue
        name = world.name_of(now["participant_id"])
        if not _replies(world, name, each.pk):
            yield f"{name} cannot reply to what was said"


def _replies(world: World, name: str, occasion: int) -> bool:
    address = reverse("reviews:turn_reply", args=[occasion])
    most = models.Remark.objects.filter(occasion=occasion, kind="REPLY").count() >= 20
    with world.taking_back():
        answer = world.client(name).post(address, {"text": "Tôi xin nói thêm"})
    return most or answer.status_code == 302


def _decided_after_it_was_read(
    _world: World, rows: Rows, step: Step
) -> Iterator[object]:
    """No level while something is written of the person that they have not read."""
    for line in step.new("DecisionLine"):
        for turn in rows.state["ReviewOccasion"].values():
            mine = turn["participant_id"] == line["participant_id"]
            if mine and turn["state"] != "REVIEWED" and _spoken_at(rows, turn["id"]):
                yield f"turn {turn['id']} was not published before the decision"


def _nothing_is_said_afterwards(
    _world: World, rows: Rows, step: Step
) -> Iterator[object]:
    """What could not be answered any more is not said any more."""
    decided = {row["participant_id"] for row in rows.state["DecisionLine"].values()} - {
        row["participant_id"] for row in step.new("DecisionLine")
    }
    for each in step.of("Remark"):
        row = each.after or each.before
        if row and row["kind"] in SPOKEN:
            turn = rows.state["ReviewOccasion"][row["occasion_id"]]
            if turn["participant_id"] in decided:
                yield each


# ---- Who does it -----------------------------------------------------------


def _nobody_acts_on_themselves(
    world: World, rows: Rows, step: Step
) -> Iterator[object]:
    own = step.account.member_id
    if own is None:
        return
    members = {each.pk: each.member_id for each in world.people.values()}
    for each in step.changes:
        row = each.after or each.before or {}
        for person in _judged(rows, each, row):
            if members.get(person) == own:
                yield f"{step.who} acts on themselves: {each.model} {each.pk}"


def _judged(rows: Rows, change: Change, row: Row) -> Iterator[int]:
    """Return on whom a row is an act of somebody else."""
    model = change.model
    if model in ("DecisionLine", "LevelRevision", "ReviewSuggestion"):
        yield row["participant_id"]
    if model == "LevelRequest" and change.before is not None:
        yield row["participant_id"]
    is_said = model == "Remark" and row["kind"] in SPOKEN
    if is_said or model in ("SelfReviewStatement", "SaidVersion"):
        yield rows.state["ReviewOccasion"][row["occasion_id"]]["participant_id"]
    if model == "ReviewOccasion" and change.before and change.columns - {"position"}:
        yield row["participant_id"]
    if model == "SelfReviewAnswer":
        text = rows.state["SelfReviewText"][row["text_id"]]
        review = rows.state["SelfReview"][text["self_review_id"]]
        yield review["participant_id"]


def _senders_do_not_decide(_world: World, rows: Rows, step: Step) -> Iterator[object]:
    files = rows.state["UnitFile"]
    for line in step.new("DecisionLine"):
        for proposal in rows.state["Proposal"].values():
            file = files[proposal["file_id"]]
            is_his = proposal["participant_id"] == line["participant_id"]
            if not is_his or file["state"] not in ("RECEIVED", "DECIDED"):
                continue
            if file["unit_id"] == file["goes_to_id"]:
                continue  # a grassroots cell decides itself
            if file["sent_by_id"] == step.account.pk:
                yield f"{step.who} sent file {file['id']} and decides on it"


# ---- Levels, requests, ballots ---------------------------------------------


def _levels_have_their_decision(
    _world: World, _rows: Rows, step: Step
) -> Iterator[object]:
    decided = {row["participant_id"]: row["level"] for row in step.new("DecisionLine")}
    decided |= {
        row["participant_id"]: row["level"] for row in step.new("LevelRevision")
    }
    for each in step.of("Participant"):
        is_other = "level" in each.columns and each.after is not None
        if is_other and decided.get(each.pk) != each.after["level"]:
            yield f"the level of {each.pk} is another without a decision"


def _requests_reach_the_committee(
    world: World, _rows: Rows, step: Step
) -> Iterator[object]:
    """Read by the committee at once, by no cell; moved by the committee alone."""
    codes = {unit.pk: code for code, unit in world.units.items()}
    for row in step.new("LevelRequest"):
        committee = codes[row["goes_to_id"]]
        address = reverse("reviews:request_detail", args=[row["id"]])
        for name in COMMITTEES[committee]:
            if world.client(name).get(address).status_code != 200:
                yield f"{name} does not read request {row['id']}"
        cell = world.cell_of(world.name_of(row["participant_id"]))
        for name in world.keepers_of(cell):
            if world.client(name).get(address).status_code != 404:
                yield f"{name} of the cell reads request {row['id']}"
    for each in step.of("LevelRequest"):
        if each.before and step.who not in COMMITTEES[codes[each.before["goes_to_id"]]]:
            yield f"{step.who} touches request {each.pk}"


def _ballots_add_up(world: World, rows: Rows, step: Step) -> Iterator[object]:
    for row in _after(step, "Ballot"):
        if not row["issued"] >= row["returned"] == row["valid"] + row["invalid"]:
            yield row
        if row["state"] == "COUNTING":
            continue
        if row["state"] == "LOCKED" and row["entered_by_id"] == row["confirmed_by_id"]:
            yield f"round {row['id']} is locked by who entered it"
        for line in rows.state["BallotLine"].values():
            if line["ballot_id"] == row["id"] and _votes(line) != row["valid"]:
                yield line
        secretaries = {world.accounts[world.keepers_of(code)[0]].pk for code in CELLS}
        if {row["entered_by_id"], row["confirmed_by_id"]} & secretaries:
            yield f"a secretary counts round {row['id']}"


def _votes(line: Row) -> int:
    return sum(
        count
        for name, count in line.items()
        if name not in ("id", "ballot_id", "occasion_id", "valid")
    )


RULES: dict[str, Rule] = {
    "what stands is never changed, and never goes": _is_kept,
    "what is published changes with a version and a reason": _corrected_with_a_reason,
    "every published remark is read by the person": _is_read_by_the_person,
    "what is published can be replied to": _may_be_answered,
    "a decision comes after what was said was read": _decided_after_it_was_read,
    "nothing is said once the level is decided": _nothing_is_said_afterwards,
    "nobody acts on themselves": _nobody_acts_on_themselves,
    "who sent a file does not decide on it": _senders_do_not_decide,
    "a level has its decision": _levels_have_their_decision,
    "a request passes the cell by": _requests_reach_the_committee,
    "ballots add up and are locked by two": _ballots_add_up,
    "every state changes by the tables": by_the_tables,
}
