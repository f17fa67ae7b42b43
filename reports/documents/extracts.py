"""The extract about one person: levels, concluded shortcomings, how far they are.

The form is the house's own: no text that prescribes one was read. What is missing shows
as `[cần ghi]`. Source: docs/rules/consequences.md § 3; docs/rules/documents.md § 1.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from members.dates import display_day
from members.models import Letterhead
from reports.documents.issuing import (
    to_be_written,
)
from reports.documents.printouts import (
    Column,
    Facts,
    Grid,
    Line,
    Look,
    NumberedSection,
    Printout,
    Sheet,
    Signing,
    dated_line,
    gloss,
    in_sections,
    letterhead,
)
from reports.documents.signing import SignaturePlace
from reports.documents.terms import NOTHING, date_text, reading_in
from reports.queries.extracts import Extract
from reviews.queries.remediation.reading import ItemRead


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractPaper:
    """All that an extract is printed from; `post` is the reader's."""

    language: str
    letterhead: Letterhead
    name: str
    code: str
    post: str
    reason: str
    on: date
    extract: Extract


def extract_printout(paper: ExtractPaper) -> Printout:
    """Return the extract; equal arguments give an equal text."""
    with reading_in(paper.language):
        abstract = "kết quả xếp loại, khuyết điểm đã kết luận và việc khắc phục"
        sheet = Sheet(
            letterhead=letterhead(
                superior=paper.letterhead.superior,
                issuer=paper.letterhead.issuer,
                dated=dated_line(
                    paper.letterhead.place, date_text(paper.on, paper.language)
                ),
            ),
            heading=("TRÍCH LỤC",),
            gloss=gloss(_("Extract")),
            below=Line(abstract, Look.ABSTRACT),
            blocks=(
                Facts(
                    (
                        (_("Full name"), paper.name),
                        (_("Member code"), paper.code),
                        (_("Taken by"), paper.post),
                        (_("For which reason"), paper.reason),
                    )
                ),
                *in_sections(_sections(paper.extract)),
                Signing(
                    places=(SignaturePlace("NGƯỜI TRÍCH LỤC", gloss(_("Who took it"))),)
                ),
            ),
        )
        return Printout(
            language=paper.language,
            title=f"{_('Extract')}: {paper.name}",
            author=paper.letterhead.issuer,
            sheets=(sheet,),
        )


def _sections(extract: Extract) -> Iterator[NumberedSection]:
    if extract.levels:
        yield NumberedSection(_("Decided levels"), (), _levels(extract))
    else:
        yield NumberedSection(_("Decided levels"), (_("No level was decided so far."),))
    if extract.items:
        yield NumberedSection(_("Concluded shortcomings"), (), _items(extract.items))
    else:
        yield NumberedSection(
            _("Concluded shortcomings"),
            (_("None is kept of a person who is on a roll below."),),
        )
    if extract.others:
        counts = ", ".join(f"{label}: {count}" for label, count in extract.others)
        yield NumberedSection(
            _("What else is put right"),
            (_("Items of the person's plans of remediation: %s.") % counts,),
        )


def _levels(extract: Extract) -> Grid:
    columns = (
        Column(_("Year"), 14),
        Column(_("Party cell"), 38),
        Column(_("Level"), is_name=True),
        Column(_("Decided by"), 38),
        Column(_("Decision"), 34),
    )
    rows = tuple(
        (
            str(each.year),
            each.where,
            f"{each.level} ({each.reason})" if each.reason else each.level,
            each.decided_by,
            each.document or to_be_written(),
        )
        for each in extract.levels
    )
    return Grid(columns=columns, rows=rows)


def _items(items: Sequence[ItemRead]) -> Grid:
    columns = (
        Column(_("Shortcoming"), is_name=True),
        Column(_("Concluded by"), 38),
        Column(_("To be put right by"), 26),
        Column(_("How it stands"), 36),
    )
    return Grid(columns=columns, rows=tuple(map(_item, items)))


def _item(read: ItemRead) -> tuple[str, ...]:
    item, last = read.item, read.latest
    assert item.document_on is not None
    stands = str(item.get_state_display())
    if last is not None:
        stands = f"{last.get_state_display()}, {display_day(last.on)}"
    return (
        item.shortcoming,
        f"{item.document}, {display_day(item.document_on)}",
        display_day(item.due_on) or NOTHING,
        stands,
    )
