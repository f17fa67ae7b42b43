"""Files that somebody might attach to harm who opens them, or the site.

Each case says under which name it comes, how it is made, and what must come of it.
"""

import io
import warnings
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pikepdf

from tests.attachment_parts import (
    OLE,
    TYPES,
    chunk,
    document,
    docx,
    field,
    huge_jpeg,
    linked,
    pdf,
    phone_photograph,
    picture,
    png,
    pptx,
    relations,
    repacked,
    stream,
    types,
    xlsx,
    zipped,
)

ANY = "any"  # with any sentence
SCRIPT = "<< /S /JavaScript /JS (app.alert(1)) >>"


@dataclass(frozen=True)
class Hostile:
    name: str
    make: Callable[[], bytes]
    outcome: str
    called: str = ""  # the name under which it comes
    is_long: bool = False

    @property
    def file_name(self) -> str:
        return self.called or f"a.{self.name.partition(':')[0]}"


def annotated(keys: str) -> Callable[[], bytes]:
    return partial(
        pdf, {4: f"<< /Type /Annot /Rect [0 0 9 9] {keys} >>"}, page="/Annots [4 0 R]"
    )


def opens(action: str) -> Callable[[], bytes]:
    return partial(pdf, {4: action}, catalog="/OpenAction 4 0 R")


def with_attachment() -> bytes:
    with pikepdf.new() as made:
        made.add_blank_page()
        made.attachments["a.exe"] = b"MZ"
        written = io.BytesIO()
        made.save(written)
    return written.getvalue()


def many_pages() -> bytes:
    kids = " ".join(["3 0 R"] * 100_000)
    return pdf({2: f"<< /Type /Pages /Count 100000 /Kids [{kids}] >>"})


def stream_bomb() -> bytes:
    """Packed twice: ten megabytes that would be ten thousand."""
    packer, pieces = zlib.compressobj(9), []
    for _ in range(4_000):
        pieces.append(packer.compress(bytes(2**20)))
    inner = b"".join(pieces) + packer.flush()
    keys = "/Filter [/FlateDecode /FlateDecode]"
    return pdf({4: stream(zlib.compress(inner, 9), keys)}, page="/Contents 4 0 R")


def updated(addition: bytes) -> bytes:
    """A second revision after the end of the first."""
    first = pdf()
    start = first.rindex(b"startxref\n") + 10
    previous = int(first[start : first.index(b"\n", start)])
    at = len(first)
    body = b"1 0 obj\n" + addition + b"\nendobj\n"
    table = b"xref\n1 1\n%010d 00000 n \n" % at
    end = b"trailer\n<< /Size 4 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    return first + body + table + end % (previous, at + len(body))


