"""Files that somebody might upload as a workbook to break or mislead the import.

Each case says how the file is made and what must come of it: the code of the
refusal, or READ for what is odd and yet legitimate.
"""

import io
import random
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tests.workbook_parts import (
    CONTENT_TYPES,
    HEAD_ROW,
    RELATIONS,
    SHEET,
    STYLES,
    WORKBOOK,
    WORKSHEET,
    XML,
    cell,
    doctype,
    flagged,
    inline,
    lying,
    many_rows,
    plain_parts,
    relations,
    strings,
    with_parts,
    with_rows,
    without,
    workbook,
    worksheet,
    zipped,
)

READ = "read"
REFUSED = "refused"  # with any sentence

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LONG_TEXT = 300 * 2**20


@dataclass(frozen=True)
class Hostile:
    name: str
    make: Callable[[], bytes]
    outcome: str
    is_long: bool = False


def rows(text: str) -> Callable[[], bytes]:
    return partial(with_rows, text)


def parts(
    added: dict[str, str | bytes] | None = None, **named: str | bytes
) -> Callable[[], bytes]:
    return partial(with_parts, added, **named)


def ole_file(stream: str) -> bytes:
    return _OLE + bytes(504) + stream.encode("utf-16-le") + bytes(1024)


def lying_small() -> bytes:
    return lying(with_rows(many_rows(4_000)), WORKSHEET, claims=500)


def lying_with_checksum() -> bytes:
    """Say a small size, and the checksum of exactly that beginning."""
    text = worksheet(HEAD_ROW + "<row><c><v>1</v></c></row>" * 400_000)
    data = with_parts(sheet=text)
    start = text.encode()[:100_000]
    return lying(data, WORKSHEET, claims=len(start), crc=zlib.crc32(start))


def duplicated() -> bytes:
    first = zipped(plain_parts())
    file = io.BytesIO(first)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheetX.xml", worksheet())
    return file.getvalue().replace(b"sheetX.xml", b"sheet1.xml")


def laughs() -> str:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    declaration = f'<!DOCTYPE sst [<!ENTITY l0 "lol">{levels}]>'
    return doctype(strings("Mã", "&l9;"), declaration)


def xxe() -> str:
    declaration = '<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return doctype(strings("Mã", "&x;"), declaration)


def across_chunks() -> str:
    """Let the declaration begin in one piece of a megabyte and end in the next."""
    start = XML + "<!--"
    declaration = '--><!DOCTYPE worksheet SYSTEM "x">'
    noise = random.Random(7).randbytes(2**19).hex()
    padding = noise[: 2**20 - len(start) - 6]
    return worksheet().replace(XML, start + padding + declaration, 1)


def amplified() -> bytes:
    """Repeat one long text in every cell."""
    cells = "".join(
        f'<row r="{at}"><c r="A{at}" t="s"><v>1</v></c></row>' for at in range(2, 1002)
    )
    noise = random.Random(3).randbytes(15_000).hex()
    return with_parts(sheet=worksheet(HEAD_ROW + cells), strings=strings("Mã", noise))


def mutant(seed: int) -> bytes:
    """Overwrite some bytes of a plain workbook, as a bad disk would."""
    source = random.Random(seed)
    data = bytearray(zipped(plain_parts()))
    for _ in range(source.randint(1, 40)):
        data[source.randrange(len(data))] = source.randrange(256)
    return bytes(data)


