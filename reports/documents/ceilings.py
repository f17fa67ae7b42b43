"""The table of the greatest numbers of the best level, unit by unit or in brief.

Source: `docs/rules/ceilings.md`. Where the base of the percent is not established,
every base in question has its own columns. A breach is stated and never blamed.
"""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from reports.documents.counting import PRINTED_SUBJECTS
from reports.documents.tables import Cell, Column, Kind, Table, total_of
from reports.documents.terms import Terms, rate_text
from reports.figures import Rollup, UnitFigures
from reviews.ceilings import CeilingRow

MOST_ROWS_IN_PRINT = 120
MOST_NAMED = 10


def ceilings_in_print(rollup: Rollup, terms: Terms) -> Table | None:
    """Return every unit's row, or where they are too many, a row for each child."""
    rows, children = len(_by_unit(rollup.unit.ceiling)), len(rollup.children)
    if rows <= max(MOST_ROWS_IN_PRINT, 2 * children) or not children:
        return ceilings(rollup, terms)
    return ceilings_in_brief(rollup, terms)


def ceilings(rollup: Rollup, terms: Terms) -> Table | None:
    """Return a row for each unit and subject that a ceiling holds for."""
    lines = rollup.unit.ceiling
    if not lines:
        return None
    return Table(
        key="ceilings",
        title=_("Permitted number of the best level, and what was decided"),
        columns=_columns(_bases(lines), terms),
        rows=tuple(
            _row(at, rows, terms)
            for at, rows in enumerate(_by_unit(lines).values(), start=1)
        ),
        notes=_notes(lines),
    )


def ceilings_in_brief(rollup: Rollup, terms: Terms) -> Table:
    """Return for each child how many units were counted and how many exceed.

    The units of the unit itself, which are below no child, are a last row.
    """
    lines = rollup.unit.ceiling
    kinds = _kinds(lines)
    columns = (*_heads(), *(each for kind in kinds for each in _brief(kind, terms)))
    rows: list[dict[str, Cell]] = [
        {"number": at, "name": child.unit.name, **_tally(child.ceiling, kinds)}
        for at, child in enumerate(rollup.children, start=1)
    ]
    whole = _tally(lines, kinds)
    below = total_of(columns, rows)
    rest: dict[str, Cell] = {key: whole[key] - below[key] for key in whole}
    if any(rest.values()):
        rows.append({"number": "", "name": _("At the unit itself"), **rest})
    return Table(
        key="ceilings_in_brief",
        title=_("Permitted number of the best level: units counted and exceeding"),
        columns=columns,
        rows=tuple(rows),
        total={"name": pgettext("table", "Total"), **whole},
        notes=(*_notes(lines), _("The workbook of this report lists every unit.")),
    )


def exceeding(unit: UnitFigures) -> dict[tuple[str, str], tuple[int, int]]:
    """Return for each subject and base how many units exceed, of how many counted."""
    return {
        (subject, base): (
            len(_of(unit.ceiling, subject, base, exceeded=True)),
            len(_of(unit.ceiling, subject, base)),
        )
        for subject, base in _kinds(unit.ceiling)
    }


def exceeding_in_words(
    unit: UnitFigures, terms: Terms, *, named: bool = False
) -> tuple[str, ...]:
    """Return a sentence for each subject and base: how many units exceed.

    `named`: for whoever reads the break-down too; more than a few stand in the table.
    """
    return tuple(
        _limit_of_one(_of(unit.ceiling, *kind)[0], terms)
        if counts[1] == 1
        else _exceeding(kind, counts, terms) + (_names(unit, kind) if named else "")
        for kind, counts in exceeding(unit).items()
    )


def _limit_of_one(line: CeilingRow, terms: Terms) -> str:
    """Say the numbers themselves where they are those of one unit."""
    sentence = (
        _(
            "%(subject)s: %(actual)s; at most %(allowed)s (%(percent)s%% of %(count)s "
            "%(base)s): the permitted number is exceeded."
        )
        if line.exceeded
        else _(
            "%(subject)s: %(actual)s; at most %(allowed)s (%(percent)s%% of %(count)s "
            "%(base)s): the permitted number is not exceeded."
        )
    )
    return sentence % {
        "subject": terms.subject(line.subject),
        "actual": terms.count(line.actual),
        "allowed": terms.count(line.allowed),
        "percent": rate_text(line.percent, terms.language),
        "count": terms.count(line.base_count),
        "base": terms.base(line.base),
    }


def _names(unit: UnitFigures, kind: tuple[str, str]) -> str:
    over = _of(unit.ceiling, *kind, exceeded=True)
    if not 0 < len(over) <= MOST_NAMED:
        return ""
    return " " + _("Exceeding: %(names)s.") % {
        "names": "; ".join(line.unit_name for line in over)
    }


