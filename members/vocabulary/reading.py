"""From the text of the file to the lists; whatever cannot be is refused. Pure."""

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import NoReturn, TypedDict, TypeVar

from members.names import UnfitText, clean_text
from members.vocabulary.terms import (
    AnyTerm,
    BadVocabulary,
    Label,
    Sector,
    UnitKind,
    Vocabulary,
    spelling,
)

CERTAINTIES = ("S", "S2", "R", "U")
TIERS = ("CELL", "GRASSROOTS", "UPPER")
COLUMNS = tuple(str(number) for number in range(4, 29))

T = TypeVar("T")


def read_vocabulary(text: str) -> Vocabulary:
    """Return the lists that a TOML text says.

    Raises: BadVocabulary naming the first key that is missing, wrong or too much.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise BadVocabulary("file", f"is no TOML: {fault}") from fault
    root = _Table(values, key="")
    shared = _Shared(sources=root.labels("sources"), advice=root.labels("advice"))
    lists = Vocabulary(
        kinds=_by_code("kinds", [_kind(row, shared) for row in root.rows("kinds")]),
        sectors=_by_code(
            "sectors", [_sector(row, shared) for row in root.rows("sectors")]
        ),
    )
    root.finish()
    return lists


def _by_code(name: str, terms: Iterable[AnyTerm]) -> Mapping[str, AnyTerm]:
    """Return the terms by code; no text may mean two of them."""
    by_code: dict[str, AnyTerm] = {}
    owners: dict[str, str] = {}
    for term in terms:
        if term.code in by_code:
            raise BadVocabulary(f"{name}.{term.code}", "stands twice")
        for text in term.spellings:
            owner = owners.setdefault(spelling(text), term.code)
            if owner != term.code:
                raise BadVocabulary(
                    f"{name}.{term.code}", f"means {text!r}, as {owner} does"
                )
        by_code[term.code] = term
    return MappingProxyType(by_code)


def _kind(row: "_Table", shared: "_Shared") -> UnitKind:
    term = _term(row, shared)
    kind = UnitKind(
        **term,
        short=row.label("short") if "short" in row.values else term["label"],
        tier=row.one_of("tier", TIERS),
        holds_members=row.flag("holds_members"),
        is_cell=row.flag("is_cell"),
        is_grassroots=row.flag("is_grassroots"),
    )
    row.finish()
    return kind


def _sector(row: "_Table", shared: "_Shared") -> Sector:
    sector = Sector(
        **_term(row, shared),
        column=row.one_of("column", COLUMNS) if "column" in row.values else "",
    )
    row.finish()
    return sector


class _TermValues(TypedDict):
    """What every entry has, by the names of `Term`."""

    code: str
    label: Label
    aliases: tuple[str, ...]
    valid_from: date | None
    valid_until: date | None
    advice: Label | None
    source: Label
    certainty: str


def _term(row: "_Table", shared: "_Shared") -> _TermValues:
    values = _TermValues(
        code=row.text("code"),
        label=row.label("label"),
        aliases=row.texts("aliases"),
        valid_from=row.maybe("valid_from", date),
        valid_until=row.maybe("valid_until", date),
        advice=row.named("advice", shared.advice) if "advice" in row.values else None,
        source=row.named("source", shared.sources),
        certainty=row.one_of("certainty", CERTAINTIES),
    )
    first, last = values["valid_from"], values["valid_until"]
    if first and last and first > last:
        row.refuse("valid_until", "is before valid_from")
    return values


@dataclass(frozen=True, slots=True)
class _Shared:
    """Texts that several entries name."""

    sources: Mapping[str, Label]
    advice: Mapping[str, Label]


class _Table:
    """A table of the file; what is read is taken out, so that the rest is too much."""

    def __init__(self, values: dict[str, object], *, key: str) -> None:
        self.values = values
        self.key = key

    def refuse(self, name: str, why: str) -> NoReturn:
        raise BadVocabulary(self._key(name), why)

    def finish(self) -> None:
        for name in self.values:
            self.refuse(name, "is not known here")

    def take(self, name: str, shape: type[T]) -> T:
        if name not in self.values:
            self.refuse(name, "is missing")
        value = self.values.pop(name)
        # Not `isinstance`: to Python a day with a time of day is a day, too.
        if type(value) is not shape:
            self.refuse(name, f"is not a {shape.__name__}")
        return value

    def maybe(self, name: str, shape: type[T]) -> T | None:
        return self.take(name, shape) if name in self.values else None

    def flag(self, name: str) -> bool:
        return self.maybe(name, bool) or False

    def text(self, name: str) -> str:
        text = self.take(name, str)
        try:
            is_clean = clean_text(text) == text
        except UnfitText as unfit:
            self.refuse(name, f"holds {unfit.name}")
        if not text or not is_clean:
            self.refuse(name, "is empty, or not composed text with single blanks")
        return text

    def one_of(self, name: str, allowed: Collection[str]) -> str:
        text = self.text(name)
        if text not in allowed:
            self.refuse(name, f"is not one of {', '.join(allowed)}")
        return text

    def named(self, name: str, texts: Mapping[str, Label]) -> Label:
        return texts[self.one_of(name, texts)]

    def label(self, name: str) -> Label:
        own = self.table(name)
        label = Label(vi=own.text("vi"), en=own.text("en"))
        own.finish()
        return label

    def labels(self, name: str) -> dict[str, Label]:
        own = self.table(name)
        return {each: own.label(each) for each in list(own.values)}

    def texts(self, name: str) -> tuple[str, ...]:
        own = self._listed(name, self.maybe(name, list) or [])
        return tuple(own.text(place) for place in list(own.values))

    def rows(self, name: str) -> list["_Table"]:
        own = self._listed(name, self.take(name, list))
        rows = [own.table(place) for place in list(own.values)]
        for row in rows:  # a code is easier to find in the file than a place
            if "code" in row.values:
                row.key = f"{self._key(name)}.{row.values['code']}"
        return rows

    def _listed(self, name: str, values: list[object]) -> "_Table":
        numbered = {str(place): value for place, value in enumerate(values, start=1)}
        return _Table(numbered, key=self._key(name))

    def table(self, name: str) -> "_Table":
        return _Table(self.take(name, dict), key=self._key(name))

    def _key(self, name: str) -> str:
        return f"{self.key}.{name}".lstrip(".")
