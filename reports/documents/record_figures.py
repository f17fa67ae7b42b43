"""Counts of records over a period and since the term began, as lines, XLSX and CSV.

Source: docs/rules/records.md § 4 and § 5. Counts of different groups have no sum.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from campaigns.figures import GROUPS, Activities, Disciplined, Period
from campaigns.vocabulary.records import record_lists
from members.queries import figure_label, period_text
from reports.documents.rollup_csv import BYTE_ORDER_MARK, harmless
from reports.documents.rollup_xlsx import OPTIONS
from reports.documents.terms import NOTHING, reading_in

LABEL_WIDTH, COUNT_WIDTH = 62, 20


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One count: over the period, and since the term began where a term is recorded."""

    label: str
    count: int
    in_term: int | None
    is_part: bool = False  # of the line above


@dataclass(frozen=True, slots=True)
class FigureSection:
    """Counts of one subject under their heading."""

    heading: str
    lines: tuple[FigureLine, ...]


@dataclass(frozen=True, slots=True)
class RecordFigures:
    """The counts of a unit with all below it, and of which days they are."""

    unit: str
    period: Period
    activities: Activities
    term: Period | None
    in_term: Activities | None

    @property
    def period_head(self) -> str:
        """Return the period as the head of its column."""
        return period_text(self.period.from_on, self.period.until_on)

    @property
    def term_head(self) -> str:
        """Return the days since the congress as the head of their column; "" for none."""
        if self.term is None:
            return ""
        days = period_text(self.term.from_on, self.term.until_on)
        return _("since the term began (%s)") % days


def sections_of(figures: RecordFigures, language: str) -> list[FigureSection]:
    """Return the counts in the order of the pages and files."""
    lines = _Lines(figures.activities, figures.in_term)
    lists = record_lists()
    sections = [
        FigureSection(_("Admissions and removals from the rolls"), lines.of_roll()),
        FigureSection(_("Discipline"), lines.of_discipline(language)),
    ]
    names = {
        "INSPECTION": _("Inspection of compliance"),
        "SIGNS": _("Inspection on signs of violation"),
        "SUPERVISION": _("Supervision"),
        "STATE": _("State inspections, by their conclusions"),
    }
    sections += [FigureSection(names[code], lines.of_group(code)) for code in GROUPS]
    fields = {code: each.label.text(language) for code, each in lists.fields.items()}
    return [
        *sections,
        FigureSection(_("Programmes of inspection"), lines.of_programme()),
        FigureSection(_("Commendations"), lines.of_commendations(fields)),
    ]


def notes_of(figures: RecordFigures) -> list[str]:
    """Return what a reader has to know beside the counts."""
    notes = [
        _(
            "Visits and the different organisations visited are counted apart and not"
            " added; a case that two bodies recorded counts once."
        ),
        _("What is not concluded by a document is not counted."),
    ]
    for head, counted in (
        (figures.period_head, figures.activities),
        (figures.term_head, figures.in_term),
    ):
        if counted is None:
            continue
        for kind, value in counted.before.items():
            told = _("%(head)s: %(value)d of “%(kind)s” are from before the system.")
            notes.append(
                told % {"head": head, "value": value, "kind": figure_label(kind)}
            )
        for kind in counted.left_out:
            told = _(
                "%(head)s: a figure from before the system for “%(kind)s” reaches out"
                " of these days and is not counted."
            )
            notes.append(told % {"head": head, "kind": figure_label(kind)})
    return notes


