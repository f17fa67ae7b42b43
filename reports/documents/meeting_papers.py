"""What is printed before a meeting: invitations, the programme, who does what.

Only what was entered, or follows from the rule set; what is missing shows as
`[cần ghi]`. Source: docs/rules/meetings.md § 10; docs/rules/documents.md § 1.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from campaigns.models import AgendaItem, Meeting, MeetingTask
from members.dates import display_day
from reports.documents.head import DocumentHead
from reports.documents.issuing import (
    issued,
    issuer_letterhead,
    numbered_grid,
    to_be_written,
)
from reports.documents.minutes import about, tasks_grid
from reports.documents.printouts import (
    Block,
    Column,
    Facts,
    Grid,
    Line,
    Look,
    NumberedSection,
    Printout,
    Sheet,
    closing,
    gloss,
    in_sections,
    number_line,
)
from reports.documents.terms import reading_in

AS_INVITED = "Như kính mời"  # prescribed words, which stay Vietnamese


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody with the post by which they are called; "" for none."""

    name: str
    post: str = ""

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.name, self.post)))


@dataclass(frozen=True, slots=True)
class Officer:
    """Who sits in the committee, and what is in their charge."""

    name: str
    post: str
    charge: str


@dataclass(frozen=True, slots=True)
class ReviewOrder:
    """Whom a review meeting reviews, in its order, and who leads each part."""

    collective: str
    collective_comes_first: bool
    people: Sequence[tuple[str, str]]  # name, who leads while they are reviewed or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPaper:
    """All that the papers of one meeting are made of."""

    head: DocumentHead
    meeting: Meeting
    body: str  # "" where it is the unit's own meeting
    agenda: Sequence[AgendaItem]
    members: Sequence[Named]  # who is expected; nobody where it is by headcount
    guests: Sequence[Named]
    chair: str
    recorder: str
    officers: Sequence[Officer]
    tasks: Sequence[MeetingTask]  # given at earlier meetings, and open
    order: ReviewOrder | None = None  # None: nobody is reviewed
    head_teller: str = ""
    tellers: Sequence[str] = ()


def invitations_printout(
    paper: MeetingPaper, invited: Sequence[Named] | None = None
) -> Printout:
    """Return invitations, one a page: of these, else of all who are to come.

    Where nobody is known by name, one that is left to be written.
    """
    with reading_in(paper.head.language):
        everybody = invited or [*paper.guests, *paper.members]
        names = [str(each) for each in everybody] or [to_be_written()]
        return _printout(
            paper, _("Invitation"), *(_invitation(paper, name) for name in names)
        )


def programme_printout(paper: MeetingPaper) -> Printout:
    """Return the programme of a meeting; equal arguments give an equal text."""
    with reading_in(paper.head.language):
        sheet = _sheet(
            paper, "CHƯƠNG TRÌNH", _("Programme"), in_sections(_programme(paper))
        )
        return _printout(paper, _("Programme"), sheet)


def assignments_printout(paper: MeetingPaper) -> Printout:
    """Return who does what at a meeting; equal arguments give an equal text."""
    with reading_in(paper.head.language):
        sheet = _sheet(
            paper,
            "BẢNG PHÂN CÔNG NHIỆM VỤ",
            _("Who does what"),
            in_sections(_assignments(paper)),
        )
        return _printout(paper, _("Who does what"), sheet)


def _printout(paper: MeetingPaper, title: str, *sheets: Sheet) -> Printout:
    return issued(paper.head, f"{title}: {about_review(paper)}", *sheets)


def _sheet(
    paper: MeetingPaper,
    heading: str,
    meaning: str,
    blocks: Iterator[Block],
    *,
    number: str = "",
    recipients: tuple[str, ...] = (),
) -> Sheet:
    head = paper.head
    return Sheet(
        letterhead=issuer_letterhead(head, number=number),
        heading=(heading,),
        gloss=gloss(meaning),
        below=Line(about_review(paper), Look.ABSTRACT),
        blocks=(*blocks, closing(head.signatories, recipients=recipients)),
    )


def _invitation(paper: MeetingPaper, name: str) -> Sheet:
    return _sheet(
        paper,
        "GIẤY MỜI",
        _("Invitation"),
        _invited(paper, name),
        number=number_line(paper.head.symbol),
        recipients=(AS_INVITED, *paper.head.recipients),
    )


