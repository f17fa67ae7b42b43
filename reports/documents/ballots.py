"""The paper of a secret ballot, blank, and the tellers' minutes of a locked round.

What is prescribed stays Vietnamese, with an English gloss. People stand in the order of
the meeting; nothing is sorted by votes.
Source: docs/rules/ballots.md § 7; docs/rules/documents.md § 1.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from members.dates import display_day
from reports.documents.pdf import FONT
from reports.documents.rollup_html import Head, Printed, PrintedSection, PrintedTable
from reports.documents.signing import SignaturePlace
from reports.documents.terms import percent_text, reading_in
from reports.figures import percent_of

LINE_SPACING_POINTS = 19  # as `head.DocumentHead` has it


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotHead:
    """What both papers say of the round, its meeting and who holds it."""

    language: str
    superior: str
    issuer: str
    symbol: str
    year: int
    wording: str  # "đánh giá, xếp loại chất lượng", in Vietnamese whatever the language
    round: str
    is_of_the_best: bool
    columns: Sequence[str]  # what is marked, in the order of the rule set
    line_spacing_points: int = LINE_SPACING_POINTS
    number_text: str = ""  # blank: the office numbers it by its register


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotPaper:
    """A blank paper; every voter gets the same."""

    head: BallotHead
    names: Sequence[str]
    may_vote_on_self: bool


@dataclass(frozen=True, slots=True)
class CountedLine:
    """One person: the counts by column, then blank lines, then what follows."""

    name: str
    counts: Sequence[int]
    follows: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TellersPaper:
    """All that the tellers' minutes of one round are made of."""

    head: BallotHead
    held_on: date
    place: str
    head_teller: str  # "" where none is named
    tellers: Sequence[str]  # the others
    papers: Sequence[tuple[str, int]]
    lines: Sequence[CountedLine]
    totals: Sequence[tuple[str, int]]  # by level, how many it follows for
    paragraph: str  # of the correction, or ""


def ballot_html(paper: BallotPaper) -> str:
    """Return one blank paper; equal arguments give an equal text."""
    with reading_in(paper.head.language):
        context = {
            **_shared(paper.head),
            "heading": _ballot_heading(paper.head),
            "gloss": _("Ballot paper"),
            "names": paper.names,
            "instructions": list(_instructions(paper)),
        }
        return render_to_string("reports/pdf/ballot.html", context)


def tellers_html(paper: TellersPaper) -> str:
    """Return the tellers' minutes; equal arguments give an equal text."""
    with reading_in(paper.head.language):
        sections = list(_sections(paper))
        context = {
            **_shared(paper.head),
            "heading": "BIÊN BẢN KIỂM PHIẾU",
            "gloss": _("Tellers' minutes"),
            "title": _("Tellers' minutes"),
            "abstract": _abstract(paper.head),
            "sections": sections,
            "signatures": (
                SignaturePlace(
                    "TỔ TRƯỞNG TỔ KIỂM PHIẾU", _("Head teller"), paper.head_teller
                ),
                SignaturePlace("T/M CHI BỘ", _("On behalf of the cell")),
            ),
        }
        return render_to_string("reports/pdf/minutes.html", context)


def _shared(head: BallotHead) -> dict[str, object]:
    return {
        "head": head,
        "is_english": head.language == "en",
        "tables": (),
        "sections": (),
        "font": FONT,
    }


def _ballot_heading(head: BallotHead) -> tuple[str, ...]:
    if head.is_of_the_best:
        return (
            "PHIẾU BÌNH CHỌN ĐẢNG VIÊN",
            f"{head.columns[0].upper()} NĂM {head.year}",
        )
    return (f"PHIẾU {head.wording.upper()}", f"ĐẢNG VIÊN NĂM {head.year}")


def _instructions(paper: BallotPaper) -> Iterator[str]:
    yield _("Mark one box in each line with ×. The paper bears no name.")
    if not paper.may_vote_on_self:
        yield _("Leave the line with your own name blank.")


def _abstract(head: BallotHead) -> str:
    return f"{head.round} – {head.wording} đảng viên năm {head.year}"


def _sections(paper: TellersPaper) -> Iterator[PrintedSection]:
    yield PrintedSection(_("The meeting and the tellers"), tuple(_held(paper)), None)
    papers = "; ".join(f"{label}: {count}" for label, count in paper.papers)
    yield PrintedSection(_("Papers"), (f"{papers}.",), None)
    yield PrintedSection(_("Counts for each person"), (), _counts(paper))
    yield PrintedSection(_("Conclusion"), tuple(_concluded(paper)), None)


def _held(paper: TellersPaper) -> Iterator[str]:
    yield _("Meeting of %s.") % display_day(paper.held_on)
    if paper.place:
        yield _("Place: %s.") % paper.place
    missing = _("[to be written]")
    yield _("Head teller: %s.") % (paper.head_teller or missing)
    yield _("Tellers: %s.") % (", ".join(paper.tellers) or missing)
    if paper.paragraph:
        yield _("Corrected by the minutes: %s.") % paper.paragraph


def _counts(paper: TellersPaper) -> PrintedTable:
    columns = [*paper.head.columns, _("Left blank")]
    heads = [_("No."), _("Full name"), *columns, _("The cell proposes")]
    rows = tuple(
        (
            Printed(str(number), "n"),
            Printed(line.name, "t", is_head=True),
            *(Printed(str(count), "n") for count in line.counts),
            Printed(line.follows, "t"),
        )
        for number, line in enumerate(paper.lines, start=1)
    )
    return PrintedTable(
        key="counts",
        title="",
        is_wide=False,
        widths=("9", "", *("17" for _column in columns), "34"),
        heads=(tuple(Head(text, 1, 1) for text in heads),),
        numbers=(),
        rows=rows,
        total=(),
        notes=(),
    )


def _concluded(paper: TellersPaper) -> Iterator[str]:
    base = sum(count for _level, count in paper.totals)
    for level, count in paper.totals:
        percent = percent_text(percent_of(count, base), paper.head.language)
        yield _("%(level)s: %(count)d (%(percent)s%%).") % {
            "level": level,
            "count": count,
            "percent": percent,
        }
