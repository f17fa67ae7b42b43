"""The kinds of file that a paper is given out as."""

from collections.abc import Callable, Mapping

from reports.documents.pdf import html_to_pdf
from reports.documents.printout_html import to_html
from reports.documents.printouts import Printout
from reports.documents.word import to_docx

CONTENT_TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def to_pdf(printout: Printout) -> bytes:
    """Return a printout as PDF.

    Raises: documents.pdf.DocumentNotRendered.
    """
    return html_to_pdf(to_html(printout))


WRITERS: Mapping[str, Callable[[Printout], bytes]] = {"pdf": to_pdf, "docx": to_docx}


def write(printout: Printout, extension: str) -> bytes:
    """Return a printout as a file of one of `CONTENT_TYPES`.

    Raises: documents.pdf.DocumentNotRendered.
    """
    return WRITERS[extension](printout)
