"""The minutes of a meeting on paper.

Only what was entered; what is missing shows as `[cần ghi]`. Chair and recorder sign on
paper. Source: docs/rules/meetings.md § 4; docs/rules/documents.md § 1.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from campaigns.models import (
    AgendaItem,
    Attendance,
    Meeting,
    MeetingGuest,
    MeetingTask,
    Minutes,
    MinutesCorrection,
    Participant,
)
from members.dates import display_day
from reports.documents.issuing import (
    to_be_written,
)
from reports.documents.printouts import (
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
from reports.documents.terms import NOTHING, reading_in
from reviews.models import SelfReviewStatement
from reviews.queries.collective_turns import CollectiveTurnRead
from reviews.queries.remarks import Said, TurnRead

STATES = Attendance.State


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesPaper:
    """All that the minutes of one meeting are made of."""

    language: str
    superior: str
    issuer: str
    symbol: str
    meeting: Meeting
    body: str  # "" where it is the unit's own meeting
    agenda: Sequence[AgendaItem]
    people: Sequence[Participant]
    recorded: Mapping[int, Attendance]
    guests: Sequence[MeetingGuest]
    checked: Sequence[MeetingTask]  # tasks of earlier meetings with a result
    tasks: Sequence[MeetingTask]  # concluded at this one
    minutes: Minutes
    corrections: Sequence[MinutesCorrection]
    # None where nobody is reviewed, or texts are on paper.
    turns: Sequence[TurnRead] | None = None
    collective: CollectiveTurnRead | None = None
    statements: Sequence[SelfReviewStatement] = ()


def minutes_printout(paper: MinutesPaper) -> Printout:
    """Return the whole paper; equal arguments give an equal text."""
    with reading_in(paper.language):
        abstract = about(paper.meeting, paper.body)
        signing = Signing(
            places=(
                SignaturePlace(
                    "NGƯỜI GHI BIÊN BẢN", gloss(_("Recorder")), paper.minutes.recorder
                ),
                SignaturePlace(
                    "CHỦ TRÌ HỘI NGHỊ", gloss(_("Chair")), paper.minutes.chair
                ),
            )
        )
        sheet = Sheet(
            letterhead=letterhead(
                superior=paper.superior,
                issuer=paper.issuer,
                number=number_line(paper.symbol),
            ),
            heading=("BIÊN BẢN",),
            gloss=gloss(_("Minutes")),
            below=Line(abstract, Look.ABSTRACT),
            blocks=(*in_sections(_sections(paper)), signing),
        )
        return Printout(
            language=paper.language,
            title=f"{_('Minutes')}: {abstract} – {paper.issuer}",
            author=paper.issuer,
            sheets=(sheet,),
        )


def about(meeting: Meeting, body: str) -> str:
    """Return what a meeting is: its kind, the body where it is one's own, its topic."""
    parts = [str(meeting.get_kind_display()), body, meeting.topic]
    return "; ".join(part for part in parts if part)


def _sections(paper: MinutesPaper) -> Iterator[NumberedSection]:
    yield NumberedSection(_("Time and place"), tuple(_time(paper)))
    yield NumberedSection(_("Those present"), tuple(_present(paper)))
    yield NumberedSection(_("Agenda"), _listed(paper, paper.agenda))
    if paper.checked:
        yield NumberedSection(
            _("Tasks of earlier meetings"),
            (),
            tasks_grid(paper.checked, with_result=True),
        )
    yield NumberedSection(
        _("Course of the meeting"), _said(paper, paper.minutes.course)
    )
    if paper.turns is not None:
        lines = tuple(_of_collective(paper, paper.collective))
        yield NumberedSection(_("Review of the collective"), lines)
        lines = tuple(_reviewed(paper, paper.turns)) or (to_be_written(),)
        lines += tuple(map(_stated, paper.statements))
        yield NumberedSection(_("Review of each person"), lines)
    if directions := [each for each in paper.guests if each.direction]:
        yield NumberedSection(_("Direction from above"), tuple(_directions(directions)))
    yield NumberedSection(_("Conclusion"), _said(paper, paper.minutes.conclusion))
    if paper.tasks:
        table = tasks_grid(paper.tasks, with_result=False)
        yield NumberedSection(_("Tasks concluded"), (), table)
    if paper.corrections:
        lines = tuple(
            _("Correction recorded on %(day)s (%(reason)s): %(text)s")
            % {
                "day": display_day(timezone.localdate(each.at)),
                "reason": each.reason,
                "text": each.text,
            }
            for each in paper.corrections
        )
        yield NumberedSection(_("Corrections after signing"), lines)
    if replies := tuple(_replies(paper.turns or ())):
        yield NumberedSection(_("Annex: replies in writing"), replies)


def _of_collective(
    paper: MinutesPaper, read: CollectiveTurnRead | None
) -> Iterator[str]:
    """Write what was entered of the collective."""
    if read is None:
        yield to_be_written()
        return
    yield from _remarks(paper, read.said)
    yield _("Taken up, explained: %s") % (_in_one(read.said.answer) or to_be_written())
    yield _("Conclusion of the chair: %s") % (
        _in_one(read.said.comment) or to_be_written()
    )


def _remarks(paper: MinutesPaper, said: Said) -> Iterator[str]:
    yield _("Remarks and criticism:") + ("" if said.remarks else f" {to_be_written()}")
    for text, critic in said.remarks:
        who = f" ({critic})" if critic else ""
        yield f"– {_in_one(text)}{who}"


