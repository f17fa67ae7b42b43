"""The plan of a scenario as values, and how its file states them. Pure.

Each part says whether it was published or is chosen.
"""

from dataclasses import dataclass
from datetime import date

from campaigns.steps import Step, window_of
from reviews.scenarios.tables import Table

FORMATS = ("SELF_CRITICISM", "SEMINAR", "STUDY")  # `Campaign.Format`
ROLES = ("PLAN", "DIRECTIVE", "BASIS", "STUDY")  # `PlanDocument.Role`
BODIES = ("AUTHORITY", "FATHERLAND_FRONT", "MASS_ORGANISATION")  # `CampaignBody.Kind`


@dataclass(frozen=True, slots=True)
class Document:
    """A paper; `dated_on` is a date as far as it is known, "" where it is not."""

    key: str
    role: str
    title: str
    number: str
    dated_on: str
    issuer: str
    kind: str  # one of `tables.KINDS`


@dataclass(frozen=True, slots=True)
class Content:
    """A content item with its sub-items; `documents` are keys."""

    text: str
    below: tuple[str, ...]
    documents: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Task:
    """A task; without a day it stands."""

    text: str
    due_on: date | None
    body: str
    kind: str


@dataclass(frozen=True, slots=True)
class Body:
    """A collective outside the Party."""

    body: str
    name: str
    headcount: int
    kind: str


@dataclass(frozen=True, slots=True)
class Span:
    """A phase (`name` is its step) or a peak (its occasion)."""

    name: str
    from_on: date
    last_day: date
    expected: str
    kind: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What a campaign planned."""

    study_topic: str
    focus: str
    formats: tuple[str, ...]
    documents: tuple[Document, ...]
    contents: tuple[Content, ...]
    tasks: tuple[Task, ...]
    bodies: tuple[Body, ...]
    phases: tuple[Span, ...]
    peaks: tuple[Span, ...]


def read(year: int, table: Table) -> Plan:
    """Return the plan that a scenario's file states.

    Raises: BadScenario, with the first key that is wrong.
    """
    plan = Plan(
        study_topic=_text(table, "study_topic"),
        focus=_text(table, "focus"),
        formats=table.texts("formats"),
        documents=table.rows("documents", _document),
        contents=table.rows("contents", _content),
        tasks=table.rows("tasks", _task),
        bodies=table.rows("bodies", _body),
        phases=table.rows("phases", _phase),
        peaks=table.rows("peaks", _peak),
    )
    if not set(plan.formats) <= set(FORMATS):
        table.refuse("formats", "name one that there is not")
    keys = {document.key for document in plan.documents}
    for at, content in enumerate(plan.contents):
        if not set(content.documents) <= keys:
            table.refuse(f"contents.{at}.documents", "name one that is missing")
    first, last = window_of(year)
    for name, spans in (("phases", plan.phases), ("peaks", plan.peaks)):
        for at, span in enumerate(spans):
            if not first <= span.from_on <= span.last_day <= last:
                table.refuse(f"{name}.{at}", "lies outside the year, or ends too early")
    return plan


def _text(table: Table, name: str) -> str:
    return table.text(name) if name in table else ""


def _document(table: Table) -> Document:
    return Document(
        key=table.text("key"),
        role=table.one_of("role", ROLES),
        title=table.text("title"),
        number=_text(table, "number"),
        dated_on=_text(table, "dated_on"),
        issuer=_text(table, "issuer"),
        kind=table.kind(),
    )


def _content(table: Table) -> Content:
    return Content(
        text=table.text("text"),
        below=table.texts("below"),
        documents=table.texts("documents"),
        kind=table.kind(),
    )


def _task(table: Table) -> Task:
    return Task(
        text=table.text("text"),
        due_on=table.day("due_on") if "due_on" in table else None,
        body=_text(table, "body"),
        kind=table.kind(),
    )


def _body(table: Table) -> Body:
    return Body(
        body=table.one_of("body", BODIES),
        name=table.text("name"),
        headcount=table.number("headcount"),
        kind=table.kind(),
    )


def _phase(table: Table) -> Span:
    return Span(
        name=table.one_of("step", [step.value for step in Step]),
        from_on=table.day("from_on"),
        last_day=table.day("last_day"),
        expected="",
        kind=table.kind(),
    )


def _peak(table: Table) -> Span:
    return Span(
        name=table.text("occasion"),
        from_on=table.day("from_on"),
        last_day=table.day("last_day"),
        expected=table.text("expected"),
        kind=table.kind(),
    )
