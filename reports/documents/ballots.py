"""The paper of a secret ballot, blank, and the tellers' minutes of a locked round.

What is prescribed stays Vietnamese, with an English gloss. People stand in the order of
the meeting; nothing is sorted by votes.
Source: docs/rules/ballots.md § 7; docs/rules/documents.md § 1.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from members.dates import display_day
from reports.documents.issuing import (
    numbered_grid,
    to_be_written,
)
from reports.documents.printouts import (
    Align,
    Block,
    Column,
    Grid,
    Line,
    Look,
    NumberedSection,
    Printout,
    Sheet,
    Signing,
    gloss,
    in_sections,
    letterhead,
    number_line,
)
from reports.documents.signing import SignaturePlace
from reports.documents.terms import percent_text, reading_in
from reports.figures import percent_of


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


def ballot_printout(paper: BallotPaper) -> Printout:
    """Return one blank paper; equal arguments give an equal text."""
    head = paper.head
    with reading_in(head.language):
        heading = _ballot_heading(head)
        sheet = Sheet(
            letterhead=letterhead(superior=head.superior, issuer=head.issuer),
            heading=heading,
            gloss=gloss(_("Ballot paper")),
            below=Line(head.round, Look.ROUND),
            blocks=(*map(Line, _instructions(paper)), _marks(paper)),
        )
        return _printout(head, " ".join(heading), sheet)


def tellers_printout(paper: TellersPaper) -> Printout:
    """Return the tellers' minutes; equal arguments give an equal text."""
    head = paper.head
    with reading_in(head.language):
        abstract = _abstract(head)
        sheet = Sheet(
            letterhead=letterhead(
                superior=head.superior,
                issuer=head.issuer,
                number=number_line(head.symbol),
            ),
            heading=("BIÊN BẢN KIỂM PHIẾU",),
            gloss=gloss(_("Tellers' minutes")),
            below=Line(abstract, Look.ABSTRACT),
            blocks=tuple(_minutes(paper)),
        )
        title = _("Tellers' minutes")
        return _printout(head, f"{title}: {abstract} – {head.issuer}", sheet)


def _printout(head: BallotHead, title: str, sheet: Sheet) -> Printout:
    return Printout(
        language=head.language, title=title, author=head.issuer, sheets=(sheet,)
    )


def _minutes(paper: TellersPaper) -> Iterator[Block]:
    yield from in_sections(_sections(paper))
    yield Signing(
        places=(
            SignaturePlace(
                "TỔ TRƯỞNG TỔ KIỂM PHIẾU", gloss(_("Head teller")), paper.head_teller
            ),
            SignaturePlace("T/M CHI BỘ", gloss(_("On behalf of the cell"))),
        )
    )


def _marks(paper: BallotPaper) -> Grid:
    columns = paper.head.columns
    return Grid(
        columns=(
            Column(_("No."), 10, Align.CENTRE),
            Column(_("Full name"), 62, is_name=True),
            *(Column(column, align=Align.CENTRE) for column in columns),
        ),
        rows=tuple(
            (str(number), name, *("" for _column in columns))
            for number, name in enumerate(paper.names, start=1)
        ),
        row_height=8,
    )


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


def _sections(paper: TellersPaper) -> Iterator[NumberedSection]:
    papers = "; ".join(f"{label}: {count}" for label, count in paper.papers)
    yield NumberedSection(_("The meeting and the tellers"), tuple(_held(paper)))
    yield NumberedSection(_("Papers"), (f"{papers}.",))
    yield NumberedSection(_("Counts for each person"), (), _counts(paper))
    yield NumberedSection(_("Conclusion"), tuple(_concluded(paper)))


def _held(paper: TellersPaper) -> Iterator[str]:
    yield _("Meeting of %s.") % display_day(paper.held_on)
    if paper.place:
        yield _("Place: %s.") % paper.place
    yield _("Head teller: %s.") % (paper.head_teller or to_be_written())
    yield _("Tellers: %s.") % (", ".join(paper.tellers) or to_be_written())
    if paper.paragraph:
        yield _("Corrected by the minutes: %s.") % paper.paragraph


def _counts(paper: TellersPaper) -> Grid:
    counted = (*paper.head.columns, _("Left blank"))
    return numbered_grid(
        Column(_("Full name"), is_name=True),
        *(Column(column, 17, Align.RIGHT) for column in counted),
        Column(_("The cell proposes"), 34),
        rows=(
            (line.name, *map(str, line.counts), line.follows) for line in paper.lines
        ),
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
