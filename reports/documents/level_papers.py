"""The decision of a committee on levels, and the letter by which a cell asks for it.

Each is a text with its list. What is prescribed stays Vietnamese, with an English gloss.
People stand in the order of the roll, never by level.
Source: docs/rules/decisions.md § 5; docs/rules/documents.md § 1.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.dates import display_day
from reports.documents.head import DocumentHead
from reports.documents.issuing import (
    issued,
    issuer_letterhead,
    numbered_grid,
)
from reports.documents.printouts import (
    Block,
    Column,
    Grid,
    Heading,
    Level,
    Line,
    Look,
    Printout,
    Sheet,
    closing,
    gloss,
    number_line,
)
from reports.documents.terms import reading_in, small_first


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """One line of a list: whose level, and what is said of it."""

    name: str
    code: str
    cell: str
    level: str
    note: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One person of the cell without a level, and why."""

    name: str
    code: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelPaper:
    """What both papers have: the meeting that it follows from, and its list."""

    head: DocumentHead
    wording: str  # "đánh giá, xếp loại chất lượng", in Vietnamese whatever the language
    rules: str  # the citation of the rule set
    minutes: str
    minutes_on: date
    people: Sequence[ListedPerson]
    totals: Sequence[tuple[str, int]]  # by level, best first


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionPaper(LevelPaper):
    """What a committee decided."""

    present: int
    votes_for: int
    votes_against: int
    asked_by: Sequence[str]  # the units whose files it decided on


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPaper(LevelPaper):
    """What a cell asks its committee to decide."""

    cell: str
    addressed_to: str
    left_out: Sequence[LeftOut]


def decision_printout(paper: DecisionPaper) -> Printout:
    """Return a decision with its list; equal arguments give an equal text."""
    with reading_in(paper.head.language):
        body = paper.head.signatories[0].on_behalf_of
        return _printout(
            paper,
            heading="QUYẾT ĐỊNH",
            meaning=_("Decision"),
            abstract=f"công nhận kết quả {_subject(paper)}",
            text=[
                *(Line(f"- {basis}") for basis in _bases(paper)),
                Line(f"{body.upper()} QUYẾT ĐỊNH:", Look.RESOLVES),
                *_articles(paper),
            ],
            lists=[_listed(paper, with_cells=True)],
        )


def request_printout(paper: RequestPaper) -> Printout:
    """Return a cell's letter with its lists; equal arguments give an equal text."""
    with reading_in(paper.head.language):
        lists = [_listed(paper, with_cells=False)]
        if paper.left_out:
            lists.append(_left_out(paper))
        return _printout(
            paper,
            heading="TỜ TRÌNH",
            meaning=_("Letter of request"),
            abstract=f"đề nghị công nhận kết quả {_subject(paper)}",
            text=[
                Line(f"Kính gửi: {paper.addressed_to}", Look.TO),
                *map(Line, _request(paper)),
            ],
            lists=lists,
        )


def _printout(
    paper: LevelPaper,
    *,
    heading: str,
    meaning: str,
    abstract: str,
    text: Sequence[Block],
    lists: Sequence[tuple[str, Grid]],
) -> Printout:
    head = paper.head
    sheet = Sheet(
        letterhead=issuer_letterhead(
            head, number=number_line(head.symbol, head.reference), on=head.issued_on
        ),
        heading=(heading,),
        gloss=gloss(meaning),
        below=Line(abstract, Look.ABSTRACT),
        blocks=(
            *text,
            closing(head.signatories, recipients=head.recipients),
            *_annex(lists),
        ),
    )
    return issued(head, f"{heading}: {abstract}", sheet)


def _annex(lists: Sequence[tuple[str, Grid]]) -> Iterator[Block]:
    """Give the lists below each other, the first on a page of its own."""
    for at, (title, grid) in enumerate(lists):
        yield Heading(title.upper(), Level.ANNEX, on_new_page=not at)
        yield grid


def _subject(paper: LevelPaper) -> str:
    return f"{paper.wording} đảng viên năm\u00a0{paper.head.year}"


def _bases(paper: DecisionPaper) -> Iterator[str]:
    yield _("By the Statutes of the Communist Party of Vietnam;")
    yield _("By %s;") % paper.rules
    yield _(
        "By the minutes %(number)s of the meeting of %(day)s: %(present)d present, "
        "%(yes)d for, %(no)d against;"
    ) % {
        "number": paper.minutes,
        "day": display_day(paper.minutes_on),
        "present": paper.present,
        "yes": paper.votes_for,
        "no": paper.votes_against,
    }
    yield _("At the request of %s,") % ", ".join(paper.asked_by)


def _articles(paper: DecisionPaper) -> Iterator[Line]:
    counts = {"wording": _counted(paper), "totals": _totals(paper)}
    yield Line(
        _("%(wording)s: %(totals)s (list attached).") % counts, lead=_("Article 1.")
    )
    yield Line(
        _("The decision holds from the day on which it is signed."),
        lead=_("Article 2."),
    )
    yield Line(
        _(
            "The office, the units named above and the members on the list carry this "
            "decision out."
        ),
        lead=_("Article 3."),
    )


def _counted(paper: LevelPaper) -> str:
    text = ngettext(
        "The level of %(count)d member is recognised",
        "The levels of %(count)d members are recognised",
        len(paper.people),
    )
    return text % {"count": len(paper.people)}


def _totals(paper: LevelPaper) -> str:
    return ", ".join(
        f"{small_first(level)} {count}" for level, count in paper.totals if count
    )


def _request(paper: RequestPaper) -> Iterator[str]:
    yield _(
        "By %(rules)s, and by the minutes %(number)s of the meeting of %(day)s:"
    ) % {
        "rules": paper.rules,
        "number": paper.minutes,
        "day": display_day(paper.minutes_on),
    }
    text = ngettext(
        "%(cell)s proposes the level of %(count)d member: %(totals)s (list attached).",
        "%(cell)s proposes the levels of %(count)d members: %(totals)s (list attached).",
        len(paper.people),
    )
    yield text % {
        "cell": paper.cell,
        "count": len(paper.people),
        "totals": _totals(paper),
    }
    if paper.left_out:
        text = ngettext(
            "%(count)d member has no level proposed; the reason stands in the list.",
            "%(count)d members have no level proposed; the reasons stand in the list.",
            len(paper.left_out),
        )
        yield text % {"count": len(paper.left_out)}
    yield _("We ask %s to consider and decide.") % paper.addressed_to


def _listed(paper: LevelPaper, *, with_cells: bool) -> tuple[str, Grid]:
    columns = (
        Column(_("Full name"), is_name=True),
        Column(_("Member code"), 23),
        *((Column(_("Party cell"), 30),) if with_cells else ()),
        Column(_("Level"), 43),
        Column(_("Note"), 23),
    )
    rows = (
        (
            each.name,
            each.code,
            *((each.cell,) if with_cells else ()),
            each.level,
            each.note,
        )
        for each in paper.people
    )
    return _("List of members with their levels"), numbered_grid(*columns, rows=rows)


def _left_out(paper: RequestPaper) -> tuple[str, Grid]:
    grid = numbered_grid(
        Column(_("Full name"), is_name=True),
        Column(_("Member code"), 23),
        Column(_("Reason"), 66),
        rows=((each.name, each.code, each.why) for each in paper.left_out),
    )
    return _("List of members without a level"), grid
