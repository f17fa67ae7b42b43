"""What bodies of a scenario's units did in the year, as values and as invented rows. Pure.

A file states counts, each published or chosen; `build_records` deals them out to units
and people of the scenario's tables, always in the same way.
"""

import random
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from itertools import cycle, islice

from campaigns.contents import NO_PARENT, Contents
from campaigns.vocabulary.records import record_lists
from reviews.scenarios.tables import Table

AT = ("ROOT", "BELOW")  # by a body of the root, or by those of grassroots committees
SUBJECTS = ("ORGANISATION", "MEMBER")
STATES = ("FULL", "PROBATIONARY")


@dataclass(frozen=True, slots=True)
class Term:
    """The congress term of the root."""

    ordinal: int
    name: str
    from_on: date
    document: str


@dataclass(frozen=True, slots=True)
class Dealt:
    """So many acts of one kind between two days (half-open).

    `what` and `more` are codes: kind and nothing, form and ground, title and field.
    """

    what: str
    more: str
    body: str
    at: str  # of AT
    subject: str  # of SUBJECTS
    count: int
    from_on: date
    until_on: date
    document: str


@dataclass(frozen=True, slots=True)
class StruckOff:
    """So many taken off the rolls between two days (half-open)."""

    state: str  # of STATES
    count: int
    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class Conference:
    """The summary conference of the root."""

    on: date
    chair: str
    place: str
    report: str
    conclusions: str
    delegations: tuple[tuple[str, int], ...]
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """The programme of the root: so many of its visits were planned, and not all made."""

    document: str
    done: int
    not_done: int


@dataclass(frozen=True, slots=True)
class RecordFigure:
    """A figure that the counts of records show over days: from one until before another.

    `path` is of `campaigns.figures.leaves`.
    """

    key: str
    value: int
    kind: str
    path: str
    from_on: date
    until_on: date
    remark: str


@dataclass(frozen=True, slots=True)
class Records:
    """All that a scenario states of them."""

    term: Term
    inspections: tuple[Dealt, ...]
    disciplines: tuple[Dealt, ...]
    commendations: tuple[Dealt, ...]
    struck_off: tuple[StruckOff, ...]
    conference: Conference | None
    programme: Programme | None
    figures: tuple[RecordFigure, ...]


def read_records(table: Table) -> Records:
    """Return what the table `records` of a scenario says."""
    lists = record_lists()
    return Records(
        term=table.part("term", _term),
        inspections=table.rows(
            "inspections", partial(_dealt, "kind", lists.inspection_kinds, None)
        ),
        disciplines=table.rows(
            "disciplines",
            partial(_dealt, "form", lists.discipline_forms, ("ground", lists.grounds)),
        ),
        commendations=table.rows(
            "commendations",
            partial(_dealt, "title", lists.titles, ("field", lists.fields)),
        ),
        struck_off=table.rows("struck_off", _struck_off),
        conference=table.maybe("conference", lambda own, key: own.part(key, _held)),
        programme=table.maybe("programme", lambda own, key: own.part(key, _programme)),
        figures=table.rows("figures", _figure),
    )


def _term(table: Table) -> Term:
    return Term(
        ordinal=table.number("ordinal", least=1),
        name=table.text("name"),
        from_on=table.day("from_on"),
        document=table.text("document"),
    )


def _dealt(
    what: str,
    terms: Collection[str],
    more: tuple[str, Collection[str]] | None,
    table: Table,
) -> Dealt:
    return Dealt(
        what=table.one_of(what, terms),
        more=table.one_of(*more) if more else "",
        body=table.one_of("body", record_lists().bodies),
        at=table.one_of("at", AT),
        subject=table.one_of("subject", SUBJECTS),
        count=table.number("count", least=1),
        from_on=table.day("from_on"),
        until_on=table.day("until_on"),
        document=table.text("document"),
    )


def _struck_off(table: Table) -> StruckOff:
    return StruckOff(
        state=table.one_of("state", STATES),
        count=table.number("count", least=1),
        from_on=table.day("from_on"),
        until_on=table.day("until_on"),
    )


def _held(table: Table) -> Conference:
    return Conference(
        on=table.day("on"),
        chair=table.text("chair"),
        place=table.text("place"),
        report=table.text("report"),
        conclusions=table.text("conclusions"),
        delegations=table.rows(
            "delegations", lambda own: (own.text("body"), own.number("count", least=1))
        ),
        tasks=table.texts("tasks"),
    )