def _reviewed(paper: MinutesPaper, turns: Iterable[TurnRead]) -> Iterator[str]:
    """Write what was entered of each person, in the order of the meeting."""
    for number, turn in enumerate(turns, start=1):
        said = turn.said
        name = turn.occasion.participant.full_name
        led = _(" (this part was led by %s)") % said.chaired_by
        yield f"{number}. {name}{led if said.chaired_by else ''}"
        yield from _remarks(paper, said)
        yield _("Taken up, explained: %s") % (_in_one(said.answer) or to_be_written())
        yield _("Comment of the cell committee: %s") % (
            _in_one(said.comment) or to_be_written()
        )


def _stated(statement: SelfReviewStatement) -> str:
    """Write what was stated of somebody's self-review."""
    name = statement.occasion.participant.full_name
    if statement.meets:
        return _("Self-review of %s: it meets the requirements.") % name
    left_out = filter(None, (statement.suggestion, statement.leaves_out))
    return _(
        "Self-review of %(name)s: it does not meet the requirements; left out: %(what)s; "
        "done again on %(day)s."
    ) % {
        "name": name,
        "what": "; ".join(map(str, left_out)),
        "day": display_day(statement.again_on) if statement.again_on else NOTHING,
    }


def _replies(turns: Iterable[TurnRead]) -> Iterator[str]:
    for turn in turns:
        for reply in turn.replies:
            assert reply.at is not None  # a reply has its moment
            yield _("%(name)s, written on %(day)s: %(text)s") % {
                "name": turn.occasion.participant.full_name,
                "day": display_day(timezone.localdate(reply.at)),
                "text": _in_one(reply.text),
            }


def _in_one(text: str) -> str:
    return " ".join(text.split())


def _time(paper: MinutesPaper) -> Iterator[str]:
    meeting, missing = paper.meeting, to_be_written()
    hours = [
        f"{hour:%H:%M}" if hour else missing
        for hour in (meeting.begins_at, meeting.ends_at)
    ]
    yield _("Began at %(hour)s on %(day)s; ended at %(end)s the same day.") % {
        "hour": hours[0],
        "day": display_day(meeting.on),
        "end": hours[1],
    }
    yield _("Place: %s.") % (meeting.place or missing)


def _present(paper: MinutesPaper) -> Iterator[str]:
    meeting, missing = paper.meeting, to_be_written()
    counts = [
        missing if count is None else str(count)
        for count in (meeting.present, meeting.expected)
    ]
    yield _("Present: %(present)s of %(expected)s.") % {
        "present": counts[0],
        "expected": counts[1],
    }
    for state, sentence in (
        (STATES.LATE, _("Came late: %s.")),
        (STATES.EXCUSED, _("Absent with a reason: %s.")),
        (STATES.ABSENT, _("Absent without a reason: %s.")),
    ):
        if names := _names(paper, state):
            yield sentence % names
    if unknown := _unrecorded(paper):
        yield _("Attendance %(missing)s: %(names)s.") % {
            "missing": missing,
            "names": unknown,
        }
    for guest in paper.guests:
        yield _("From above: %(name)s, %(post)s (%(decision)s).") % {
            "name": guest.name,
            "post": guest.post,
            "decision": guest.decision,
        }
    yield _("Chair: %s.") % (paper.minutes.chair or missing)
    yield _("Recorder: %s.") % (paper.minutes.recorder or missing)


def _names(paper: MinutesPaper, state: str) -> str:
    return ", ".join(
        person.full_name
        for person in paper.people
        if person.pk in paper.recorded and paper.recorded[person.pk].state == state
    )


def _unrecorded(paper: MinutesPaper) -> str:
    return ", ".join(
        person.full_name for person in paper.people if person.pk not in paper.recorded
    )


def _directions(guests: Iterable[MeetingGuest]) -> Iterator[str]:
    for guest in guests:
        yield f"{guest.name}: {guest.direction}"


def _listed(paper: MinutesPaper, agenda: Sequence[AgendaItem]) -> tuple[str, ...]:
    numbered = (
        f"{number}. {_matter(item)}" for number, item in enumerate(agenda, start=1)
    )
    return tuple(numbered) or (to_be_written(),)


def _matter(item: AgendaItem) -> str:
    if item.content_id is None:
        return item.text
    return _("%s (content of the campaign's plan)") % item.text


def _written(paper: MinutesPaper, text: str) -> tuple[str, ...]:
    lines = (line.strip() for line in text.splitlines())
    return tuple(filter(None, lines)) or (to_be_written(),)


def _said(paper: MinutesPaper, text: str) -> tuple[str, ...]:
    """Return what was entered; else which paper holds it, where the campaign says so."""
    held_by = paper.minutes.paper
    return _written(paper, text or (held_by and _("As on the paper: %s.") % held_by))


def tasks_grid(tasks: Sequence[MeetingTask], *, with_result: bool) -> Grid:
    """Return tasks of meetings: who does each, until when, what came of it."""
    who, until = (42, 26) if with_result else (52, 30)
    return Grid(
        columns=(
            Column(pgettext("meeting", "Task"), is_name=True),
            Column(_("Who does it"), who),
            Column(_("Due by"), until),
            *((Column(_("Result"), 42),) if with_result else ()),
        ),
        rows=tuple(tuple(_cells(task, with_result=with_result)) for task in tasks),
    )


def _cells(task: MeetingTask, *, with_result: bool) -> Iterator[str]:
    yield task.text
    yield task.participant.full_name if task.participant else task.collective
    yield display_day(task.due_on)
    if with_result:
        found = (str(task.get_result_display()), task.result_note)
        yield "; ".join(filter(None, found)) or NOTHING
