"""A report from the database to PDF, against WeasyPrint alone on the same HTML."""

import weasyprint

from benchmarks.measuring import Row, in_turns
from campaigns.models import CampaignUnit
from reports.documents.pdf import VARIANT
from reports.services.sources import pdf_of, source_of

GOAL = 1.3


def measure(unit: CampaignUnit, *, rounds: int) -> Row:
    """Make the unit's report both ways, in turns."""
    html = source_of(unit, language="vi").html
    times = in_turns(
        lambda: _report(unit),
        lambda: weasyprint.HTML(string=html).write_pdf(pdf_variant=VARIANT),
        rounds=rounds,
    )
    return Row(
        name="report of a commune / WeasyPrint alone on the same HTML",
        ratio=times.ratio,
        goal=GOAL,
        detail=f"{times}; {len(html.encode()) // 1024} kB of HTML",
    )


def _report(unit: CampaignUnit) -> bytes:
    """Do what the worker does for a PDF, its digest included."""
    source = source_of(unit, language="vi")
    assert source.input_digest
    return pdf_of(source)