def _programme(table: Table) -> Programme:
    return Programme(
        document=table.text("document"),
        done=table.number("done"),
        not_done=table.number("not_done"),
    )


def _figure(table: Table) -> RecordFigure:
    return RecordFigure(
        key=table.text("key"),
        value=table.number("value"),
        kind=table.kind(),
        path=table.text("path"),
        from_on=table.day("from_on"),
        until_on=table.day("until_on"),
        remark=table.text("remark"),
    )


@dataclass(frozen=True, slots=True)
class Act:
    """One invented act: by a unit, towards a unit or one of its people.

    `member` is the place of a person in the table of people; None of an organisation,
    and of somebody `expelled`, who is no longer among them.
    """

    unit: int
    subject: int
    member: int | None
    on: date
    what: str
    more: str
    body: str
    document: str
    expelled: bool = False


@dataclass(slots=True)
class BuiltRecords:
    """The invented rows; units and people by their places in the tables."""

    inspections: list[Act] = field(default_factory=list)
    disciplines: list[Act] = field(default_factory=list)
    commendations: list[Act] = field(default_factory=list)
    struck_off: list[tuple[int, date]] = field(default_factory=list)  # person, day


def build_records(code: str, records: Records, contents: Contents) -> BuiltRecords:
    """Return an act for each that the scenario counts; equal arguments, equal acts.

    The acts of one entry go to different organisations, or people, as long as there are.
    """
    dealer = _Dealer(contents, random.Random(f"{code} records"))  # noqa: S311 -- keeps no secret
    built = BuiltRecords()
    for entry in records.inspections:
        built.inspections += dealer.acts(entry)
    for entry in records.disciplines:
        built.disciplines += dealer.acts(entry)
    for entry in records.commendations:
        built.commendations += dealer.acts(entry)
    for gone in records.struck_off:
        built.struck_off += dealer.struck_off(gone)
    return built


class _Dealer:
    def __init__(self, contents: Contents, rng: random.Random) -> None:
        self.units, self.people, self.rng = contents.units, contents.people, rng
        self.root = self.units.parent.index(NO_PARENT)
        every = range(len(self.units))
        self.grassroots = [at for at in every if self.units.parent[at] == self.root]
        self.cells = [
            at for at in every if self.units.parent[at] not in (NO_PARENT, self.root)
        ]
        rng.shuffle(self.grassroots)
        rng.shuffle(self.cells)
        self.order = list(range(len(self.people)))
        rng.shuffle(self.order)
        self.next_person = iter(self.order)
        self.gone: set[int] = set()

    def acts(self, entry: Dealt) -> Iterator[Act]:
        expels = entry.what in (
            form.code
            for form in record_lists().discipline_forms.values()
            if form.ends_membership
        )
        places = self._people() if entry.subject == "MEMBER" else self._units(entry)
        for number, (subject, member) in enumerate(islice(places, entry.count), 1):
            yield Act(
                unit=self._acting(entry, subject),
                subject=subject,
                member=None if expels else member,
                on=self._day(entry.from_on, entry.until_on),
                what=entry.what,
                more=entry.more,
                body=entry.body,
                document=entry.document.replace("#", f"{number:02}"),
                expelled=expels,
            )

    def struck_off(self, entry: StruckOff) -> Iterator[tuple[int, date]]:
        is_full = entry.state == "FULL"
        admitted_before = entry.from_on.isoformat()
        fitting = [
            at
            for at in self.order
            if at not in self.gone
            and bool(self.people.official_on[at]) is is_full
            and self.people.admitted_on[at] < admitted_before
        ]
        for at in fitting[: entry.count]:
            self.gone.add(at)
            yield at, self._day(entry.from_on, entry.until_on)

    def _units(self, entry: Dealt) -> Iterator[tuple[int, None]]:
        return ((at, None) for at in cycle(self._pool(entry)))

    def _pool(self, entry: Dealt) -> list[int]:
        return self.grassroots if entry.at == "ROOT" else self.cells

    def _people(self) -> Iterator[tuple[int, int]]:
        for at in self.next_person:
            self.gone.add(at)
            yield self.people.unit[at], at

    def _acting(self, entry: Dealt, subject: int) -> int:
        if entry.at == "ROOT":
            return self.root
        above = self.units.parent[subject]
        return subject if above == self.root else above

    def _day(self, first: date, after: date) -> date:
        return first + timedelta(days=self.rng.randrange((after - first).days))
