"""What the parser for values does not tell about a sheet, read from its XML. Pure.

The parser reads a formula as the value last calculated and a broken value (#N/A) as
an empty cell, and it allots memory for the whole area that the cells span.
"""

import posixpath
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from members.spreadsheets.cells import (
    MEGABYTE,
    Limits,
    Mark,
    UnfitWorkbook,
    column_index,
    column_letter,
)
from members.spreadsheets.containers import chunks_of

OddCells = dict[int, dict[int, Mark]]  # by column, then row, both from 0

_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_CONTENTS = {"v", "is", "f"}
_OVERLAP_BYTES = 64
_LARGEST_DIRECTORY = 8 * MEGABYTE  # of sheets, or of their parts
_LAST = True  # the parser takes no keyword


def odd_cells(path: Path, sheet: str, limits: Limits) -> OddCells:
    """Return the formulas and broken values of a sheet; `sheet` is as the file has it.

    Raises: UnfitWorkbook where a cell stands beyond the limits or the sheet's part
        is not where a workbook has it; `expat.ExpatError`, ValueError for bad XML.
    """
    with zipfile.ZipFile(path) as archive:
        part = _part_of(archive, sheet)
        with archive.open(part) as stream:
            if not _may_be_odd(chunks_of(stream), limits):
                return {}
        with archive.open(part) as stream:
            scan = _Scan(sheet, limits)
            scan.read(chunks_of(stream))
        return scan.odd


def _may_be_odd(chunks: Iterator[bytes], limits: Limits) -> bool:
    """Search the raw bytes, thirty times quicker than reading their XML.

    A false alarm costs time only, so the expressions are wide: anything like a
    formula, an error, a column after Z or a row past the limit. No program writes
    single quotes there, and each expression is quick by its fixed first letters.
    """
    suspects = _suspects(limits.max_rows)
    end_of_last = b""
    for chunk in chunks:
        seen = end_of_last + chunk
        if any(suspect.search(seen) for suspect in suspects):
            return True
        end_of_last = chunk[-_OVERLAP_BYTES:]
    return False


def _suspects(max_rows: int) -> list[re.Pattern[bytes]]:
    first, digits = str(max_rows)[0], len(str(max_rows))
    far_row = f"[{first}-9][0-9]{{{digits - 1}}}|[0-9]{{{digits + 1},}}"
    expressions = (
        r"<f[\s/>]",
        r":f[\s/>]",
        r'"e"',
        r"='",
        r'"[A-Za-z]{2,}[0-9]',
        rf'"[A-Za-z](?:{far_row})"',
    )
    return [re.compile(expression.encode()) for expression in expressions]


class _Scan:
    """Walk over the cells of one sheet; a reference left out means the next cell."""

    def __init__(self, sheet: str, limits: Limits) -> None:
        self.odd: OddCells = defaultdict(dict)
        self._sheet = sheet
        self._limits = limits
        self._row = self._column = -1
        self._is_in_cell = self._is_broken = False

    def read(self, chunks: Iterator[bytes]) -> None:
        parser = _parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        for chunk in chunks:
            parser.Parse(chunk)
        parser.Parse(b"", _LAST)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _local(name)
        if tag == "row":
            self._row = int(attributes.get("r", self._row + 2)) - 1
            self._column = -1
        elif tag == "c":
            self._enter_cell(attributes)
        elif self._is_in_cell and tag in _CONTENTS:
            self._note(Mark.FORMULA if tag == "f" else Mark.BROKEN)

    def _end(self, name: str) -> None:
        if _local(name) == "c":
            self._is_in_cell = False

    def _enter_cell(self, attributes: dict[str, str]) -> None:
        self._is_in_cell = True
        self._is_broken = attributes.get("t") == "e"
        self._column += 1
        if reference := attributes.get("r"):
            match = _REFERENCE.fullmatch(reference)
            if not match:
                raise UnfitWorkbook("damaged")
            self._column = column_index(match[1].upper())
            self._row = int(match[2]) - 1

    def _note(self, mark: Mark) -> None:
        if self._row > self._limits.max_rows:
            raise rows_beyond(self._sheet, self._row, self._limits)
        if self._column >= self._limits.max_columns:
            raise columns_beyond(self._sheet, self._column, self._limits)
        if mark == Mark.FORMULA or self._is_broken:
            self.odd[self._column].setdefault(self._row, mark)


def rows_beyond(sheet: str, row: int, limits: Limits) -> UnfitWorkbook:
    """Return the refusal of a value in a row (from 0) past the limit."""
    return UnfitWorkbook(
        "too_many_rows", sheet=sheet, row=row + 1, limit=limits.max_rows
    )


def columns_beyond(sheet: str, column: int, limits: Limits) -> UnfitWorkbook:
    """Return the refusal of a value in a column (from 0) past the limit."""
    return UnfitWorkbook(
        "too_many_columns",
        sheet=sheet,
        column=column_letter(column),
        limit=limits.max_columns,
    )


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """Return the part that holds the sheet of that name, by the file's own relations."""
    relations = {
        attributes.get("Id", ""): attributes.get("Target", "")
        for attributes in _elements(
            archive, "xl/_rels/workbook.xml.rels", "Relationship"
        )
    }
    for attributes in _elements(archive, "xl/workbook.xml", "sheet"):
        if attributes.get("name") == sheet:
            target = relations.get(attributes.get("id", ""), "")
            return _part_name(target)
    raise UnfitWorkbook("damaged")


def _part_name(target: str) -> str:
    name = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
    # Only parts of this name were searched for declarations.
    if not name.lower().endswith(".xml"):
        raise UnfitWorkbook("damaged")
    return name


def _elements(archive: zipfile.ZipFile, part: str, tag: str) -> list[dict[str, str]]:
    """Return the attributes, by local name, of each element called `tag`."""
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == tag:
            found.append({_local(key): text for key, text in attributes.items()})

    with archive.open(part) as stream:
        directory = stream.read(_LARGEST_DIRECTORY + 1)
    if len(directory) > _LARGEST_DIRECTORY:
        raise UnfitWorkbook("too_demanding")
    parser = _parser()
    parser.StartElementHandler = start
    parser.Parse(directory, _LAST)
    return found


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_: object) -> NoReturn:
    raise UnfitWorkbook("declarations")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
