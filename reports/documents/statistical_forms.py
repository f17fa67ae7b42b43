"""The statistical forms of a unit: what was reviewed and rated, by sector.

Source: docs/rules/documents.md § 13, docs/rules/figures.md § 1 to § 3. The form of the
members was read second hand [S2]; those of organisations follow its pattern [R].
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from campaigns.rulesets.model import REASONS
from reports.documents.counting import STATES, counts_of, organisation_counts_of
from reports.documents.head import DocumentHead
from reports.documents.issuing import issued, issuer_letterhead
from reports.documents.printouts import (
    Align,
    Column,
    Grid,
    Line,
    Look,
    Printout,
    Sheet,
    closing,
    gloss,
)
from reports.documents.sector_columns import NONE, SectorColumn, columns_for
from reports.documents.terms import Terms, reading_in
from reports.figures import NOT_ASSESSED, Figures, OrganisationCounts

FOLDED = ("grassroots", "cells", "members")
SUBJECTS = (*FOLDED, "collectives")  # in the order of the forms
NOT_DONE = ("not_reviewed", *(f"not_assessed.{code}" for code in NOT_ASSESSED))
NUMBER_MM, COUNT_MM = 9, 11
DIGIT_MM = 1.7  # of 9.5 points
INDENT = "\N{NO-BREAK SPACE}" * 3

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row: its number in the form, its words, and the rows that it sums."""

    key: str
    label: str
    number: str = ""
    depth: int = 0
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticalForm:
    """One form: `counts` by the key of a row, then by that of a column."""

    subject: str
    title: str
    columns: tuple[SectorColumn, ...]
    rows: tuple[FormRow, ...]
    counts: Mapping[str, Mapping[str, int]]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What the forms are made of: the fold of a unit, and its collectives by sector."""

    whole: Figures
    by_sector: Mapping[str, Figures]
    collectives: Mapping[str, OrganisationCounts]  # the sector "" like the others


def forms_of(
    counted: Counted, terms: Terms, *, on: date
) -> tuple[StatisticalForm, ...]:
    """Return the forms in their order; use it within `reading_in`.

    `on` is the day on which the columns are valid: the last of the campaign's year.
    """
    parts: dict[str, dict[str, Counts]] = {
        subject: {
            sector: counts_of(each, subject)
            for sector, each in counted.by_sector.items()
        }
        for subject in FOLDED
    }
    parts["collectives"] = {
        sector: organisation_counts_of(each)
        for sector, each in counted.collectives.items()
    }
    whole = {subject: counts_of(counted.whole, subject) for subject in FOLDED}
    whole["collectives"] = {
        key: sum(each[key] for each in parts["collectives"].values())
        for key in whole["cells"]
    }
    return tuple(
        _form(subject, whole[subject], parts[subject], terms, on)
        for subject in SUBJECTS
    )


def forms_printout(
    counted: Counted, head: DocumentHead, terms: Terms, *, unit: str
) -> Printout:
    """Return the forms, each a paper; equal arguments give an equal text."""
    with reading_in(head.language):
        forms = forms_of(counted, terms, on=date(head.year, 12, 31))
        sheets = [_sheet(form, head, terms, unit) for form in forms]
        title = _("Statistical forms by sector, %(year)s") % {"year": head.year}
        return issued(head, title, *sheets, is_a3=True)


def _sheet(form: StatisticalForm, head: DocumentHead, terms: Terms, unit: str) -> Sheet:
    return Sheet(
        letterhead=issuer_letterhead(head, on=head.issued_on),
        heading=("BIỂU THỐNG KÊ",),
        gloss=gloss(_("Statistical form")),
        below=Line(f"{form.title} – {unit}", Look.ABSTRACT),
        blocks=(
            form_grid(form, terms),
            *(Line(note, Look.SMALL) for note in form.notes),
            closing(head.signatories, recipients=head.recipients),
        ),
    )


def form_grid(form: StatisticalForm, terms: Terms) -> Grid:
    """Return the table of a form as a grid; use it within `reading_in`."""
    return Grid(
        columns=(
            Column(_("No."), NUMBER_MM, Align.CENTRE),
            Column(_("Figure"), is_name=True),
            *(
                Column(
                    each.head, _width(form, each, terms), Align.RIGHT, over=each.over
                )
                for each in form.columns
            ),
        ),
        numbers=("(1)", "(2)", *map(number_text, form.columns)),
        rows=tuple(
            (
                row.number,
                INDENT * row.depth + row.label,
                *(
                    terms.count(form.counts[row.key][column.key])
                    for column in form.columns
                ),
            )
            for row in form.rows
        ),
        is_small=True,
    )


def _width(form: StatisticalForm, column: SectorColumn, terms: Terms) -> int:
    """Return how wide a column has to be for its largest count, in mm."""
    largest = max(counts[column.key] for counts in form.counts.values())
    return max(COUNT_MM, ceil(DIGIT_MM * len(terms.count(largest))) + 1)


def number_text(column: SectorColumn) -> str:
    """Return the number below a head, as forms write it; none for what has none."""
    return f"({column.number})" if column.number else ""


def _form(
    subject: str,
    whole: Counts,
    by_sector: Mapping[str, Counts],
    terms: Terms,
    on: date,
) -> StatisticalForm:
    cells = {**by_sector, NONE: _rest(whole, by_sector)}
    occurring = {sector for sector, counts in cells.items() if any(counts.values())}
    columns = tuple(columns_for(occurring, terms, on=on))
    rows = tuple(_rows(subject, whole, terms))
    return StatisticalForm(
        subject=subject,
        title=_title(subject, terms, on.year),
        columns=columns,
        rows=rows,
        counts={row.key: dict(_counted(row.key, columns, cells)) for row in rows},
        notes=tuple(_notes(subject, whole, terms)),
    )


def _counted(
    key: str, columns: Iterable[SectorColumn], cells: Mapping[str, Counts]
) -> Iterator[tuple[str, int]]:
    summed = NOT_DONE if key == "not_done" else (key,)
    for column in columns:
        parts = [cells[sector] for sector in column.sectors if sector in cells]
        yield column.key, sum(counts[each] for counts in parts for each in summed)


def _rest(whole: Counts, by_sector: Mapping[str, Counts]) -> dict[str, int]:
    """Return what stands under no sector."""
    named = [counts for sector, counts in by_sector.items() if sector != NONE]
    return {
        key: count - sum(each[key] for each in named) for key, count in whole.items()
    }


def _title(subject: str, terms: Terms, year: int) -> str:
    titles = {
        "grassroots": _(
            "%(wording)s of the quality of grassroots party organisations in %(year)s"
        ),
        "cells": _("%(wording)s of the quality of party cells in %(year)s"),
        "members": _("%(wording)s of the quality of party members in %(year)s"),
        "collectives": _(
            "%(wording)s of the quality of leadership collectives in %(year)s"
        ),
    }
    words = {"wording": capfirst(terms.wording()), "year": year}
    return titles[subject] % words


def _rows(subject: str, whole: Counts, terms: Terms) -> Iterator[FormRow]:
    """Yield the rows: who there is, who was assessed, the levels and what is in them."""
    scheme = terms.rule_set.scheme(_rated_as(subject))
    levels = tuple(f"levels.{code}" for code in scheme.codes)
    words = {"wording": terms.wording()}
    not_done = _("Not yet reviewed, %(wording)s") % words
    done = _("Reviewed, %(wording)s") % words
    held: tuple[str, ...]
    if subject == "members":
        present = _("Present at the time of the review (1 = 2 + 3 + 4)")
        held = ("exempt", "not_done", "assessed")
        yield FormRow("present", present, "1", parts=held)
        yield FormRow("exempt", _("Exempt"), "2")
        yield FormRow("not_done", not_done, "3")
        yield FormRow("assessed", done, "4", parts=levels)
    else:
        held = ("not_assessed", "assessed")
        yield FormRow("total", _("Total (1 = 2 + 3)"), "1", parts=held)
        yield FormRow("not_assessed", not_done, "2")
        yield FormRow("assessed", done, "3", parts=levels)
    for key, code in zip(levels, scheme.codes, strict=True):
        yield FormRow(key, f"– {terms.level(_rated_as(subject), code)}", depth=1)
    if subject == "members":
        yield from _reasons(whole, terms)
        return
    for group in scheme.groups:
        label = terms.sum_of_levels(_rated_as(subject), group.code)
        parts = tuple(f"levels.{code}" for code in group.levels)
        yield FormRow(f"groups.{group.code}", label, depth=1, parts=parts)


def _reasons(whole: Counts, terms: Terms) -> Iterator[FormRow]:
    """Yield why members have the last level; what is not stated only where it occurs."""
    for code in REASONS:
        key = f"reasons.{code}"
        if code != "UNSTATED" or whole[key]:
            yield FormRow(key, f"+ {terms.reason(code)}", depth=2)


def _rated_as(subject: str) -> str:
    """Return by whose levels a subject is rated: collectives by organisations'."""
    return "grassroots" if subject == "collectives" else subject


def _notes(subject: str, whole: Counts, terms: Terms) -> Iterator[str]:
    if subject == "members":
        told = "; ".join(
            f"{terms.status(STATES[key]).lower()} {terms.count(whole[key])}"
            for key in NOT_DONE
            if whole[key]
        )
        if told:
            yield _("Row 3 holds: %s.") % told
    if subject == "collectives":
        yield _(
            "Counted is every collective that is rated beside the organisations; it "
            "stands in no other form."
        )
