"""From the text of the file to the lists; whatever cannot be is refused. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import TypedDict

from members.tables import BadTable, Label, Table
from members.vocabulary.terms import (
    AnyTerm,
    BadVocabulary,
    Committee,
    Sector,
    UnitKind,
    Vocabulary,
    spelling,
)

TIERS = ("CELL", "GRASSROOTS", "UPPER")
COLUMNS = tuple(str(number) for number in range(4, 29))


def read_vocabulary(text: str) -> Vocabulary:
    """Return the lists that a TOML text says.

    Raises: BadVocabulary naming the first key that is missing, wrong or too much.
    """
    try:
        return _vocabulary(_Table.of_file(text, file="vocabulary.toml"))
    except BadTable as bad:
        raise BadVocabulary(bad.key, bad.why) from bad


def _vocabulary(root: "_Table") -> Vocabulary:
    shared = _Shared(
        sources=root.labels("sources"),
        advice=root.labels("advice"),
        committees=root.part("committees", _committees),
    )
    lists = Vocabulary(
        kinds=_by_code(root, "kinds", partial(_kind, shared)),
        sectors=_by_code(root, "sectors", partial(_sector, shared)),
    )
    root.finish()
    return lists


def _by_code(
    root: "_Table", name: str, read: Callable[["_Table"], AnyTerm]
) -> Mapping[str, AnyTerm]:
    """Return the terms by code; no text may mean two of them."""
    root.take(name)  # refuses a list left out, which `rows` takes for an empty one
    by_code: dict[str, AnyTerm] = {}
    owners: dict[str, str] = {}
    for term in root.rows(name, read):
        if term.code in by_code:
            root.refuse(f"{name}.{term.code}", "stands twice")
        for text in term.spellings:
            owner = owners.setdefault(spelling(text), term.code)
            if owner != term.code:
                root.refuse(f"{name}.{term.code}", f"means {text!r}, as {owner} does")
        by_code[term.code] = term
    return MappingProxyType(by_code)


def _kind(shared: "_Shared", row: "_Table") -> UnitKind:
    term = _term(shared, row)
    return UnitKind(
        **term,
        short=row.maybe("short", Table.label) or term["label"],
        tier=row.one_of("tier", TIERS),
        committees=_committees_of(shared, row),
        holds_members=_flag(row, "holds_members"),
        is_cell=_flag(row, "is_cell"),
        is_grassroots=_flag(row, "is_grassroots"),
    )


def _committees(table: "_Table") -> dict[str, Committee]:
    return {key: table.part(key, _committee) for key in table.names()}


def _committee(row: "_Table") -> Committee:
    return Committee(
        unit=row.text("unit"),
        name=row.text("name"),
        symbol=row.text("symbol"),
        body=row.text("body"),
    )


def _committees_of(shared: "_Shared", row: "_Table") -> tuple[Committee, ...]:
    keys = row.texts("committees")
    for key in keys:
        if key not in shared.committees:
            row.refuse_choice("committees", key, shared.committees)
    if not keys:
        row.refuse("committees", "is missing")
    return tuple(shared.committees[key] for key in keys)


def _flag(row: "_Table", name: str) -> bool:
    return name in row and row.flag(name)


def _sector(shared: "_Shared", row: "_Table") -> Sector:
    return Sector(
        **_term(shared, row),
        column=row.one_of("column", COLUMNS) if "column" in row else "",
    )


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


def _term(shared: "_Shared", row: "_Table") -> _TermValues:
    values = _TermValues(
        code=row.text("code"),
        label=row.label("label"),
        aliases=row.texts("aliases"),
        valid_from=row.maybe("valid_from", Table.day),
        valid_until=row.maybe("valid_until", Table.day),
        advice=row.maybe("advice", partial(_named, shared.advice)),
        source=_named(shared.sources, row, "source"),
        certainty=row.certainty(),
    )
    first, last = values["valid_from"], values["valid_until"]
    if first and last and first > last:
        row.refuse("valid_until", "is before valid_from")
    return values


def _named(texts: Mapping[str, Label], row: "_Table", name: str) -> Label:
    return texts[row.one_of(name, texts)]


@dataclass(frozen=True, slots=True)
class _Shared:
    """What several entries name."""

    sources: Mapping[str, Label]
    advice: Mapping[str, Label]
    committees: Mapping[str, Committee]


class _Table(Table):
    """A table of the file; a row goes by its code, easier to find than a place."""

    def names(self) -> tuple[str, ...]:
        """Return the names of the table's own keys."""
        return tuple(self._values)

    def place(self, name: str, at: int, value: object) -> str:
        if isinstance(value, dict) and "code" in value:
            return f"{name}.{value['code']}"
        return f"{name}.{at + 1}"
