"""A workbook of opinions that comes back: read, compared, taken.

What the preview shows is what is taken, or it is shown anew.
Source: docs/rules/opinions.md § 3.3.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum

from django.core.files.base import File
from django.utils.translation import gettext as _

from campaigns.services.running import demand_running
from campaigns.services.written.states import WritingRefused
from members import events, names
from members.dates import NotADate, parse_partial
from members.policy import Actor
from members.services.returned_sheets import NotTheSheet, column_of, sheet_of
from members.spreadsheets.cells import MEGABYTE, Limits
from reviews.models import Opinion, OpinionEntry, OpinionRequest
from reviews.services.opinions import asking, recording
from reviews.services.opinions.recording import LONGEST_TEXT, Paper
from reviews.sheets.opinions import DOCUMENT, NAME, NUMBER, SHEET, SIGNED_ON, TEXT

MOST_BYTES = 2 * MEGABYTE
LIMITS = Limits(
    max_bytes=MOST_BYTES,
    max_rows=500,
    address_space_bytes=512 * MEGABYTE,
    cpu_seconds=10,
    max_columns=20,
)
LONGEST_DOCUMENT = 255
LONGEST_WHOLE = 500_000  # characters of all that is shown and sent back once


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """One row as the body wrote it; every value is text."""

    row: int  # of the sheet
    number: str
    name: str
    text: str
    document: str
    signed_on: str


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "NEW"
    CHANGED = "CHANGED"
    UNCHANGED = "UNCHANGED"
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row beside what is recorded; `why` says why it is refused."""

    typed: Typed
    name: str  # whom it is about; as typed, where nobody was found
    outcome: Outcome
    why: str = ""
    paper: Paper | None = None
    opinion: Opinion | None = None


class PreviewChanged(Exception):
    """Something was recorded meanwhile; what the rows would do now is another thing."""


def read(file: File) -> list[Typed]:
    """Return the rows in which a body wrote something.

    Raises: WritingRefused for a file that cannot be read, is another or holds nothing.
    """
    heads = (NUMBER, NAME, TEXT, DOCUMENT, SIGNED_ON)
    try:
        sheet = sheet_of(file, name=SHEET, limits=LIMITS)
        columns = [column_of(sheet, head) for head in heads]
    except NotTheSheet as refusal:
        raise WritingRefused(str(refusal), column="file") from refusal
    rows = [
        Typed(
            row=row,
            number=number.strip(),
            name=name,
            text=text.strip(),
            document=document,
            signed_on=signed_on,
        )
        for row, number, name, text, document, signed_on in zip(
            sheet.rows, *columns, strict=True
        )
        if (text + document + signed_on).strip()
    ]
    if not rows:
        raise WritingRefused(_("The workbook holds no opinion."), column="file")
    if sum(len(each.text) for each in rows) > LONGEST_WHOLE:
        raise WritingRefused(
            _("All opinions together are longer than %s characters: divide the file.")
            % LONGEST_WHOLE,
            column="file",
        )
    return rows


def compare(
    request: OpinionRequest,
    rows: Sequence[Typed],
    *,
    came_on: date,
    actor: Actor,
    now: datetime,
) -> list[Line]:
    """Return what each row would do, in the order of the sheet; two queries."""
    own = Opinion.objects.filter(request=request).select_related(
        "participant", "body__unit", "request__unit__campaign"
    )
    opinions = {str(each.pk): each for each in own}
    latest: dict[int, OpinionEntry] = {}
    entries = OpinionEntry.objects.filter(
        opinion__in=opinions.values(), kind=OpinionEntry.Kind.OPINION
    )
    for entry in entries.order_by("at", "pk"):  # the last of each wins
        latest[entry.opinion_id] = entry
    seen: dict[str, int] = {}
    lines = []
    for typed in rows:
        opinion = opinions.get(typed.number)
        try:
            paper = _paper(typed, opinion, seen)
            assert opinion is not None  # or it was refused
            recording.demand_enterable(
                opinion, paper, came_on=came_on, actor=actor, now=now
            )
        except WritingRefused as refusal:
            why = str(refusal)
            lines.append(
                Line(typed=typed, name=typed.name, outcome=Outcome.REFUSED, why=why)
            )
            continue
        outcome = _outcome(paper, latest.get(opinion.pk))
        name = opinion.subject.full_name
        lines.append(
            Line(typed=typed, name=name, outcome=outcome, paper=paper, opinion=opinion)
        )
    return lines