class _Lines:
    """The lines of each section, of both periods side by side."""

    def __init__(self, now: Activities, term: Activities | None) -> None:
        self.now, self.term = now, term

    def _line(
        self, label: str, name: str, within: str = "", *, is_part: bool = False
    ) -> FigureLine:
        def count(of: Activities) -> int:
            found: int = getattr(getattr(of, within) if within else of, name)
            return found

        in_term = count(self.term) if self.term else None
        return FigureLine(label, count(self.now), in_term, is_part)

    def of_roll(self) -> tuple[FigureLine, ...]:
        return (
            self._line(_("Members admitted"), "admitted"),
            self._line(
                _("Probationary members struck off the rolls"),
                "struck_off_probationary",
            ),
            self._line(_("Full members struck off the rolls"), "struck_off_full"),
            self._line(_("Taken off the rolls as expelled"), "expelled_from_roll"),
        )

    def of_discipline(self, language: str) -> tuple[FigureLine, ...]:
        endings = [
            form.label.text(language).lower()
            for form in record_lists().discipline_forms.values()
            if form.ends_membership
        ]
        return (
            self._line(_("Organisations disciplined"), "organisations", "disciplined"),
            *self._forms("organisations", language),
            self._line(_("Members disciplined"), "members", "disciplined"),
            *self._forms("members", language),
            *(
                self._line(_("Of whom: %s") % ending, "expelled", is_part=True)
                for ending in endings
            ),
        )

    def _forms(self, of: str, language: str) -> Iterator[FigureLine]:
        for code, form in record_lists().discipline_forms.items():
            now = getattr(self.now.forms.get(code, Disciplined()), of)
            in_term = None
            if self.term:
                in_term = getattr(self.term.forms.get(code, Disciplined()), of)
            if (now or in_term) and not form.ends_membership:
                label = _("Of whom: %s") % form.label.text(language).lower()
                yield FigureLine(label, now, in_term, is_part=True)

    def of_group(self, code: str) -> tuple[FigureLine, ...]:
        labels = {
            "visits": _("Visits to organisations"),
            "organisations": _("Different organisations"),
            "member_visits": _("Visits to members"),
            "members": _("Different members"),
        }
        now = self.now.group(code)
        term = self.term.group(code) if self.term else None
        return tuple(
            FigureLine(label, getattr(now, name), getattr(term, name, None))
            for name, label in labels.items()
        )

    def of_programme(self) -> tuple[FigureLine, ...]:
        return (
            self._line(_("Visits planned"), "planned", "programme"),
            self._line(_("Of these done"), "done", "programme", is_part=True),
            self._line(_("Visits beside the programmes"), "unplanned", "programme"),
        )

    def of_commendations(self, fields: dict[str, str]) -> tuple[FigureLine, ...]:
        parts = [
            line
            for code, label in fields.items()
            for line in self._field(code, label)
            if line.count or line.in_term
        ]
        return (
            self._line(_("Organisations commended"), "organisations", "commended"),
            self._line(_("Members commended"), "members", "commended"),
            *parts,
        )

    def _field(self, code: str, label: str) -> Iterator[FigureLine]:
        now = self.now.fields.get(code, Disciplined())
        term = self.term.fields.get(code, Disciplined()) if self.term else None
        for name, told in (
            ("organisations", _("%s: organisations")),
            ("members", _("%s: members")),
        ):
            yield FigureLine(
                told % label,
                getattr(now, name),
                getattr(term, name, None),
                is_part=True,
            )


def to_csv(figures: RecordFigures, *, language: str) -> bytes:
    """Return a line for each count, as UTF-8."""
    with reading_in(language):
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([_("Subject"), _("Counted here"), *_count_heads(figures)])
        for section in sections_of(figures, language):
            for line in section.lines:
                writer.writerow(
                    [section.heading, harmless(line.label), *_counts(line, figures)]
                )
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def to_xlsx(figures: RecordFigures, *, language: str) -> bytes:
    """Return a workbook of one sheet; equal arguments give equal bytes."""
    content = io.BytesIO()
    with reading_in(language), Workbook(content, OPTIONS) as book:
        book.set_properties({"title": figures.unit, "created": _moment(figures)})
        sheet = book.add_worksheet(pgettext("sheet", "Activities"))
        sheet.set_column(0, 0, LABEL_WIDTH)
        sheet.set_column(1, 2, COUNT_WIDTH)
        _write(sheet, book, figures, language)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    return content.getvalue()


def _moment(figures: RecordFigures) -> datetime:
    """Return what the file says about when it was made: the end of its days."""
    return datetime.combine(figures.period.until_on, time())


def _write(
    sheet: Worksheet, book: Workbook, figures: RecordFigures, language: str
) -> None:
    def look(**properties: object) -> Format:
        return book.add_format({"font_name": "Times New Roman", **properties})

    head = look(bold=True, border=1, bg_color="#EEEEEE", text_wrap=True)
    part, whole = look(border=1, indent=1, text_wrap=True), look(border=1)
    number = look(border=1, num_format="#,##0")
    sheet.write_string(0, 0, figures.unit, look(bold=True, font_size=14))
    for column, text in enumerate((_("Counted here"), *_count_heads(figures))):
        sheet.write_string(2, column, text, head)
    row = 3
    for section in sections_of(figures, language):
        sheet.merge_range(row, 0, row, 1 + bool(figures.term), section.heading, head)
        row += 1
        for line in section.lines:
            sheet.write_string(row, 0, line.label, part if line.is_part else whole)
            for column, count in enumerate(_counts(line, figures), 1):
                sheet.write(row, column, count, number)
            row += 1
    for at, text in enumerate(notes_of(figures), row + 1):
        sheet.write_string(at, 0, text, look(italic=True, text_wrap=True))
    sheet.freeze_panes(3, 1)


def _count_heads(figures: RecordFigures) -> list[str]:
    return [figures.period_head, *([figures.term_head] if figures.term else [])]


def _counts(line: FigureLine, figures: RecordFigures) -> Sequence[int | str]:
    if figures.term is None:
        return [line.count]
    return [line.count, NOTHING if line.in_term is None else line.in_term]
