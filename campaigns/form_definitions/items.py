"""Measured items as they are written in a form, and what is sent of them. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from campaigns.form_definitions.answers import Problem, clean_text, readable

TypedItem = dict[str, str]
Days = tuple[date, date]  # the first and the last

MOST_ITEMS = 60
# What may stand in each column, as it is typed.
LONGEST = {
    "text": 1000,
    "goal": 500,
    "unit_of_measure": 60,
    "due_on": 10,
    "evidence": 500,
}
MEASURES = ("TEXT", "NUMBER", "YES_NO", "DATE")
# What an item can be taken from.
SOURCES = ("criterion", "programme", "task", "last")
DAY_FORMATS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d")
# A telephone's keys for digits have no stroke. Fewer digits could be two days.
DIGITS_OF_A_DAY, DAY_IN_DIGITS = 8, "%d%m%Y"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is promised, as it is sent."""

    section: str
    text: str
    measure: str
    goal: str
    unit_of_measure: str
    due_on: date | None
    evidence: str
    source: str  # "criterion:7", or ""

    @property
    def source_id(self) -> tuple[str, int] | None:
        """The kind and number of what the item was taken from."""
        kind, _, number = self.source.partition(":")
        return (kind, int(number)) if number else None


def kept_items(
    typed: Iterable[Mapping[str, str]], sections: Iterable[str]
) -> list[TypedItem]:
    """Return the items of these sections as they are kept; an empty one stays."""
    known = set(sections)
    return [
        {
            "section": item["section"],
            "measure": _one_of(item.get("measure", ""), MEASURES),
            "source": _source(item.get("source", "")),
            **{name: clean_text(item.get(name, "")) for name in LONGEST},
        }
        for item in typed
        if item.get("section") in known
    ]


def is_empty(item: TypedItem) -> bool:
    """Tell whether nothing was written into it."""
    return not any(item[name] for name in LONGEST)


def item_problems(
    item: TypedItem, *, is_draft: bool, days: Days | None = None
) -> dict[str, Problem]:
    """Return what is wrong with one item, by column; a draft lacks nothing.

    `days` are the first and the last on which it may be due.
    """
    found = {
        name: problem
        for name, longest in LONGEST.items()
        if (problem := _unfit(item[name], longest))
    }
    if is_draft:
        return found
    for name in ("text", "goal"):
        if not item[name]:
            found[name] = Problem.MISSING
    if item["due_on"] and (problem := _due_problem(item["due_on"], days)):
        found["due_on"] = problem
    return _mismatch(item) | found


def sent_item(item: TypedItem) -> Item:
    """Return an item without problems as it is sent."""
    day = read_day(item["goal"]) if item["measure"] == "DATE" else None
    goal = f"{day:%d/%m/%Y}" if day else item["goal"]
    due_on = read_day(item["due_on"])
    return Item(**{**item, "goal": goal, "due_on": due_on})  # type: ignore[arg-type]  # of the same columns


def read_day(text: str) -> date | None:
    """Return the day that somebody wrote, None where it is none of the calendar."""
    is_digits = len(text) == DIGITS_OF_A_DAY and text.isascii() and text.isdigit()
    for written in (DAY_IN_DIGITS,) if is_digits else DAY_FORMATS:
        try:
            return datetime.strptime(text, written).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    return None


def _due_problem(text: str, days: Days | None) -> Problem | None:
    day = read_day(text)
    if day is None:
        return Problem.NO_DAY
    is_of_year = days is None or days[0] <= day <= days[1]
    return None if is_of_year else Problem.NOT_OF_YEAR


def _mismatch(item: TypedItem) -> dict[str, Problem]:
    """A number has digits in it, a day is one."""
    goal = item["goal"]
    if item["measure"] == "NUMBER" and not any(map(str.isdigit, goal)):
        return {"goal": Problem.NO_NUMBER}
    if item["measure"] == "DATE" and read_day(goal) is None:
        return {"goal": Problem.NO_DAY}
    return {}


def _unfit(text: str, longest: int) -> Problem | None:
    if len(text) > longest:
        return Problem.TOO_LONG
    return None if readable(text) else Problem.UNFIT


def _one_of(code: str, allowed: tuple[str, ...]) -> str:
    return code if code in allowed else allowed[0]


def _source(text: str) -> str:
    kind, _, number = text.partition(":")
    is_known = kind in SOURCES and number.isdecimal() and len(number) < 19
    return text if is_known else ""