def _exceeding(kind: tuple[str, str], counts: tuple[int, int], terms: Terms) -> str:
    (subject, base), (over, units) = kind, counts
    return ngettext(
        "%(subject)s, of those %(base)s: the permitted number is exceeded in "
        "%(exceeding)s of %(units)s unit.",
        "%(subject)s, of those %(base)s: the permitted number is exceeded in "
        "%(exceeding)s of %(units)s units.",
        units,
    ) % {
        "subject": terms.subject(subject),
        "base": terms.base(base),
        "exceeding": terms.count(over),
        "units": terms.count(units),
    }


def _of(
    lines: Iterable[CeilingRow], subject: str, base: str, *, exceeded: bool = False
) -> list[CeilingRow]:
    return [
        line
        for line in lines
        if (line.subject, line.base) == (subject, base)
        and (line.exceeded or not exceeded)
    ]


def _by_unit(
    lines: Iterable[CeilingRow],
) -> dict[tuple[str, str], dict[str, CeilingRow]]:
    """Return the rows of each unit and subject by their base."""
    found: dict[tuple[str, str], dict[str, CeilingRow]] = {}
    for line in lines:
        found.setdefault((line.unit, line.subject), {})[line.base] = line
    return found


def _kinds(lines: Iterable[CeilingRow]) -> tuple[tuple[str, str], ...]:
    """Return the pairs of subject and base that occur, subjects as documents order."""
    found = dict.fromkeys((line.subject, line.base) for line in lines)
    return tuple(sorted(found, key=lambda kind: PRINTED_SUBJECTS.index(kind[0])))


def _bases(lines: Iterable[CeilingRow]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.base for line in lines))


def _heads() -> tuple[Column, ...]:
    return (
        Column(
            key="number",
            head=pgettext("running number", "No."),
            kind=Kind.TEXT,
            width=9,
        ),
        Column(
            key="name", head=pgettext("table", "Party organisation"), kind=Kind.TEXT
        ),
    )


def _columns(bases: Sequence[str], terms: Terms) -> tuple[Column, ...]:
    return (
        *_heads(),
        Column(
            key="subject", head=pgettext("table", "Counted"), kind=Kind.TEXT, width=34
        ),
        Column(key="actual", head=pgettext("table", "Decided"), width=18),
        Column(key="percent", head=_("Permitted percent"), kind=Kind.RATE, width=18),
        *(column for base in bases for column in _of_base(base, terms)),
    )


def _of_base(base: str, terms: Terms) -> tuple[Column, ...]:
    group = _("Of those %(base)s") % {"base": terms.base(base)}
    return (
        Column(
            key=f"{base}.base", head=pgettext("table", "Base"), group=group, width=18
        ),
        Column(
            key=f"{base}.allowed", head=_("Permitted number"), group=group, width=18
        ),
        Column(
            key=f"{base}.verdict",
            head=pgettext("table", "Compared"),
            kind=Kind.VERDICT,
            group=group,
            width=24,
            words=(
                pgettext("permitted number", "within"),
                pgettext("permitted number", "exceeds"),
            ),
        ),
    )


def _row(at: int, rows: dict[str, CeilingRow], terms: Terms) -> dict[str, Cell]:
    first = next(iter(rows.values()))
    cells: dict[str, Cell] = {
        "number": at,
        "name": first.unit_name,
        "subject": terms.subject(first.subject),
        "actual": first.actual,
        "percent": first.percent,
    }
    for base, row in rows.items():
        cells[f"{base}.base"] = row.base_count
        cells[f"{base}.allowed"] = row.allowed
        cells[f"{base}.verdict"] = row.exceeded
    return cells


def _brief(kind: tuple[str, str], terms: Terms) -> tuple[Column, ...]:
    subject, base = kind
    group = _("%(subject)s, of those %(base)s") % {
        "subject": terms.subject(subject),
        "base": terms.base(base),
    }
    key = f"{subject}.{base}"
    return (
        Column(key=f"{key}.units", head=_("Units counted"), group=group, width=19),
        Column(
            key=f"{key}.exceeding",
            head=pgettext("table", "Exceeding"),
            group=group,
            width=19,
        ),
    )


def _tally(
    lines: Sequence[CeilingRow], kinds: Iterable[tuple[str, str]]
) -> dict[str, int]:
    counts: dict[str, int] = {}
    for subject, base in kinds:
        key = f"{subject}.{base}"
        counts[f"{key}.units"] = len(_of(lines, subject, base))
        counts[f"{key}.exceeding"] = len(_of(lines, subject, base, exceeded=True))
    return counts


def _notes(lines: Iterable[CeilingRow]) -> tuple[str, ...]:
    if not any(line.assumed for line in lines):
        return ()
    return (
        _(
            "The rule set counts by group of similar position. No list of groups is "
            "known, so members and cells are counted by grassroots organisation, and "
            "grassroots organisations by the one directly above."
        ),
    )
