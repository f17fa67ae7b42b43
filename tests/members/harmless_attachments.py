"""Attached files that harm nobody, of each kind that is taken."""

import io

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from xlsxwriter import Workbook

from reports.documents.pdf import html_to_pdf
from tests.attachment_parts import (
    docx,
    linked,
    pdf,
    phone_photograph,
    picture,
    pptx,
    xlsx,
)


def attached(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def own_pdf() -> bytes:
    return html_to_pdf(
        "<html lang='vi'><head><title>Báo cáo</title></head><body><h1>Báo cáo</h1>"
        "<a href='https://tusoi.example.vn/'>Tự Soi</a></body></html>"
    )


def real_workbook() -> bytes:
    written = io.BytesIO()
    with Workbook(written) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_url(0, 0, "https://tusoi.example.vn/")
        chart = workbook.add_chart({"type": "column"})
        chart.add_series({"values": "=Sheet1!$A$1:$A$3"})
        sheet.insert_chart("C3", chart)
    return written.getvalue()


def signed_form() -> bytes:
    """A field for a signature and a link inside the file, as signed papers have."""
    field = "<< /Type /Annot /Subtype /Widget /FT /Sig /T (a) /Rect [0 0 0 0] /F 132 >>"
    return pdf(
        {4: field},
        catalog="/AcroForm << /SigFlags 3 /Fields [4 0 R] >>"
        " /OpenAction << /S /GoTo /D [3 0 R /Fit] >>",
        page="/Annots [4 0 R]",
    )


def packed_into_object_streams() -> bytes:
    with pikepdf.open(io.BytesIO(pdf())) as opened:
        written = io.BytesIO()
        opened.save(
            written,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            linearize=True,
        )
    return written.getvalue()


def chart_of(kind: str) -> bytes:
    return docx({f"word/embeddings/Sheet1.{kind}": xlsx()})


GOOD = {
    "the application's own.pdf": own_pdf,
    "packed.pdf": packed_into_object_streams,
    "signed.pdf": signed_form,
    "no ending": pdf,
    "CAPITALS.PDF": pdf,
    "plain.docx": docx,
    "web link.docx": lambda: linked("hyperlink", "https://tusoi.example.vn/link/a"),
    "chart.docx": lambda: chart_of("xlsx"),
    "field.docx": lambda: docx(body="<w:fldSimple w:instr=' PAGE '/>"),
    "plain.pptx": pptx,
    "real.xlsx": real_workbook,
    "printer.xlsx": lambda: xlsx({"xl/printerSettings/printerSettings1.bin": b"a"}),
    "photograph.jpeg": phone_photograph,
    "grey.jpg": lambda: picture("JPEG", mode="L"),
    "printing colours.jpg": lambda: picture("JPEG", mode="CMYK"),
    "plain.png": lambda: picture("PNG"),
    "see-through.png": lambda: picture("PNG", mode="RGBA"),
    "palette.png": lambda: picture("PNG", mode="P", transparency=0),
    "fine.png": lambda: picture("PNG", mode="I;16"),
}
