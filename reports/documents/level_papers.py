"""The decision of a committee on levels, and the letter by which a cell asks for it.

Each is a text with its list. What is prescribed stays Vietnamese, with an English gloss.
People stand in the order of the roll, never by level.
Source: docs/rules/decisions.md § 5; docs/rules/documents.md § 1.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.dates import display_day
from reports.documents.head import DocumentHead
from reports.documents.pdf import FONT
from reports.documents.rollup_html import Head, Printed, PrintedTable
from reports.documents.terms import date_text, reading_in, small_first


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


def decision_html(paper: DecisionPaper) -> str:
    """Return a decision with its list; equal arguments give an equal text."""
    with reading_in(paper.head.language):
        body = paper.head.signatories[0].on_behalf_of
        return _html(
            paper,
            heading="QUYẾT ĐỊNH",
            gloss=_("Decision"),
            abstract=f"công nhận kết quả {_subject(paper)}",
            lead=list(_bases(paper)),
            resolves=f"{body.upper()} QUYẾT ĐỊNH:",
            paragraphs=list(_articles(paper)),
            tables=[_listed(paper, with_cells=True)],
        )


def request_html(paper: RequestPaper) -> str:
    """Return a cell's letter with its lists; equal arguments give an equal text."""
    with reading_in(paper.head.language):
        tables = [_listed(paper, with_cells=False)]
        if paper.left_out:
            tables.append(_left_out(paper))
        return _html(
            paper,
            heading="TỜ TRÌNH",
            gloss=_("Letter of request"),
            abstract=f"đề nghị công nhận kết quả {_subject(paper)}",
            addressed_to=paper.addressed_to,
            paragraphs=list(_request(paper)),
            tables=tables,
        )


def _html(paper: LevelPaper, **parts: object) -> str:
    head = paper.head
    context = {
        "head": head,
        "is_english": head.language == "en",
        "date": date_text(head.issued_on, head.language),
        "font": FONT,
        "sections": (),
        **parts,
    }
    return render_to_string("reports/pdf/levels.html", context)


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


def _articles(paper: DecisionPaper) -> Iterator[tuple[str, str]]:
    yield (
        _("Article 1."),
        _("%(wording)s: %(totals)s (list attached).")
        % {
            "wording": _counted(paper),
            "totals": _totals(paper),
        },
    )
    yield _("Article 2."), _("The decision holds from the day on which it is signed.")
    yield (
        _("Article 3."),
        _(
            "The office, the units named above and the members on the list carry this "
            "decision out."
        ),
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


def _request(paper: RequestPaper) -> Iterator[tuple[str, str]]:
    yield (
        "",
        _("By %(rules)s, and by the minutes %(number)s of the meeting of %(day)s:")
        % {
            "rules": paper.rules,
            "number": paper.minutes,
            "day": display_day(paper.minutes_on),
        },
    )
    text = ngettext(
        "%(cell)s proposes the level of %(count)d member: %(totals)s (list attached).",
        "%(cell)s proposes the levels of %(count)d members: %(totals)s (list attached).",
        len(paper.people),
    )
    yield (
        "",
        text
        % {
            "cell": paper.cell,
            "count": len(paper.people),
            "totals": _totals(paper),
        },
    )
    if paper.left_out:
        text = ngettext(
            "%(count)d member has no level proposed; the reason stands in the list.",
            "%(count)d members have no level proposed; the reasons stand in the list.",
            len(paper.left_out),
        )
        yield "", text % {"count": len(paper.left_out)}
    yield "", _("We ask %s to consider and decide.") % paper.addressed_to


def _listed(paper: LevelPaper, *, with_cells: bool) -> PrintedTable:
    cells = (("30", _("Party cell")),) if with_cells else ()
    columns = (
        ("9", _("No.")),
        ("", _("Full name")),
        ("23", _("Member code")),
        *cells,
        ("43", _("Level")),
        ("23", _("Note")),
    )
    rows = (
        (
            Printed(str(number), "n"),
            Printed(each.name, "t", is_head=True),
            Printed(each.code, "t"),
            *((Printed(each.cell, "t"),) if with_cells else ()),
            Printed(each.level, "t"),
            Printed(each.note, "t"),
        )
        for number, each in enumerate(paper.people, start=1)
    )
    return _table("people", _("List of members with their levels"), columns, rows)


def _left_out(paper: RequestPaper) -> PrintedTable:
    columns = (
        ("9", _("No.")),
        ("", _("Full name")),
        ("23", _("Member code")),
        ("66", _("Reason")),
    )
    rows = (
        (
            Printed(str(number), "n"),
            Printed(each.name, "t", is_head=True),
            Printed(each.code, "t"),
            Printed(each.why, "t"),
        )
        for number, each in enumerate(paper.left_out, start=1)
    )
    return _table("left_out", _("List of members without a level"), columns, rows)


def _table(
    key: str,
    title: str,
    columns: Sequence[tuple[str, str]],
    rows: Iterator[tuple[Printed, ...]],
) -> PrintedTable:
    return PrintedTable(
        key=key,
        title=title,
        is_wide=False,
        widths=tuple(width for width, _text in columns),
        heads=(tuple(Head(text, 1, 1) for _width, text in columns),),
        numbers=(),
        rows=tuple(rows),
        total=(),
        notes=(),
    )
