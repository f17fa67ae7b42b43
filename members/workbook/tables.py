"""A sheet as columns found by their heads, read one column at a time. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import compress
from typing import TypeAlias

from members.dates import NotADate, parse_partial
from members.names import UnfitName, UnfitText, clean_name, clean_text, fold
from members.spreadsheets.cells import Column, Mark, Sheet
from members.workbook.findings import Finding, Findings, Matter, Param
from members.workbook.layout import (
    CODE_LENGTH,
    NAME_LENGTH,
    OWN_HEADS,
    Head,
    Layout,
)

# None stands for a cell that has a fault of its own, so that nothing else is said
# about it.
Texts: TypeAlias = list[str | None]
# From the text of a cell to what is kept; raises Unfit.
Meaning: TypeAlias = Callable[[str], str]
# From the text of a cell and its mark to why it cannot be used at all.
Refusal: TypeAlias = Callable[[str, str], Matter | None]

_FIRST_ROW = 1
_UNFIT_MARKS: Mapping[str, Matter] = {
    Mark.FORMULA: Matter.FORMULA,
    Mark.BROKEN: Matter.BROKEN,
}
_UNFIT_MARKS_OF_TEXT: Mapping[str, Matter] = {
    **_UNFIT_MARKS,
    Mark.DATE: Matter.DATE_FOR_TEXT,
    Mark.OTHER: Matter.NOT_TEXT,
}
_EXACT_DIGITS = 15  # a number of Excel keeps no more


class Unfit(Exception):
    """A text cannot stand in its column."""

    def __init__(self, code: str, **params: Param) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


class Table:
    """The rows of one sheet under the heads that its layout asks for."""

    def __init__(
        self,
        layout: Layout,
        *,
        rows: list[int],
        columns: Mapping[str, Column],
        findings: Findings,
    ) -> None:
        self.layout = layout
        self.rows = rows
        self._columns = columns
        self._findings = findings

    def telling(self, findings: Findings) -> "Table":
        """Return the same rows, whose faults and notes go to other findings."""
        return Table(
            self.layout, rows=self.rows, columns=self._columns, findings=findings
        )

    def codes(self, field: str, meaning: Meaning = str) -> Texts:
        """Return what obligatory codes mean; a number is read as its digits."""
        clean = _required(_clean_code)
        return self._read(
            field, lambda value: meaning(clean(value)), refuse=_unfit_for_code
        )

    def references(self, field: str, meaning: Meaning = str) -> Texts:
        """Return what a column of codes or numbers means that may be empty."""
        return self._read(
            field, lambda value: meaning(_clean_code(value)), refuse=_unfit_for_code
        )

    def names(self, field: str) -> Texts:
        """Return a column of obligatory text."""
        return self._read(field, _required(_clean_name), refuse=_unfit_for_text)

    def names_of_people(self, field: str) -> Texts:
        """Return a column of obligatory names of people."""
        return self._read(field, _required(_clean_person), refuse=_unfit_for_text)

    def terms(self, field: str, meaning: Meaning) -> Texts:
        """Return the codes of the terms that a column means."""
        return self._read(field, meaning, refuse=_unfit_anywhere)

    def dates(self, field: str) -> Texts:
        """Return a column of dates, of which perhaps only the year is known."""
        return self._read(field, _date, refuse=_unfit_anywhere)

    def fault(self, at: int, field: str, code: str, **params: Param) -> None:
        """Say what is wrong with the cell of one row; `at` counts the rows from 0."""
        self._findings.add(self._finding(at, field, code, params))

    def note(self, at: int, field: str, code: str, **params: Param) -> None:
        """Say what is odd about the cell of one row; `at` counts the rows from 0."""
        self._findings.note(self._finding(at, field, code, params))

    def fault_of_sheet(self, code: str) -> None:
        """Say what is wrong with the sheet as a whole."""
        self._findings.add(Finding(self.layout.name, 0, "", "", code))

    def _read(
        self,
        field: str,
        parse: Meaning,
        *,
        refuse: Refusal,
    ) -> Texts:
        column = self._columns[field]
        known: dict[tuple[str, str], str | Unfit] = {}
        texts: Texts = []
        for at, cell in enumerate(zip(column.values, column.marks, strict=True)):
            if cell not in known:
                known[cell] = _parsed(*cell, parse, refuse)
            outcome = known[cell]
            if isinstance(outcome, Unfit):
                self.fault(at, field, outcome.code, **outcome.params)
                texts.append(None)
            else:
                texts.append(outcome)
        return texts

    def _finding(
        self, at: int, field: str, code: str, params: Mapping[str, Param]
    ) -> Finding:
        return Finding(
            sheet=self.layout.name,
            row=self.rows[at],
            column=self.layout.head_of(field).label,
            value=self._columns[field].values[at],
            code=code,
            params=params,
        )


def meaning_in(
    lookup: Callable[[str], str | None],
    allowed: Iterable[str],
    *,
    is_required: bool = False,
) -> Meaning:
    """Return how to read a column of terms; empty cells mean nothing, "".

    Raises: Unfit (when used) for what `lookup` does not know, and for empty cells
        where there must be something.
    """
    labels = tuple(allowed)

    def meaning(value: str) -> str:
        if not value.strip():
            if is_required:
                raise Unfit(Matter.EMPTY, allowed=labels)
            return ""
        code = lookup(value)
        if code is None:
            raise Unfit(Matter.UNKNOWN_TERM, allowed=labels)
        return code

    return meaning


def filled(texts: Texts) -> list[str]:
    """Return the texts with "" where the cell has a fault."""
    return [text or "" for text in texts]


def first_places(table: Table, field: str, codes: Texts) -> dict[str, int]:
    """Return where each folded code of a column stands first; a second time is a fault."""
    at_of: dict[str, int] = {}
    for at, code in enumerate(codes):
        if code is None:
            continue
        first = at_of.setdefault(fold(code), at)
        if first != at:
            table.fault(at, field, Matter.TWICE, row=table.rows[first])
    return at_of


def table_of(
    sheets: Mapping[str, Sheet], layout: Layout, findings: Findings
) -> Table | None:
    """Return the sheet of a layout as a table, None where its heads are not right."""
    sheet = sheets.get(layout.name)
    if sheet is None:
        findings.add(Finding(layout.name, 0, "", "", Matter.SHEET_MISSING))
        return None
    columns: dict[str, Column] = {}
    faults = [
        *_sort_in(sheet, layout, columns, findings),
        *_missing(layout, columns),
    ]
    for fault in faults:
        findings.add(fault)
    if faults:
        return None
    rows, columns = _with_something(sheet.rows, columns)
    return Table(layout, rows=rows, columns=columns, findings=findings)


def _with_something(
    rows: list[int], columns: dict[str, Column]
) -> tuple[list[int], dict[str, Column]]:
    """Drop rows in which only a column that is not read holds something."""
    marks = zip(*(column.marks for column in columns.values()), strict=True)
    kept = [any(mark != Mark.EMPTY for mark in row) for row in marks]
    if all(kept):
        return rows, columns
    return list(compress(rows, kept)), {
        field: Column(
            column.letter,
            column.head,
            list(compress(column.values, kept)),
            "".join(compress(column.marks, kept)),
        )
        for field, column in columns.items()
    }


def _sort_in(
    sheet: Sheet, layout: Layout, columns: dict[str, Column], findings: Findings
) -> Iterator[Finding]:
    """Put each column under its field; yield what is wrong with the heads."""
    field_of = {
        spelling: head.field for head in layout.heads for spelling in head.spellings
    }
    for column in sheet.columns:
        folded = fold(column.head)
        where = (layout.name, _FIRST_ROW, column.letter, column.head)
        if not folded:
            if column.marks.strip():
                findings.note(Finding(*where, Matter.HEAD_EMPTY))
        elif folded in OWN_HEADS:
            continue
        elif folded not in field_of:
            yield Finding(
                *where, Matter.HEAD_UNKNOWN, {"allowed": _labels(layout.heads)}
            )
        elif field_of[folded] in columns:
            yield Finding(*where, Matter.HEAD_TWICE)
        else:
            columns[field_of[folded]] = column


def _missing(layout: Layout, found: Mapping[str, Column]) -> Iterator[Finding]:
    for head in layout.heads:
        if head.field not in found:
            yield Finding(layout.name, _FIRST_ROW, head.label, "", Matter.HEAD_MISSING)


def _labels(heads: Iterable[Head]) -> tuple[str, ...]:
    return tuple(head.label for head in heads)


def _parsed(
    value: str,
    mark: str,
    parse: Meaning,
    refuse: Refusal,
) -> str | Unfit:
    if code := refuse(value, mark):
        return Unfit(code)
    try:
        return parse(value)
    except Unfit as unfit:
        return unfit.with_traceback(None)  # it would keep every frame alive


def _unfit_anywhere(_value: str, mark: str) -> Matter | None:
    return _UNFIT_MARKS.get(mark)


def _unfit_for_text(_value: str, mark: str) -> Matter | None:
    return _UNFIT_MARKS_OF_TEXT.get(mark)


def _unfit_for_code(value: str, mark: str) -> Matter | None:
    """As for text; of a number only the digits that Excel kept are sure."""
    if mark != Mark.NUMBER:
        return _UNFIT_MARKS_OF_TEXT.get(mark)
    if not value.isdecimal():
        return Matter.NUMBER_WITH_POINT
    return Matter.NUMBER_TOO_LONG if len(value) > _EXACT_DIGITS else None


def _clean(value: str, *, longest: int) -> str:
    try:
        text = clean_text(value)
    except UnfitText as unfit:
        raise Unfit(Matter.CHARACTER, name=unfit.code_point) from None
    if len(text) > longest:
        raise Unfit(Matter.TOO_LONG, limit=longest)
    return text


def _clean_code(value: str) -> str:
    code = _clean(value, longest=CODE_LENGTH)
    if code and not fold(code):
        raise Unfit(Matter.CODE_OF_MARKS)
    return code


_clean_name = partial(_clean, longest=NAME_LENGTH)


def _clean_person(value: str) -> str:
    try:
        return clean_name(_clean_name(value))
    except UnfitName as unfit:
        raise Unfit(Matter.NOT_A_NAME, name=unfit.shown) from None


def _required(parse: Meaning) -> Meaning:
    def parse_required(value: str) -> str:
        text = parse(value)
        if not text:
            raise Unfit(Matter.EMPTY)
        return text

    return parse_required


def _date(value: str) -> str:
    try:
        return parse_partial(value)
    except NotADate:
        raise Unfit(Matter.NOT_A_DATE) from None
