"""Minutes of the steps before a review meeting, to be written by hand or in Word.

The committee of the cell, and its party groups ("tổ đảng"), go through the collective
and each person beforehand. These meetings are not recorded here: what is known stands
in their minutes, what is not is left to be written.
Source: docs/rules/meetings.md § 10; docs/rules/documents.md § 1.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from reports.documents.issuing import (
    issued,
    numbered_grid,
    to_be_written,
)
from reports.documents.meeting_papers import MeetingPaper, about_review, agenda_lines
from reports.documents.printouts import (
    Column,
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
from reports.documents.terms import reading_in

BLANK_LINES = 4
ROW_MM = 14  # to write in by hand
OF_COMMITTEE = "họp chi ủy"
OF_GROUP = "họp tổ đảng"


def committee_minutes_printout(paper: MeetingPaper) -> Printout:
    """Return the minutes of the committee's meeting; equal arguments, equal text."""
    officers = [f"{each.name} ({each.post})" for each in paper.officers]
    with reading_in(paper.head.language):
        return _printout(
            paper,
            OF_COMMITTEE,
            [
                _("Members of the committee: %s.")
                % ("; ".join(officers) or to_be_written()),
                _("Absent, and why: %s.") % to_be_written(),
            ],
            _("Comment of the committee"),
        )


def group_minutes_printout(paper: MeetingPaper) -> Printout:
    """Return the minutes of a party group, whose members the cell names.

    The whole cell is on the list: who is of another group is struck out.
    """
    with reading_in(paper.head.language):
        return _printout(
            paper,
            OF_GROUP,
            [
                _("Party group: %s.") % to_be_written(),
                _("Members: %(missing)s; present: %(missing)s.")
                % {"missing": to_be_written()},
                _("Absent, and why: %s.") % to_be_written(),
            ],
            _("Opinions of the group (strike out who is of another)"),
        )


def _printout(
    paper: MeetingPaper, whose: str, present: list[str], said: str
) -> Printout:
    head = paper.head
    abstract = f"{whose}: {about_review(paper)}"
    sheet = Sheet(
        letterhead=letterhead(
            superior=head.superior,
            issuer=head.issuer,
            number=number_line(head.symbol),
        ),
        heading=("BIÊN BẢN",),
        gloss=gloss(_("Minutes")),
        below=Line(abstract, Look.ABSTRACT),
        blocks=(*in_sections(_sections(paper, present, said)), _signing()),
    )
    return issued(head, f"{_('Minutes')}: {abstract}", sheet)


def _sections(
    paper: MeetingPaper, present: list[str], said: str
) -> Iterator[NumberedSection]:
    began = _("Began at %(hour)s on %(day)s; ended at %(end)s the same day.") % {
        "hour": to_be_written(),
        "day": to_be_written(),
        "end": to_be_written(),
    }
    yield NumberedSection(
        _("Time and place"), (began, _("Place: %s.") % to_be_written())
    )
    led = (_("Chair: %s.") % to_be_written(), _("Recorder: %s.") % to_be_written())
    yield NumberedSection(_("Those present"), (*present, *led))
    yield NumberedSection(
        _("Agenda of the meeting that is prepared"), agenda_lines(paper)
    )
    yield NumberedSection(_("On the collective"), blank_lines=BLANK_LINES)
    people = paper.order.people if paper.order else ()
    names = [name for name, _led in people] or [to_be_written()]
    grid = numbered_grid(
        Column(_("Full name"), 48, is_name=True),
        Column(said),
        rows=((name, "") for name in names),
        row_height=ROW_MM,
    )
    yield NumberedSection(_("On each person"), (), grid)
    yield NumberedSection(_("Conclusion"), blank_lines=BLANK_LINES)


def _signing() -> Signing:
    return Signing(
        places=(
            SignaturePlace("NGƯỜI GHI BIÊN BẢN", gloss(_("Recorder"))),
            SignaturePlace("CHỦ TRÌ HỘI NGHỊ", gloss(_("Chair"))),
        )
    )
