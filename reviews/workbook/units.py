"""The sheet of units: one tree, with kinds, sectors and levels. Pure."""

from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol

from campaigns.contents import NO_PARENT, UnitTable
from campaigns.rulesets import RuleSet, level_for
from members.names import fold
from members.paths import MAX_DEPTH
from members.vocabulary import (
    Term,
    TermNotValid,
    UnitKind,
    UnknownTerm,
    Vocabulary,
)
from members.workbook.tables import (
    Meaning,
    Table,
    Texts,
    Unfit,
    filled,
    first_places,
    meaning_in,
)
from reviews.workbook.findings import ResultsMatter
from reviews.workbook.layout import Field

UPPER = "UPPER"  # the tier of kinds above the grassroots
_ROWS_NAMED = 5


def read_units(
    table: Table, *, vocabulary: Vocabulary, rule_set: RuleSet, on: date
) -> UnitTable:
    """Return the units of the sheet; what is wrong with them goes to its findings.

    Shape: `on` is the day on which kinds and sectors must be valid.
    """
    codes = table.codes(Field.CODE)
    names = table.names(Field.NAME)
    parents = _parents(table, codes)
    kinds = filled(table.terms(Field.KIND, _kind_meaning(vocabulary, on)))
    sector_labels = tuple(sector.label.vi for sector in vocabulary.sectors_on(on))
    sector_meaning = meaning_in(_lookup(vocabulary.sector_for, on), sector_labels)
    sectors = table.terms(Field.SECTOR, sector_meaning)
    levels = table.terms(Field.LEVEL, _level_meaning(rule_set))
    return UnitTable(
        code=filled(codes),
        name=filled(names),
        parent=parents,
        kind=kinds,
        sector=_inherited(
            table,
            sectors,
            kinds=[vocabulary.kinds.get(kind) for kind in kinds],
            parents=parents,
            order=_top_down(table, parents),
            allowed=sector_labels,
        ),
        level=filled(levels),
        row=table.rows,
    )


def _level_meaning(rule_set: RuleSet) -> Meaning:
    scheme = rule_set.organisations
    allowed = (level.label.vi for level in scheme.levels)
    return meaning_in(lambda text: level_for(text, scheme), allowed)


def _kind_meaning(vocabulary: Vocabulary, on: date) -> Meaning:
    allowed = (kind.label.vi for kind in vocabulary.kinds_on(on))
    return meaning_in(_lookup(vocabulary.kind_for, on), allowed, is_required=True)


def _lookup(find: "_Find", on: date) -> Callable[[str], str | None]:
    def lookup(text: str) -> str | None:
        try:
            return find(text, on=on).code
        except UnknownTerm:
            return None
        except TermNotValid as refusal:
            raise Unfit(
                ResultsMatter.NOT_VALID, year=on.year, advice=refusal.advice
            ) from None

    return lookup


class _Find(Protocol):
    """How the vocabulary finds a term by what people write."""

    def __call__(self, text: str, *, on: date) -> Term: ...


def _parents(table: Table, codes: Texts) -> list[int]:
    """Return the index of the unit above each, `NO_PARENT` also where it is unknown."""
    at_of = first_places(table, Field.CODE, codes)
    above = table.references(Field.PARENT)
    parents = []
    for at, code in enumerate(above):
        parent = at_of.get(fold(code)) if code else NO_PARENT
        if parent is None:
            table.fault(at, Field.PARENT, ResultsMatter.PARENT_UNKNOWN)
            parent = NO_PARENT
        parents.append(parent)
    _check_one_root(table, [at for at, code in enumerate(above) if code == ""])
    for at in _cycle(parents):
        table.fault(at, Field.PARENT, ResultsMatter.CYCLE)
    return parents


def _check_one_root(table: Table, roots: Sequence[int]) -> None:
    if not table.rows:
        table.fault_of_sheet(ResultsMatter.NO_UNITS)
    elif not roots:
        table.fault_of_sheet(ResultsMatter.NO_ROOT)
    elif len(roots) > 1:
        rows = tuple(str(table.rows[at]) for at in roots[:_ROWS_NAMED])
        for at in roots:
            table.fault(
                at,
                Field.PARENT,
                ResultsMatter.SEVERAL_ROOTS,
                rows=rows,
                count=len(roots),
            )


def _cycle(parents: Sequence[int]) -> list[int]:
    """Return the units that stand above themselves, in the order of their rows."""
    is_done = [False] * len(parents)
    found: list[int] = []
    for start in range(len(parents)):
        trail: list[int] = []
        places: dict[int, int] = {}
        at = start
        while at != NO_PARENT and not is_done[at] and at not in places:
            places[at] = len(trail)
            trail.append(at)
            at = parents[at]
        if at in places:
            found.extend(trail[places[at] :])
        for passed in trail:
            is_done[passed] = True
    return sorted(found)


def _top_down(table: Table, parents: Sequence[int]) -> list[int]:
    """Return the units from the root downwards, without those below a cycle."""
    children: dict[int, list[int]] = defaultdict(list)
    for at, parent in enumerate(parents):
        children[parent].append(at)
    order: list[int] = []
    waiting = deque((at, 1) for at in children[NO_PARENT])
    while waiting:
        at, depth = waiting.popleft()
        order.append(at)
        if depth > MAX_DEPTH:
            table.fault(at, Field.PARENT, ResultsMatter.TOO_DEEP, limit=MAX_DEPTH)
        else:
            waiting.extend((child, depth + 1) for child in children[at])
    return order


def _inherited(
    table: Table,
    sectors: Texts,
    *,
    kinds: Sequence[UnitKind | None],
    parents: Sequence[int],
    order: Sequence[int],
    allowed: tuple[str, ...],
) -> list[str]:
    """Return the sectors, an empty one filled from the grassroots unit above.

    A grassroots unit must have its own; further up none is needed.
    """
    resolved = filled(sectors)
    of_grassroots = [""] * len(resolved)
    for at in order:
        above = of_grassroots[parents[at]] if parents[at] != NO_PARENT else ""
        kind = kinds[at]
        if kind and kind.is_grassroots:
            if sectors[at] == "":
                table.fault(
                    at, Field.SECTOR, ResultsMatter.SECTOR_MISSING, allowed=allowed
                )
            of_grassroots[at] = resolved[at]
            continue
        of_grassroots[at] = above
        resolved[at] = resolved[at] or above
        if kind and kind.tier != UPPER and not resolved[at]:
            table.note(at, Field.SECTOR, ResultsMatter.NO_SECTOR)
    return resolved
