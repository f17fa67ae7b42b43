"""The sheet on which a body writes what it says of one person or collective.

What is prescribed stays Vietnamese, with an English gloss; what the sheets ask is data
and unsure. Source: docs/rules/opinions.md § 3; docs/rules/documents.md § 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string

from campaigns.vocabulary.opinions import Askable
from members.dates import display_day
from reports.documents.pdf import FONT
from reports.documents.terms import date_text, reading_in

LINE_SPACING_POINTS = 19  # as `head.DocumentHead` has it
BLANK_LINES = 9  # below all headings together, to be written by hand on one page


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionSheet:
    """All that one sheet is made of."""

    kind: Askable
    number: int  # by which the sheet is found again when it comes back
    body_name: str
    unit: str  # who asks
    year: int
    subject: str  # the person, or the collective
    born_on: str  # "" where it is not known, or of a collective
    admitted_on: str
    cell: str  # where the person counts; "" of a collective
    due_on: date
    text: str  # "" is left to be written by hand
    signed_on: date | None


def opinions_html(sheets: Sequence[OpinionSheet], *, language: str) -> str:
    """Return sheets, one a page or more; equal arguments give an equal text."""
    with reading_in(language):
        context = {
            "head": {"language": language, "line_spacing_points": LINE_SPACING_POINTS},
            "is_english": language == "en",
            "font": FONT,
            "tables": (),
            "sections": (),
            "sheets": [
                {
                    "sheet": each,
                    "abstract": each.kind.sheet,
                    "headings": each.kind.headings,
                    "blank": range(BLANK_LINES // len(each.kind.headings)),
                    "due_on": display_day(each.due_on),
                    "date": date_text(each.signed_on, "vi"),
                }
                for each in sheets
            ],
        }
        return render_to_string("reports/pdf/opinion.html", context)


def accusation_html(*, number: str, on: date | None, language: str) -> str:
    """Return the form of an accusation, to be written by hand; `number` may be ""."""
    with reading_in(language):
        context = {
            "head": {"language": language, "line_spacing_points": LINE_SPACING_POINTS},
            "is_english": language == "en",
            "font": FONT,
            "tables": (),
            "sections": (),
            "number": number,
            "given_on": display_day(on),
            "date": date_text(None, "vi"),
            "blank": range(7),
        }
        return render_to_string("reports/pdf/accusation.html", context)
