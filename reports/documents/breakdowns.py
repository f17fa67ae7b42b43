"""The figures across the page: by subordinate unit and by sector."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reports.documents.counting import columns_of, counts_of, subjects_below
from reports.documents.tables import Cell, Column, Kind, Table, total_of
from reports.documents.terms import Terms
from reports.figures import Rollup, UnitFigures

Row = Mapping[str, Cell]


class FiguresDisagree(ValueError):
    """The parts of a unit are more than the unit; no table can be made of them."""


def members_by_unit(rollup: Rollup, terms: Terms) -> Table | None:
    """Return a row for each child and one for the members placed at the unit itself."""
    if not rollup.children:
        return None
    return _by_unit(
        rollup,
        "members",
        terms,
        title=_("Members by subordinate party organisation"),
        directly=_("Members placed directly at the unit"),
    )


def organisations_by_unit(rollup: Rollup, terms: Terms) -> tuple[Table, ...]:
    """Return a table for each kind of organisation that the children have below them.

    A child's row is what stands in its own report, so without the child itself, whose
    level has a column of its own; the children themselves are a last row. Children
    with no organisation below are in a list of their own levels instead.
    """
    subjects = [
        subject
        for subject in subjects_below(rollup.unit)
        if any(counts_of(each.figures, subject)["total"] for each in rollup.children)
    ]
    lone = tuple(each for each in rollup.children if not subjects_below(each))
    titles = {
        "grassroots": _(
            "Grassroots party organisations by subordinate party organisation"
        ),
        "cells": _("Party cells by subordinate party organisation"),
    }
    tables = [
        _by_unit(
            rollup,
            subject,
            terms,
            title=titles[subject],
            directly=_("Directly subordinate units, each with its own level"),
        )
        for subject in subjects
    ]
    if lone:
        tables.append(_own_levels(lone, terms, is_part=bool(tables)))
    return tuple(tables)


def by_sector(rollup: Rollup, terms: Terms) -> tuple[Table, ...]:
    """Return one table a subject, with a row for each sector where several occur."""
    if not rollup.unit.by_sector:
        return ()
    titles = {
        "members": _("Members by sector"),
        "grassroots": _("Grassroots party organisations by sector"),
        "cells": _("Party cells by sector"),
    }
    subjects = ("members", *subjects_below(rollup.unit))
    tables = (
        _sector_table(rollup.unit, subject, terms, titles[subject])
        for subject in subjects
    )
    return tuple(table for table in tables if len(table.rows) > 1)


def _by_unit(
    rollup: Rollup,
    subject: str,
    terms: Terms,
    *,
    title: str,
    directly: str,
) -> Table:
    heads = _identity(pgettext("table", "Party organisation"))
    if subject != "members":
        heads += (Column(key="own", head=_("Own level"), kind=Kind.TEXT, width=22),)
    columns = (*heads, *columns_of(subject, terms))
    shown = [each for each in rollup.children if _has(each, subject)]
    rows: list[Row] = [
        {
            "number": at,
            "name": child.unit.name,
            "own": terms.level_in_brief("grassroots", child.unit.level),
            **counts_of(child.figures, subject),
        }
        for at, child in enumerate(shown, start=1)
    ]
    return _with_rest(
        Table(
            key=f"{subject}_by_unit",
            title=title,
            columns=columns,
            rows=tuple(rows),
            notes=() if subject == "members" else _notes(rollup, subject, terms),
        ),
        rest=directly,
        whole=counts_of(rollup.unit.figures, subject),
    )


def _has(child: UnitFigures, subject: str) -> bool:
    """Tell whether a child has a row: any has members, and not any has cells below."""
    return subject == "members" or bool(counts_of(child.figures, subject)["total"])


def _notes(rollup: Rollup, subject: str, terms: Terms) -> tuple[str, ...]:
    """Say what the short labels of levels mean, and which children are left out."""
    without = Counter(
        child.unit.kind for child in rollup.children if not _has(child, subject)
    )
    sentences = {
        "grassroots": _(
            "Without grassroots party organisations below: %(count)s (%(kind)s)."
        ),
        "cells": _("Without party cells below: %(count)s (%(kind)s)."),
    }
    left_out = tuple(
        sentences[subject] % {"count": terms.count(count), "kind": terms.kind(kind)}
        for kind, count in without.items()
    )
    return (terms.levels_in_full("grassroots"), *left_out)


def _sector_table(unit: UnitFigures, subject: str, terms: Terms, title: str) -> Table:
    rows: list[Row] = [
        {
            "number": at,
            "name": terms.sector(sector),
            **counts_of(figures, subject),
        }
        for at, (sector, figures) in enumerate(unit.by_sector.items(), start=1)
    ]
    return _with_rest(
        Table(
            key=f"{subject}_by_sector",
            title=title,
            columns=(
                *_identity(pgettext("table", "Sector")),
                *columns_of(subject, terms),
            ),
            rows=tuple(rows),
        ),
        rest=terms.sector(""),
        whole=counts_of(unit.figures, subject),
    )


def _own_levels(
    children: Sequence[UnitFigures], terms: Terms, *, is_part: bool
) -> Table:
    """Return the children, all or a part, with a cross at the level of each."""
    scheme = terms.rule_set.scheme("grassroots")
    is_wide = len(scheme.codes) > 4
    # Upright, narrower columns leave a name its line.
    kind_width, mark_width = (30, 19) if is_wide else (22, 17)
    levels = tuple(
        Column(
            key=f"levels.{code}",
            head=terms.level("grassroots", code),
            kind=Kind.MARK,
            width=mark_width,
        )
        for code in scheme.codes
    )
    columns = (
        *_identity(pgettext("table", "Party organisation")),
        Column(
            key="kind", head=pgettext("table", "Kind"), kind=Kind.TEXT, width=kind_width
        ),
        *levels,
        Column(
            key="none",
            head=pgettext("table", "Not assessed"),
            kind=Kind.MARK,
            width=mark_width,
        ),
    )
    rows: tuple[Row, ...] = tuple(
        {
            "number": at,
            "name": child.unit.name,
            "kind": terms.kind(child.unit.kind),
            **{
                f"levels.{code}": int(child.unit.level == code) for code in scheme.codes
            },
            "none": int(not child.unit.level),
        }
        for at, child in enumerate(children, start=1)
    )
    title = (
        _("Levels of the party organisations with none below them")
        if is_part
        else _("Levels of the directly subordinate party organisations")
    )
    return Table(
        key="own_levels",
        title=title,
        columns=columns,
        rows=rows,
        total={"name": pgettext("table", "Total"), **total_of(columns, rows)},
        is_wide=is_wide,
    )


def _identity(head: str) -> tuple[Column, ...]:
    """Return the running number and the name that every table begins with."""
    return (
        Column(
            key="number",
            head=pgettext("running number", "No."),
            kind=Kind.TEXT,
            width=9,
        ),
        Column(key="name", head=head, kind=Kind.TEXT),
    )


def _with_rest(table: Table, *, rest: str, whole: Mapping[str, int]) -> Table:
    """Return the table with what its rows leave of the whole, and with the whole.

    Raises: FiguresDisagree where the rows hold more than the whole.
    """
    left = {
        key: whole[key] - sum_of_rows
        for key, sum_of_rows in total_of(table.columns, table.rows).items()
    }
    if min(left.values()) < 0:
        raise FiguresDisagree(table.key)
    rows = table.rows
    if any(left.values()):
        rows = (*rows, {"number": "", "name": rest, **left})
    number = table.number_of("assessed")
    note = _(
        "Percents are of the assessed, column (%(number)s), rounded half up to two "
        "decimals; a dash stands where nobody was assessed."
    ) % {"number": number}
    return replace(
        table,
        rows=rows,
        total={"name": pgettext("table", "Total"), **whole},
        notes=(*table.notes, note),
    )
