"""A printout as HTML, from which the PDF is made."""

from django.template.loader import render_to_string

from reports.documents.pdf import FONT
from reports.documents.printouts import Printout


def to_html(printout: Printout) -> str:
    """Return the whole document; equal printouts give an equal text."""
    context = {"printout": printout, "tables": (), "sections": (), "font": FONT}
    return render_to_string("reports/pdf/paper.html", context)
