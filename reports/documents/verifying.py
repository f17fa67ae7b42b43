"""The report of whoever verifies files, and the minutes of the body that decides.

Both say what the system holds; what it does not hold shows as `[cần ghi]`.
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
    to_be_written,
)
from reports.documents.printouts import (
    Align,
    Column,
    Grid,
    Line,
    Look,
    NumberedSection,
    Printout,
    Sheet,
    Signing,
    closing,
    gloss,
    in_sections,
    letterhead,
    number_line,
)
from reports.documents.signing import SignaturePlace
from reports.documents.terms import NOTHING, reading_in, small_first


@dataclass(frozen=True, slots=True)
class VerifiedFile:
    """The file of one unit: its minutes, and how many have each proposed level."""

    unit: str
    minutes: str
    counts: Sequence[int]  # by level, best first


@dataclass(frozen=True, slots=True)
class ToConsider:
    """What a rule says of one person whose proposed level it does not leave."""

    name: str
    unit: str
    level: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationPaper:
    """What the verifying body has before it: received files and what the rules say."""

    head: DocumentHead
    wording: str
    rules: str
    levels: Sequence[str]  # in words, best first
    files: Sequence[VerifiedFile]
    missing: Sequence[str]  # units whose file has not been received
    ceilings: Sequence[str]
    to_consider: Sequence[ToConsider]


@dataclass(frozen=True, slots=True)
class DecidedOtherwise:
    """One person whose level is another than before: proposed, or decided before."""

    name: str
    before: str
    level: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionMinutesPaper:
    """The meeting of the deciding body, as it was recorded with its decision."""

    head: DocumentHead
    wording: str
    about: str  # "đảng viên"
    minutes_on: date
    present: int
    votes_for: int
    votes_against: int
    decision: str
    decided_on: date
    asked_by: Sequence[str]
    totals: Sequence[tuple[str, int]]
    otherwise: Sequence[DecidedOtherwise]
    breach_reason: str


def verification_printout(paper: VerificationPaper) -> Printout:
    """Return the report; equal arguments give an equal text."""
    head = paper.head
    with reading_in(head.language):
        abstract = (
            f"thẩm định kết quả {_subject(paper.wording, 'đảng viên', head.year)}"
        )
        sheet = Sheet(
            letterhead=issuer_letterhead(
                head,
                number=number_line(head.symbol, head.reference),
                on=head.issued_on,
            ),
            heading=("BÁO CÁO",),
            gloss=gloss(_("Verification report")),
            below=Line(abstract, Look.ABSTRACT),
            blocks=(
                Line(_("By %s.") % paper.rules),
                *in_sections(_verified(paper)),
                closing(head.signatories, recipients=head.recipients),
            ),
        )
        return issued(head, f"BÁO CÁO: {abstract}", sheet)


def decision_minutes_printout(paper: DecisionMinutesPaper) -> Printout:
    """Return the minutes with the counts; equal arguments give an equal text."""
    head = paper.head
    with reading_in(head.language):
        abstract = (
            f"họp và kiểm phiếu {_subject(paper.wording, paper.about, head.year)}"
        )
        sheet = Sheet(
            letterhead=letterhead(
                superior=head.superior,
                issuer=head.issuer,
                number=number_line(head.symbol, head.reference),
            ),
            heading=("BIÊN BẢN",),
            gloss=gloss(_("Minutes")),
            below=Line(abstract, Look.ABSTRACT),
            blocks=(
                *in_sections(_minuted(paper)),
                Signing(
                    places=(
                        SignaturePlace("NGƯỜI GHI BIÊN BẢN", gloss(_("Recorder"))),
                        SignaturePlace("CHỦ TRÌ HỘI NGHỊ", gloss(_("Chair"))),
                    )
                ),
            ),
        )
        return issued(head, f"BIÊN BẢN: {abstract}", sheet)


def _subject(wording: str, about: str, year: int) -> str:
    return f"{wording} {about} năm\u00a0{year}"


def _verified(paper: VerificationPaper) -> Iterator[NumberedSection]:
    yield NumberedSection(_("Files received"), tuple(_received(paper)), _files(paper))
    yield NumberedSection(
        _("Greatest numbers"), tuple(paper.ceilings) or (_("None applies."),)
    )
    grid = _to_consider(paper) if paper.to_consider else None
    said = () if grid else (_("No rule forbids a proposed level by what is known."),)
    yield NumberedSection(_("Levels to be considered"), said, grid)
    yield NumberedSection(_("Opinion of the verifying body"), (to_be_written(),))
    yield NumberedSection(_("Proposal"), (to_be_written(),))


def _received(paper: VerificationPaper) -> Iterator[str]:
    text = ngettext(
        "The file of %d unit was received.",
        "The files of %d units were received.",
        len(paper.files),
    )
    yield text % len(paper.files)
    if paper.missing:
        yield _("Not received: %s.") % ", ".join(paper.missing)


def _files(paper: VerificationPaper) -> Grid:
    columns = (
        Column(_("Unit"), is_name=True),
        Column(_("Minutes"), 30),
        *(Column(level, 20, Align.RIGHT) for level in paper.levels),
        Column(_("Sum"), 14, Align.RIGHT),
    )
    rows = (
        (
            each.unit,
            each.minutes,
            *map(str, each.counts),
            str(sum(each.counts)),
        )
        for each in paper.files
    )
    sums = [
        sum(column)
        for column in zip(*(each.counts for each in paper.files), strict=True)
    ]
    total = (_("Sum"), "", *map(str, sums), str(sum(sums)))
    return numbered_grid(*columns, rows=rows, total=total)


def _to_consider(paper: VerificationPaper) -> Grid:
    columns = (
        Column(_("Full name"), is_name=True),
        Column(_("Unit"), 34),
        Column(_("Proposed level"), 36),
        Column(_("What the rules say"), 46),
    )
    rows = tuple(
        (each.name, each.unit, each.level, each.rule) for each in paper.to_consider
    )
    return Grid(columns=columns, rows=rows)


def _minuted(paper: DecisionMinutesPaper) -> Iterator[NumberedSection]:
    missing = to_be_written()
    yield NumberedSection(
        _("Time and place"),
        (
            _("Began at %(hour)s on %(day)s; ended at %(end)s the same day.")
            % {
                "hour": missing,
                "day": display_day(paper.minutes_on),
                "end": missing,
            },
            _("Place: %s.") % missing,
        ),
    )
    yield NumberedSection(
        _("Those present"),
        (
            _("Present: %(present)s of %(expected)s.")
            % {"present": paper.present, "expected": missing},
            _("Chair: %s.") % missing,
            _("Recorder: %s.") % missing,
        ),
    )
    yield NumberedSection(_("What was before the meeting"), tuple(_before(paper)))
    yield NumberedSection(_("Course of the committee's meeting"), (missing,))
    yield NumberedSection(_("Count of the votes"), tuple(_votes(paper)))
    yield NumberedSection(
        _("Result"), tuple(_result(paper)), _otherwise(paper.otherwise)
    )


def _before(paper: DecisionMinutesPaper) -> Iterator[str]:
    if paper.asked_by:
        yield _("Files of %s.") % ", ".join(paper.asked_by)
    yield _("Report of the verifying body: %s.") % to_be_written()


def _votes(paper: DecisionMinutesPaper) -> Iterator[str]:
    others = paper.present - paper.votes_for - paper.votes_against
    yield _("Members present: %d.") % paper.present
    yield _("For: %(yes)d; against: %(no)d; neither: %(others)d.") % {
        "yes": paper.votes_for,
        "no": paper.votes_against,
        "others": others,
    }
    yield _("Tellers: %s.") % to_be_written()


def _result(paper: DecisionMinutesPaper) -> Iterator[str]:
    totals = ", ".join(
        f"{small_first(level)} {count}" for level, count in paper.totals if count
    )
    if totals:
        yield _("The meeting decided: %s (list attached to the decision).") % totals
    if paper.breach_reason:
        yield _("Reason for going beyond a number or an order: %s") % (
            paper.breach_reason
        )
    yield _("The decision is %(number)s of %(day)s.") % {
        "number": paper.decision,
        "day": display_day(paper.decided_on),
    }


def _otherwise(lines: Sequence[DecidedOtherwise]) -> Grid | None:
    if not lines:
        return None
    columns = (
        Column(_("Full name"), is_name=True),
        Column(_("Level before"), 38),
        Column(_("Decided level"), 38),
        Column(_("Why"), 44),
    )
    rows = tuple(
        (each.name, each.before, each.level, each.why or NOTHING) for each in lines
    )
    return Grid(
        columns=columns, rows=rows, title=_("Otherwise than proposed or before")
    )
