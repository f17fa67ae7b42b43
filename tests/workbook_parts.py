"""Workbooks made from parts of text, to differ from a plain one in exactly one thing."""

import io
import struct
import zipfile
from collections.abc import Mapping

from members.spreadsheets.cells import MEGABYTE, Limits

SMALL_LIMITS = Limits(
    max_bytes=5 * MEGABYTE,
    max_rows=5_000,
    address_space_bytes=512 * MEGABYTE,
    cpu_seconds=20,
)
SHEET = "Đơn vị"

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'

CONTENT_TYPES = "[Content_Types].xml"
WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
WORKSHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"

PLAIN_ROWS = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>'
HEAD_ROW = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'


def worksheet(rows: str = PLAIN_ROWS, *, before: str = "", after: str = "") -> str:
    return (
        f'{XML}<worksheet xmlns="{_MAIN}" xmlns:r="{_LINKS}">'
        f"{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def workbook(*names: str, relation: str = "rId1", settings: str = "") -> str:
    sheets = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="{relation}"/>'
        for number, name in enumerate(names or (SHEET,), start=1)
    )
    return (
        f'{XML}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}">'
        f"{settings}<sheets>{sheets}</sheets></workbook>"
    )


def relations(target: str = "worksheets/sheet1.xml") -> str:
    return (
        f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_LINKS}/worksheet" Target="{target}"/>'
        f'<Relationship Id="rId2" Type="{_LINKS}/sharedStrings"'
        ' Target="sharedStrings.xml"/>'
        f'<Relationship Id="rId3" Type="{_LINKS}/styles" Target="styles.xml"/>'
        "</Relationships>"
    )


def strings(*texts: str) -> str:
    items = "".join(f"<si><t>{text}</t></si>" for text in texts or ("Mã", "X1"))
    return f'{XML}<sst xmlns="{_MAIN}">{items}</sst>'


def plain_parts() -> dict[str, str | bytes]:
    overrides = "".join(
        f'<Override PartName="/xl/{name}" ContentType="application/vnd.openxmlformats-'
        f'officedocument.spreadsheetml.{kind}+xml"/>'
        for name, kind in (
            ("workbook.xml", "sheet.main"),
            ("worksheets/sheet1.xml", "worksheet"),
            ("sharedStrings.xml", "sharedStrings"),
            ("styles.xml", "styles"),
        )
    )
    dates = '<xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/>'
    return {
        CONTENT_TYPES: (
            f'{XML}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-'
            f'package.relationships+xml"/>{overrides}</Types>'
        ),
        "_rels/.rels": (
            f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{_LINKS}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>'
        ),
        WORKBOOK: workbook(),
        RELATIONS: relations(),
        STRINGS: strings(),
        STYLES: f'{XML}<styleSheet xmlns="{_MAIN}"><cellXfs>{dates}</cellXfs></styleSheet>',
        WORKSHEET: worksheet(),
    }


def zipped(
    parts: Mapping[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def with_parts(
    changes: Mapping[str, str | bytes] | None = None, **named: str | bytes
) -> bytes:
    """Return a plain workbook with some parts replaced or added."""
    by_name = {
        "sheet": WORKSHEET,
        "workbook": WORKBOOK,
        "relations": RELATIONS,
        "strings": STRINGS,
    }
    replaced = {by_name[key]: content for key, content in named.items()}
    return zipped(plain_parts() | dict(changes or {}) | replaced)


def with_rows(rows: str) -> bytes:
    return with_parts(sheet=worksheet(HEAD_ROW + rows))


def without(part: str) -> bytes:
    parts = plain_parts()
    del parts[part]
    return zipped(parts)


def lying(data: bytes, part: str, *, claims: int, crc: int | None = None) -> bytes:
    """Return the file with another unpacked size (and checksum) for one part."""
    changed = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        info = archive.getinfo(part)
        at_directory = archive.start_dir
    name = part.encode()
    in_directory = data.index(name, at_directory) - 46
    for start, offset in ((info.header_offset, 14), (in_directory, 16)):
        if crc is not None:
            struct.pack_into("<I", changed, start + offset, crc)
        struct.pack_into("<I", changed, start + offset + 8, claims)
    return bytes(changed)


def flagged(data: bytes, *, flags: int) -> bytes:
    """Return the file with flags set for its first part."""
    changed = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        at_directory = archive.start_dir
    for at in (6, at_directory + 8):
        changed[at] |= flags
    return bytes(changed)


def many_rows(count: int) -> str:
    return "".join(
        f'<row r="{at}"><c r="A{at}"><v>{at}</v></c></row>'
        for at in range(2, count + 2)
    )


def cell(value: str, *, style: int = 0) -> str:
    return f'<row r="2"><c r="A2" s="{style}"><v>{value}</v></c></row>'


def inline(text: str, *, reference: str = "A2", row: int = 2) -> str:
    return f'<row r="{row}"><c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def doctype(text: str, declaration: str) -> str:
    """Put a declaration after the XML line, with an entity used in the text."""
    return text.replace(XML, XML + declaration, 1)