def _outcome(paper: Paper, before: OpinionEntry | None) -> Outcome:
    if before is None:
        return Outcome.NEW
    stands = Paper(
        text=before.text, document=before.document, signed_on=before.signed_on
    )
    return Outcome.UNCHANGED if paper == stands else Outcome.CHANGED


def _paper(typed: Typed, opinion: Opinion | None, seen: dict[str, int]) -> Paper:
    """Return what a row says.

    Raises: WritingRefused where it says nothing that can be entered.
    """
    if opinion is None:
        raise WritingRefused(
            _("Nothing was asked of this body by the number “%s”.") % typed.number
        )
    if names.fold(typed.name) != names.fold(opinion.subject.full_name):
        raise WritingRefused(
            _(
                "The number %(number)s is that of %(name)s, and the row has another name."
            )
            % {"number": typed.number, "name": opinion.subject.full_name}
        )
    if typed.number in seen:
        raise WritingRefused(
            _("Row %(row)s has the same number already.") % {"row": seen[typed.number]}
        )
    seen[typed.number] = typed.row
    return Paper(
        text=_clean(TEXT, typed.text, LONGEST_TEXT, many_lines=True),
        document=_clean(DOCUMENT, typed.document, LONGEST_DOCUMENT),
        signed_on=_day(typed.signed_on),
    )


def _clean(head: str, text: str, most: int, *, many_lines: bool = False) -> str:
    try:
        lines = [names.clean_text(line) for line in text.splitlines()]
    except names.UnfitText as refusal:
        raise WritingRefused(
            _("Column “%s”: a character cannot be seen.") % head
        ) from refusal
    clean = ("\n" if many_lines else " ").join(lines).strip()
    if len(clean) > most:
        raise WritingRefused(
            _("Column “%(column)s”: more than %(most)s characters.")
            % {"column": head, "most": most}
        )
    return clean


def _day(text: str) -> date | None:
    try:
        stored = parse_partial(text)
        return date.fromisoformat(stored) if stored else None
    except (NotADate, ValueError) as refusal:
        raise WritingRefused(
            _("Column “%(column)s”: “%(text)s” is no day; write dd/mm/yyyy.")
            % {"column": SIGNED_ON, "text": text[:40]}
        ) from refusal


def told(lines: Sequence[Line]) -> list[str]:
    """Return what the preview said of each row, to be compared when it is confirmed."""
    return [each.outcome.value for each in lines]


def plain(rows: Sequence[Typed]) -> list[dict[str, object]]:
    """Return rows as they are sent back once, with the form that confirms them."""
    return [asdict(each) for each in rows]


def take(
    *,
    request: OpinionRequest,
    rows: Sequence[Typed],
    previewed: Sequence[str],
    came_on: date,
    actor: Actor,
    now: datetime,
) -> int:
    """Enter what is new or changed, and return how many; refused rows are passed by.

    Raises: PreviewChanged where a row would do another thing than was shown;
        WritingRefused if nothing is left to enter or the campaign takes no acts.
    """
    with events.written_last():
        demand_running(request.unit.campaign, WritingRefused)
        held = Opinion.objects.filter(request=request).order_by("pk")
        list(held.select_for_update(of=("self",), no_key=True))
        lines = compare(request, rows, came_on=came_on, actor=actor, now=now)
        if told(lines) != list(previewed):
            raise PreviewChanged
        taken = [
            (each.opinion, each.paper)
            for each in lines
            if each.outcome in (Outcome.NEW, Outcome.CHANGED)
            and each.opinion
            and each.paper
        ]
        if not taken:
            raise WritingRefused(_("No row brings anything new."))
        recording.write(taken, came_on=came_on, actor=actor, now=now)
        asking.record_act("taken", request, actor, now, counts={"changes": len(taken)})
        for opinion, _paper_of in taken:
            recording.note_taken(opinion, actor, now)
    return len(taken)