def twice() -> bytes:
    written = io.BytesIO(docx())
    with zipfile.ZipFile(written, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the name that is there already
        archive.writestr("word/document.xml", document())
    return written.getvalue()


def spoiled() -> bytes:
    data = docx()
    return data[:30] + b"\xff" * 10 + data[40:]


PDFS = [
    *(
        Hostile(f"pdf: act of {act}", opens(f"<< /S /{act} >>"), "acts")
        for act in (
            "JavaScript", "Movie", "Sound", "RichMediaExecute", "GoTo3DView",
        )
    ),
    *(
        Hostile(f"pdf: note of {kind}", annotated(f"/Subtype /{kind}"), "acts")
        for kind in ("Screen", "RichMedia")
    ),
    *(
        Hostile(f"pdf: {key} alone", partial(pdf, {4: f"<< /{key} << >> >>"}), code)
        for key, code in {
            "JS": "acts", "JavaScript": "acts", "RichMediaContent": "acts",
            "3DD": "acts", "EmbeddedFiles": "embedded",
        }.items()
    ),
    Hostile("pdf: script on opening", opens(SCRIPT), "acts"),
    Hostile("pdf: script by name", partial(pdf, catalog=f"/Names << /JavaScript << /Names [(a) {SCRIPT}] >> >>"), "acts"),
    Hostile("pdf: script of a page", partial(pdf, page=f"/AA << /O {SCRIPT} >>"), "acts"),
    Hostile("pdf: script of a note", annotated(f"/Subtype /Link /A {SCRIPT}"), "acts"),
    Hostile("pdf: script after another act", opens(f"<< /S /GoTo /D [3 0 R /Fit] /Next {SCRIPT} >>"), "acts"),
    Hostile("pdf: script spelled otherwise", opens("<< /S /J#61vaScript /J#53 (a) >>"), "acts"),
    Hostile("pdf: script in an object stream", lambda: repacked(opens(SCRIPT)(), object_stream_mode=pikepdf.ObjectStreamMode.generate), "acts"),
    Hostile("pdf: script that nothing refers to", partial(pdf, {4: SCRIPT}), "acts"),
    Hostile("pdf: script in a later revision", lambda: updated(f"<< /Type /Catalog /Pages 2 0 R /OpenAction {SCRIPT} >>".encode()), "acts"),
    Hostile("pdf: script in a trailer", partial(pdf, trailer=f"/Extra {SCRIPT}"), "acts"),
    Hostile("pdf: program", opens("<< /S /Launch /F (calc.exe) >>"), "acts"),
    Hostile("pdf: film", opens("<< /S /Rendition /OP 0 >>"), "acts"),
    Hostile("pdf: old film", annotated("/Subtype /Movie"), "acts"),
    Hostile("pdf: sound", annotated("/Subtype /Sound"), "acts"),
    Hostile("pdf: flash", annotated("/Subtype /RichMedia /RichMediaContent << >>"), "acts"),
    Hostile("pdf: model of three dimensions", annotated("/Subtype /3D"), "acts"),
    Hostile("pdf: form of XFA", partial(pdf, {4: stream(b"<xdp/>")}, catalog="/AcroForm << /Fields [] /XFA 4 0 R >>"), "acts"),
    Hostile("pdf: form that is sent", annotated("/Subtype /Widget /FT /Btn /A << /S /SubmitForm /F (https://a.example) >>"), "submits"),
    Hostile("pdf: form that takes data", opens("<< /S /ImportData /F (a.fdf) >>"), "submits"),
    Hostile("pdf: packed file", with_attachment, ANY),
    Hostile("pdf: packed file as a note", annotated("/Subtype /FileAttachment"), "embedded"),
    Hostile("pdf: packed file that nothing names", partial(pdf, {4: stream(b"MZ", "/Type /EmbeddedFile")}), "embedded"),
    Hostile("pdf: associated file", partial(pdf, {4: "<< /Type /Filespec /EF << /F 5 0 R >> >>", 5: stream(b"MZ")}, catalog="/AF [4 0 R]"), "embedded"),
    Hostile("pdf: goes into a packed file", opens("<< /S /GoToE >>"), "embedded"),
    Hostile("pdf: goes to a share", opens(r"<< /S /GoToR /F (\\\\host\\share\\a.pdf) /D [0 /Fit] >>"), "external"),
    Hostile("pdf: content from a file", partial(pdf, {4: stream(b"", "/F (a.bin)")}, page="/Contents 4 0 R"), "external"),
    Hostile("pdf: page of another file", partial(pdf, {4: stream(b"", "/Subtype /Form /Ref << /F (a.pdf) /Page 0 >>")}), "external"),
    Hostile("pdf: link to a file", annotated("/Subtype /Link /A << /S /URI /URI (file:///etc/passwd) >>"), "external"),
    Hostile("pdf: link to a script", annotated("/Subtype /Link /A << /S /URI /URI (javascript:alert\\(1\\)) >>"), "external"),
    Hostile("pdf: password", lambda: repacked(pdf(), encryption=pikepdf.Encryption(owner="a", user="b")), "encrypted_pdf"),
    Hostile("pdf: forbids printing", lambda: repacked(pdf(), encryption=pikepdf.Encryption(owner="a", user="")), "encrypted_pdf"),
    Hostile("pdf: cut off", lambda: pdf()[:-60], "damaged_pdf"),
    Hostile("pdf: a head and nothing else", lambda: b"%PDF-1.7\n%%EOF\n", "damaged_pdf"),
    Hostile("pdf: without its table", lambda: pdf().replace(b"xref\n0", b"yref\n0"), "damaged_pdf"),
    Hostile("pdf: broken stream", partial(pdf, {4: stream(b"no zlib", "/Filter /FlateDecode")}, page="/Contents 4 0 R"), "damaged_pdf"),
    Hostile("pdf: a zip behind it", lambda: pdf() + docx(), "damaged_pdf"),
    Hostile("pdf: a page of HTML in front", lambda: b"<html><script>alert(1)</script>" + pdf(), "unknown"),
    Hostile("pdf: a page of HTML in its head", lambda: pdf().replace(b"%PDF-1.7\n", b"%PDF-1.7\n%<script>alert(1)</script>\n"), "damaged_pdf"),
    Hostile("pdf: 100,000 pages", many_pages, "too_many_pages"),
    Hostile("pdf: pages in a ring", partial(pdf, {2: "<< /Type /Pages /Count 9 /Kids [2 0 R 3 0 R] >>"}), ANY),
    Hostile("pdf: nested without end", partial(pdf, {4: "[" * 100_000 + "]" * 100_000}), ANY, is_long=True),
    Hostile("pdf: unpacks to gigabytes", stream_bomb, ANY, is_long=True),
]  # fmt: skip
OFFICE = [
    Hostile("docx: macros", partial(docx, {"word/vbaProject.bin": OLE}), "macros"),
    Hostile("docx: a file for macros by another name", partial(docx, {TYPES: types("word/document.xml", "x").replace("x.main", "ms-word.document.macroEnabled.main")}), "macros"),
    Hostile("docx: macros under another name", partial(docx, {"word/a.dat": OLE, TYPES: types("word/document.xml", "wordprocessingml.document").replace("</Types>", '<Override PartName="/word/a.dat" ContentType="application/vnd.ms-office.vbaProject"/></Types>')}), "macros"),
    Hostile("docx: control", partial(docx, {"word/activeX/activeX1.xml": "<a/>"}), "macros"),
    Hostile("docx: packed program", partial(docx, {"word/embeddings/oleObject1.bin": OLE}), "macros"),
    Hostile("docx: packed program under another name", partial(linked, "oleObject", "a.dat", ""), "macros"),
    Hostile("docx: page of HTML", partial(linked, "aFChunk", "a.dat", ""), "macros"),
    Hostile("docx: page of HTML as a part", partial(docx, {"word/afchunk.mht": "x"}), "macros"),
    Hostile("docx: packed PDF", partial(docx, {"word/embeddings/a.pdf": pdf()}), "embedded"),
    Hostile("docx: packed workbook with macros", partial(docx, {"word/embeddings/a.xlsx": xlsx({"xl/vbaProject.bin": OLE})}), "macros"),
    Hostile("docx: packed three deep", partial(docx, {"word/embeddings/a.docx": docx({"word/embeddings/b.docx": docx()})}), "embedded"),
    Hostile("docx: template from elsewhere", partial(linked, "attachedTemplate", "https://a.example/a.dotm"), "external_links"),
    Hostile("docx: picture from elsewhere", partial(linked, "image", "https://a.example/a.png"), "external_links"),
    Hostile("docx: text from elsewhere", partial(linked, "subDocument", "file:///a.docx"), "external_links"),
    Hostile("docx: frame", partial(linked, "frame", "https://a.example/"), "external_links"),
    Hostile("docx: link to a share", partial(linked, "hyperlink", r"\\host\share\a.exe"), "external_links"),
    Hostile("docx: link to a script", partial(linked, "hyperlink", "javascript:alert(1)"), "external_links"),
    Hostile("docx: DDE", partial(field, r"DDEAUTO c:\\windows\\cmd.exe"), "external_links"),
    Hostile("docx: DDE in pieces", partial(field, " D", "DE ", "cmd"), "external_links"),
    Hostile("docx: DDE as a simple field", partial(docx, body='<w:fldSimple w:instr=" DDE cmd "/>'), "external_links"),
    Hostile("docx: takes a file", partial(field, 'INCLUDETEXT "c:\\\\a.txt"'), "external_links"),
    Hostile("docx: password", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    Hostile("docx: old Word", lambda: OLE + bytes(2000), "old_format"),
    Hostile("docx: unpacks a hundredfold", partial(docx, {"word/a.xml": "<a>" + " " * 5_000_000 + "</a>"}), "unpacks_too_large"),
    Hostile("docx: 3,000 parts", partial(docx, {f"word/{n}.xml": "" for n in range(3_000)}), "too_many_parts"),
    Hostile("docx: entities", partial(docx, {"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]>' + document()}), "declarations"),
    Hostile("docx: another encoding", partial(docx, {"word/document.xml": document().encode("utf-16")}), "damaged"),
    Hostile("docx: no XML", partial(docx, {"word/document.xml": "no"}), "damaged"),
    Hostile("docx: a part twice", twice, "damaged"),
    Hostile("docx: cut off", lambda: docx()[:-40], "damaged"),
    Hostile("docx: two main parts", partial(docx, {"xl/workbook.xml": "<workbook/>"}), "unknown"),
    Hostile("docx: any zip", partial(zipped, {"a.txt": "a"}), "unknown"),
    Hostile("docx: spoiled", spoiled, "damaged"),
    Hostile("xlsx: macros", partial(xlsx, {"xl/vbaProject.bin": OLE}), "macros"),
    Hostile("xlsx: another workbook", partial(xlsx, {"xl/externalLinks/externalLink1.xml": "<a/>"}), "external_links"),
    Hostile("xlsx: query", partial(xlsx, {"xl/connections.xml": "<a/>"}), "external_links"),
    Hostile("pptx: macros", partial(pptx, {"ppt/vbaProject.bin": OLE}), "macros"),
    Hostile("pptx: film from elsewhere", partial(pptx, {"ppt/slides/_rels/slide1.xml.rels": relations(("video", "https://a.example/a.mp4", "External"))}), "external_links"),
]  # fmt: skip
PICTURES = [
    Hostile("jpg: cut off", lambda: phone_photograph()[:300], "damaged"),
    Hostile("jpg: a head and nothing else", lambda: b"\xff\xd8\xff\xe0", "damaged"),
    Hostile("jpg: 900 million pixels", huge_jpeg, "too_many_pixels"),
    Hostile("jpg: HTML", lambda: b"<html><script>alert(1)</script></html>", "unknown"),
    Hostile("png: 900 million pixels", partial(png, width=30_000, height=30_000), "too_many_pixels"),
    Hostile("png: unpacks to gigabytes in a text", lambda: png(chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(200_000_000), 9))), "damaged"),
    Hostile("png: wrong checksum", lambda: png()[:-20] + b"\xff" * 4 + png()[-16:], "damaged"),
    Hostile("png: cut off", lambda: picture("PNG", (300, 300))[:60], "damaged"),
    Hostile("png: no size", partial(png, width=0, height=0), "damaged"),
    Hostile("gif: with a script", lambda: b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)", "unknown"),
    Hostile("svg: with a script", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "unknown"),
    Hostile("webp: another kind", partial(picture, "WEBP"), "unknown"),
    Hostile("tiff: another kind", partial(picture, "TIFF"), "unknown"),
]  # fmt: skip
NAMES = [
    Hostile("a picture called a PDF", picture, "other_ending", "a.pdf"),
    Hostile("a PDF called a program", pdf, "other_ending", "a.exe"),
    Hostile("a PDF called a page", pdf, "other_ending", "a.pdf.html"),
    Hostile("a Word file called an Excel file", docx, "other_ending", "a.xlsx"),
    Hostile("a file with macros called one", docx, "other_ending", "a.docm"),
    Hostile("a program", lambda: b"MZ" + bytes(100), "unknown", "a.pdf"),
    Hostile("a script", lambda: b"#!/bin/sh\n", "unknown", "a.pdf"),
]
ALL = [*PDFS, *OFFICE, *PICTURES, *NAMES]