NO_WORKBOOKS = [
    Hostile("empty file", lambda: b"", "not_xlsx"),
    Hostile("renamed CSV", lambda: "Mã,Tên\n1,Chi bộ\n".encode(), "not_xlsx"),
    Hostile("renamed HTML", lambda: b"<html><table><tr><td>1", "not_xlsx"),
    Hostile("renamed PDF", lambda: b"%PDF-1.7\n" + bytes(100), "not_xlsx"),
    Hostile("old xls", lambda: ole_file("Workbook"), "old_format"),
    Hostile("encrypted", lambda: ole_file("EncryptedPackage"), "encrypted"),
    Hostile("word document", lambda: without(WORKBOOK), "not_xlsx"),
    Hostile("no content types", lambda: without(CONTENT_TYPES), "not_xlsx"),
    Hostile(
        "ods", lambda: zipped({"mimetype": "x", "content.xml": "<a/>"}), "not_xlsx"
    ),
    Hostile("program before zip", lambda: b"MZ" + zipped(plain_parts()), "not_xlsx"),
]
BAD_ZIPS = [
    Hostile("half", lambda: zipped(plain_parts())[:1200], "damaged"),
    Hostile("cut at the end", lambda: zipped(plain_parts())[:-30], "damaged"),
    Hostile(
        "wrong checksum",
        lambda: lying(
            zipped(plain_parts()), STYLES, claims=len(plain_parts()[STYLES]), crc=1
        ),
        "damaged",
    ),
    Hostile("password", lambda: flagged(zipped(plain_parts()), flags=1), "encrypted"),
    Hostile(
        "bzip2", lambda: zipped(plain_parts(), method=zipfile.ZIP_BZIP2), "damaged"
    ),
    Hostile("lzma", lambda: zipped(plain_parts(), method=zipfile.ZIP_LZMA), "damaged"),
    Hostile("part twice", duplicated, "damaged"),
    Hostile(
        "201 parts",
        parts({f"xl/p{n}.xml": "<a/>" for n in range(194)}),
        "too_many_parts",
    ),
    Hostile(
        "10,000 sheets",
        parts({f"xl/worksheets/sheet{n}.xml": worksheet() for n in range(2, 10_001)}),
        "too_many_parts",
        is_long=True,
    ),
    Hostile(
        "10,000 names for one sheet",
        parts(workbook=workbook(*(f"S{n}" for n in range(10_000)), SHEET)),
        READ,
    ),
    Hostile(
        "300 MB cell",
        lambda: with_rows(inline("x" * _LONG_TEXT)),
        "unpacks_too_large",
        is_long=True,
    ),
    Hostile(
        "20 MB cell", lambda: with_rows(inline("x" * 20_000_000)), "unpacks_too_large"
    ),
    Hostile(
        "bomb beside the sheet",
        lambda: with_parts({"xl/media/a.bin": bytes(30_000_000)}),
        "unpacks_too_large",
    ),
    Hostile(
        "declares too much",
        lambda: lying(zipped(plain_parts()), WORKSHEET, claims=2**31),
        "unpacks_too_large",
    ),
    Hostile("declares too little", lying_small, "damaged"),
    Hostile("declares too little, with checksum", lying_with_checksum, REFUSED),
    Hostile(
        "path outside",
        parts({"../../../tmp/evil.xml": "<a/>"}),
        READ,
    ),
    *(
        Hostile(f"mutant {seed}", lambda s=seed: mutant(s), REFUSED)
        for seed in range(10)
    ),
]
BAD_PARTS = [
    Hostile("macros", parts({"xl/vbaProject.bin": b"x"}), "macros"),
    Hostile("macros elsewhere", parts({"a/VBAPROJECT.BIN": b"x"}), "macros"),
    Hostile("XLM macros", parts({"xl/macrosheets/a.xml": "<a/>"}), "macros"),
    Hostile("ActiveX", parts({"xl/activeX/a.xml": "<a/>"}), "macros"),
    Hostile(
        "external link",
        parts({"xl/externalLinks/externalLink1.xml": "<a/>"}),
        "external_links",
    ),
    Hostile(
        "connection",
        parts({"xl/connections.xml": "<a/>"}),
        "external_links",
    ),
    Hostile("billion laughs", parts(strings=laughs()), "declarations"),
    Hostile("XXE", parts(strings=xxe()), "declarations"),
    Hostile(
        "external DTD",
        parts(
            relations=doctype(
                relations(), '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/evil.dtd">'
            )
        ),
        "declarations",
    ),
    Hostile("DTD across pieces", parts(sheet=across_chunks()), "declarations"),
    Hostile(
        "DTD in UTF-16",
        parts(strings=xxe().replace("UTF-8", "UTF-16").encode("utf-16")),
        "damaged",
    ),
    Hostile(
        "UTF-7",
        parts(strings=strings().replace("UTF-8", "UTF-7")),
        "damaged",
    ),
    Hostile(
        "sheet twice",
        parts(workbook=workbook(SHEET, SHEET)),
        "sheet_twice",
    ),
    Hostile(
        "sheet elsewhere",
        parts(relations=relations("../../../../etc/passwd")),
        "damaged",
    ),
    Hostile(
        "sheet nowhere",
        parts(workbook=workbook(relation="rId9")),
        "damaged",
    ),
    Hostile("sheet absent", lambda: without(WORKSHEET), "damaged"),
    Hostile("relations absent", lambda: without(RELATIONS), "damaged"),
    Hostile("NUL in the sheet", rows(inline("a\0b")), READ),
]
BAD_SHEETS = [
    Hostile(
        "last cell",
        rows(inline("x", reference="XFD1048576", row=1048576)),
        "too_many_rows",
    ),
    Hostile(
        "last row, column Z",
        rows(inline("x", reference="Z1048576", row=1048576)),
        "too_many_rows",
    ),
    Hostile(
        "last column",
        rows(inline("x", reference="XFD2")),
        "too_many_columns",
    ),
    Hostile("column 61", rows(inline("x", reference="BI2")), "too_many_columns"),
    Hostile(
        "row 5,002",
        rows(inline("x", reference="A5002", row=5002)),
        "too_many_rows",
    ),
    Hostile(
        "no references, 61 columns",
        rows(f"<row>{'<c><v>1</v></c>' * 61}</row>"),
        "too_many_columns",
    ),
    Hostile(
        "no references, 5,001 rows",
        rows("".join(f"<row><c><v>{n}</v></c></row>" for n in range(5001))),
        "too_many_rows",
    ),
    Hostile(
        "last cell in single quotes",
        rows("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"),
        "too_many_rows",
    ),
    Hostile(
        "last cell hidden by blanks",
        rows("<row r =  '9'><c r =  'BH1048576'><v>1</v></c></row>"),
        "too_demanding",
    ),
    Hostile(
        "no such cell",
        rows("<row r='2'><c r='AAAAAAAAA2'><v>1</v></c></row>"),
        REFUSED,
    ),
    Hostile(
        "no such row",
        rows('<row r="2"><c r="A99999999999999999999"><v>1</v></c></row>'),
        REFUSED,
    ),
    Hostile(
        "1,000,000 rows",
        lambda: with_rows(many_rows(1_000_000)),
        "too_large",
        is_long=True,
    ),
    Hostile(
        "40,000 letters",
        rows(inline(random.Random(1).randbytes(20_000).hex())),
        "text_too_long",
    ),
    Hostile("long text 1,000 times", amplified, "unpacks_too_large"),
    Hostile(
        "string that is not there",
        rows('<row r="2"><c r="A2" t="s"><v>99999</v></c></row>'),
        REFUSED,
    ),
    Hostile("sheet breaks off", parts(sheet=worksheet()[:-40]), REFUSED),
    Hostile("date beyond the calendar", rows(cell("1e300", style=1)), READ),
    Hostile("number beyond numbers", rows(cell("1e999")), READ),
    Hostile("no number", rows(cell("NaN")), READ),
]
LEGITIMATE = [
    Hostile("plain", lambda: zipped(plain_parts()), READ),
    Hostile("stored", lambda: zipped(plain_parts(), method=zipfile.ZIP_STORED), READ),
    Hostile(
        "formula",
        rows('<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>'),
        READ,
    ),
    Hostile(
        "hyperlink formula",
        rows(
            '<row r="2"><c r="A2" t="str"><f>HYPERLINK("http://a")</f><v>a</v></c></row>'
        ),
        READ,
    ),
    Hostile(
        "broken value",
        rows('<row r="2"><c r="A2" t="e"><v>#N/A</v></c></row>'),
        READ,
    ),
    Hostile(
        "merged cells",
        parts(
            sheet=worksheet(
                after='<mergeCells count="1"><mergeCell ref="A2:XFD9"/></mergeCells>'
            )
        ),
        READ,
    ),
    Hostile("NFD text", rows(inline("Nguye\u0302\u0303n")), READ),
    Hostile("NFD sheet name", parts(workbook=workbook("Đơn vị")), READ),
    Hostile("date as text", rows(inline("17/05/1960")), READ),
    Hostile(
        "dimension too large",
        parts(sheet=worksheet(before='<dimension ref="A1:XFD1048576"/>')),
        READ,
    ),
    Hostile(
        "dimension too small",
        parts(sheet=worksheet(before='<dimension ref="A1"/>')),
        READ,
    ),
    Hostile(
        "painted last cell",
        rows('<row r="1048576"><c r="XFD1048576" s="1"/></row>'),
        READ,
    ),
    Hostile(
        "drawing with DOCTYPE",
        parts({"xl/media/a.svg": "<!DOCTYPE svg><svg/>"}),
        READ,
    ),
    Hostile(
        "settings of a printer",
        parts({"xl/printerSettings/p.bin": "HP".encode("utf-16")}),
        READ,
    ),
    Hostile(
        "dates from 1904",
        parts(workbook=workbook(settings='<workbookPr date1904="1"/>')),
        READ,
    ),
]

ALL = [*NO_WORKBOOKS, *BAD_ZIPS, *BAD_PARTS, *BAD_SHEETS, *LEGITIMATE]
