"""Attached files put together by hand: PDF objects, Office parts, pictures."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import pikepdf
from PIL import Image

PAGE = "/Type /Page /Parent 2 0 R /MediaBox [0 0 200 200]"
HTTP = "http://schemas.openxmlformats.org"
RELATIONSHIPS = f"{HTTP}/officeDocument/2006/relationships"
TYPES = "[Content_Types].xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def pdf(
    objects: Mapping[int, str | bytes] | None = None,
    *,
    catalog: str = "",
    page: str = "",
    trailer: str = "",
) -> bytes:
    """A PDF of one page; `objects` are put in beside, or in place of, its own."""
    whole: dict[int, str | bytes] = {
        1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: f"<< {PAGE} {page} >>",
        **(objects or {}),
    }
    written, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", {}
    for number, body in sorted(whole.items()):
        places[number] = len(written)
        raw = body if isinstance(body, bytes) else body.encode()
        written += b"%d 0 obj\n%s\nendobj\n" % (number, raw)
    start = len(written)
    count = max(whole) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n" % count
    for number in range(1, count):
        at = places.get(number)
        table += b"0000000000 65535 f \n" if at is None else b"%010d 00000 n \n" % at
    end = f"trailer\n<< /Size {count} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n"
    return written + table + end.encode() + b"%%EOF\n"


def stream(content: bytes, keys: str = "") -> bytes:
    head = f"<< /Length {len(content)} {keys} >>\nstream\n".encode()
    return head + content + b"\nendstream"


def repacked(content: bytes, **options: object) -> bytes:
    """The same PDF, written by pikepdf: packed into object streams, encrypted."""
    with pikepdf.open(io.BytesIO(content)) as opened:
        written = io.BytesIO()
        opened.save(written, **options)
    return written.getvalue()


def zipped(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def types(main: str, content_type: str) -> str:
    office = "application/vnd.openxmlformats-officedocument"
    return (
        f'<Types xmlns="{HTTP}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
        '.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main}" ContentType="{office}.{content_type}.main+xml"/>'
        "</Types>"
    )


def relations(*links: tuple[str, str, str]) -> str:
    """Relations by kind, target and mode ("External" or "")."""
    each = "".join(
        f'<Relationship Id="r{number}" Type="{RELATIONSHIPS}/{kind}" Target="{target}"'
        f"{f' TargetMode={mode!r}' if mode else ''}/>"
        for number, (kind, target, mode) in enumerate(links)
    )
    return f'<Relationships xmlns="{HTTP}/package/2006/relationships">{each}</Relationships>'


def document(body: str = "<w:p><w:r><w:t>Xin chào</w:t></w:r></w:p>") -> str:
    space = f"{HTTP}/wordprocessingml/2006/main"
    return f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'


def docx(
    added: Mapping[str, str | bytes] | None = None, *, body: str | None = None
) -> bytes:
    text = document() if body is None else document(body)
    parts = {
        TYPES: types("word/document.xml", "wordprocessingml.document"),
        "_rels/.rels": relations(("officeDocument", "word/document.xml", "")),
        "word/document.xml": text,
        **(added or {}),
    }
    return zipped(parts)


def linked(kind: str, target: str, mode: str = "External") -> bytes:
    """A Word file that refers to something by one relation."""
    links = relations((kind, target, mode))
    return docx({"word/_rels/document.xml.rels": links})


def pptx(added: Mapping[str, str | bytes] | None = None) -> bytes:
    parts = {
        TYPES: types("ppt/presentation.xml", "presentationml.presentation"),
        "ppt/presentation.xml": "<presentation/>",
        **(added or {}),
    }
    return zipped(parts)


def xlsx(added: Mapping[str, str | bytes] | None = None) -> bytes:
    parts = {
        TYPES: types("xl/workbook.xml", "spreadsheetml.sheet"),
        "xl/workbook.xml": "<workbook/>",
        **(added or {}),
    }
    return zipped(parts)


def field(*pieces: str) -> bytes:
    """A Word file with one field, its code in as many pieces."""
    code = "".join(f"<w:r><w:instrText>{each}</w:instrText></w:r>" for each in pieces)
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return docx(body=f"<w:p>{begin}{code}{end}</w:p>")


def picture(kind: str = "JPEG", size=(64, 48), mode: str = "RGB", **options) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size, options.pop("colour", None) or 0).save(
        written, kind, **options
    )
    return written.getvalue()


def phone_photograph() -> bytes:
    """A JPEG lying on its side, with the place where it was taken and the camera."""
    photograph = Image.new("RGB", (80, 40), "white")
    photograph.paste("red", (0, 0, 40, 40))
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "TELEPHONE-OF-LAN"
    exif.get_ifd(0x8825).update({1: "N", 2: (21.0, 1.0, 42.5), 3: "E", 4: (105, 51, 0)})
    written = io.BytesIO()
    photograph.save(written, "JPEG", exif=exif, comment=b"COMMENT-OF-LAN", quality=95)
    return written.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)


def png(
    *chunks: bytes, width: int = 1, height: int = 1, data: bytes = b"\0\0"
) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + b"".join(chunks) + chunk(b"IDAT", zlib.compress(data))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


def huge_jpeg() -> bytes:
    """Says 30,000 × 30,000 in its head."""
    small = picture()
    at = small.index(b"\xff\xc0") + 5
    return small[:at] + struct.pack(">HH", 30_000, 30_000) + small[at + 4 :]