def _invited(paper: MeetingPaper, name: str) -> Iterator[Block]:
    body = paper.body or paper.head.issuer
    yield Line(_("%s invites:") % body)
    yield Line(name, Look.PLAIN, _("Comrade"))
    yield Line(_("to come to: %s.") % about_review(paper), Look.PLAIN)
    yield Facts(tuple((f"{label}:", text) for label, text in _when(paper)))
    yield Line(f"{_('Agenda')}:", Look.PLAIN)
    yield from map(Line, agenda_lines(paper))
    yield Line(_("Please be on time."))


def _when(paper: MeetingPaper) -> Iterator[tuple[str, str]]:
    meeting = paper.meeting
    hour = f"{meeting.begins_at:%H:%M}" if meeting.begins_at else to_be_written()
    yield (
        _("Time"),
        _("%(hour)s on %(day)s") % {"hour": hour, "day": display_day(meeting.on)},
    )
    yield _("Place"), meeting.place or to_be_written()
    yield _("Chair"), paper.chair or to_be_written()


def about_review(paper: MeetingPaper) -> str:
    """Return what a meeting is, and of a review, which has no topic, of which year."""
    said = about(paper.meeting, paper.body)
    if paper.order is None or paper.meeting.topic:
        return said
    year = paper.head.year
    return _("%(meeting)s of %(year)s") % {"meeting": said, "year": year}


def agenda_lines(paper: MeetingPaper) -> tuple[str, ...]:
    """Return the matters of the agenda, numbered."""
    numbered = enumerate(paper.agenda, start=1)
    return tuple(f"{number}. {each.text}" for number, each in numbered) or (
        to_be_written(),
    )


def _programme(paper: MeetingPaper) -> Iterator[NumberedSection]:
    told = tuple(f"{label}: {text}." for label, text in _when(paper))
    yield NumberedSection(_("Time, place and chair"), told)
    matters = _grid(
        (_("Matter"), _("Who presents it")),
        [(each.text, "") for each in paper.agenda] or [(to_be_written(), "")],
    )
    yield NumberedSection(_("Agenda"), (), matters)
    if paper.order:
        order = _grid(
            (_("Who is reviewed"), _("Who leads this part")),
            list(_in_order(paper, paper.order)),
        )
        yield NumberedSection(_("Order of the review"), (), order)
        yield NumberedSection(_("Secret ballot"), tuple(_counting(paper)))


def _in_order(paper: MeetingPaper, order: ReviewOrder) -> Iterator[tuple[str, str]]:
    collective = (order.collective, paper.chair or to_be_written())
    if order.collective_comes_first:
        yield collective
    for name, led_by in order.people:
        yield name, led_by or _leads(paper, name)
    if not order.collective_comes_first:
        yield collective


def _leads(paper: MeetingPaper, name: str) -> str:
    """Return who leads while somebody is reviewed: the chair, but of the chair's own."""
    return to_be_written() if paper.chair in ("", name) else paper.chair


def _counting(paper: MeetingPaper) -> Iterator[str]:
    yield _("Head teller: %s.") % (paper.head_teller or to_be_written())
    yield _("Tellers: %s.") % (", ".join(paper.tellers) or to_be_written())


def _assignments(paper: MeetingPaper) -> Iterator[NumberedSection]:
    heads = (_("Task at the meeting"), _("Who does it"))
    yield NumberedSection(_("At the meeting"), (), _grid(heads, list(_roles(paper))))
    officers = [(each.name, each.post, each.charge or "–") for each in paper.officers]
    yield NumberedSection(
        _("In the committee"),
        (),
        numbered_grid(
            Column(_("Full name"), 50, is_name=True),
            Column(_("Post"), 45),
            Column(_("In charge of")),
            rows=officers or [(to_be_written(), "", "")],
        ),
    )
    if paper.tasks:
        tasks = tasks_grid(paper.tasks, with_result=False)
        yield NumberedSection(_("Tasks of earlier meetings"), (), tasks)


def _roles(paper: MeetingPaper) -> Iterator[tuple[str, str]]:
    missing = to_be_written()
    yield _("Chairs the meeting"), paper.chair or missing
    yield _("Writes the minutes"), paper.recorder or missing
    if paper.order:
        led = [led_by for _name, led_by in paper.order.people if led_by]
        yield _("Leads while the chair is reviewed"), ", ".join(led) or missing
        yield _("Heads the tellers"), paper.head_teller or missing
        yield _("Counts the papers"), ", ".join(paper.tellers) or missing
    if paper.guests:
        guests = "; ".join(map(str, paper.guests))
        yield _("Attends from above"), guests


def _grid(heads: tuple[str, str], rows: Sequence[tuple[str, str]]) -> Grid:
    what, who = heads
    return numbered_grid(Column(what, is_name=True), Column(who, 60), rows=rows)
