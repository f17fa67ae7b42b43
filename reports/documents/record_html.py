"""One person's record as an HTML document for print. Source: docs/rules/documents.md § 10.

Everything is worked out here; the template only lays it out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Participant
from members import cards, dates
from members.models import Post
from members.vocabulary import vocabulary
from reports.documents.pdf import FONT
from reports.documents.record import Act, Record, Result, end_of
from reports.documents.rollup_html import Head, Printed, PrintedSection, PrintedTable
from reports.documents.terms import NOTHING, Terms, reading_in

LINE_SPACING_POINTS = 19  # as `head.DocumentHead` has it


@dataclass(frozen=True, slots=True)
class RecordHead:
    """What the copy says about itself."""

    language: str
    name: str
    cell: str
    line_spacing_points: int = LINE_SPACING_POINTS


@dataclass(slots=True)
class _Rows:
    """A table of texts: its heads, how wide each column is in mm, and its rows."""

    key: str
    heads: Sequence[str]
    widths: Sequence[str]  # "" takes what is left
    title: str = ""  # where the heading above it does not say it
    rows: list[Sequence[str]] = field(default_factory=list)

    def printed(self) -> PrintedTable:
        return PrintedTable(
            key=self.key,
            title=self.title,
            is_wide=False,
            widths=tuple(self.widths),
            heads=(tuple(Head(text, 1, 1) for text in self.heads),),
            numbers=(),
            rows=tuple(_line(row) for row in self.rows),
            total=(),
            notes=(),
        )


def record_html(record: Record, *, language: str) -> str:
    """Return the whole document; equal arguments give an equal text."""
    with reading_in(language):
        context = {
            "head": RecordHead(language, record.member.full_name, record.cell),
            "is_english": language == "en",
            "sections": list(_sections(record, language)),
            "tables": (),
            "font": FONT,
        }
        return render_to_string("reports/pdf/record.html", context)


def result_lines(result: Result, language: str) -> Iterator[tuple[str, str]]:
    """Return what one campaign says about a person, as label and words."""
    person = result.participant
    terms = Terms(person.campaign.rules, vocabulary(), language)
    yield _("Where"), "; ".join(_placements(result))
    yield _("On the roll of that year"), person.get_presence_display()
    yield _("Status"), terms.status(person.status)
    yield _("Level of exemplary responsibility"), _exemplarity(person)
    yield _("Pledge"), person.get_pledge_state_display()
    yield _("Self-review"), person.get_review_state_display()
    yield _("Proposed level"), _level(terms, person.proposed_level)
    yield _("Level"), _level(terms, person.level)
    if person.reason:
        yield _("Reason"), terms.reason(person.reason)
    yield _("Decided by"), _decider(person)


def _placements(result: Result) -> Iterator[str]:
    for each in result.placements:
        if each.until_on is None:
            yield _("%(unit)s from %(day)s") % {
                "unit": each.unit.name,
                "day": _day(each.from_on),
            }
        else:
            yield _("%(unit)s from %(day)s to %(end)s") % {
                "unit": each.unit.name,
                "day": _day(each.from_on),
                "end": _day(each.until_on),
            }


def _level(terms: Terms, code: str) -> str:
    return terms.level("members", code) if code else NOTHING


def _exemplarity(person: Participant) -> str:
    level = person.get_exemplarity_display()
    if person.is_imported and person.exemplarity == Participant.Exemplarity.MEMBER:
        return _("%(level)s (the file of results states no other)") % {"level": level}
    return level


def _decider(person: Participant) -> str:
    if person.decided_by:
        return person.decided_by.name
    return _("taken over from a file of results") if person.is_imported else NOTHING


def _sections(record: Record, language: str) -> Iterator[PrintedSection]:
    yield _facts(record)
    tables: Sequence[tuple[str, _Rows]] = (
        (_("Cells"), _memberships(record)),
        (_("Exempt or suspended"), _pauses(record)),
        (_("Posts"), _posts(record)),
        (_("Transfers"), _transfers(record)),
        (_("Requests for corrections"), _requests(record)),
    )
    for heading, rows in tables[:4]:
        yield _section(heading, rows)
    yield from _results(record, language)
    yield _section(_("Inspection, discipline and commendations"), _concluded(record))
    heading, rows = tables[4]
    yield _section(heading, rows)
    yield _section(
        _("Who has opened this information"), _acts("opened", record.openings)
    )
    yield _section(_("Who has read results for a stated reason"), _readings(record))
    yield _section(
        _("What was recorded about the person"), _acts("acts", record.acts, named=True)
    )


def _section(heading: str, rows: _Rows) -> PrintedSection:
    if not rows.rows:
        return PrintedSection(heading, (_("Nothing is recorded."),), None)
    return PrintedSection(heading, (), rows.printed())


def _facts(record: Record) -> PrintedSection:
    member = record.member
    pairs = [
        (_("Member code"), member.code),
        (_("Full name"), member.full_name),
        (_("Born"), dates.display_partial(member.born_on)),
        (_("Gender"), member.get_gender_display() if member.gender else ""),
        (_("Admitted"), dates.display_partial(member.admitted_on)),
        (_("Full member since"), dates.display_partial(member.official_on)),
        (_("Card number"), cards.display_card_number(member.card_number)),
        (_("Personal number"), member.personal_id),
        (_("Level of exemplary responsibility"), member.get_exemplarity_display()),
        (_("Cell"), record.cell),
        (_("Account name"), record.login),
    ]
    heads = (_("What"), _("What is recorded"))
    rows = _Rows("facts", heads, ("62", ""))
    rows.rows += [(label, value or NOTHING) for label, value in pairs]
    return PrintedSection(_("The person"), (), rows.printed())


def _memberships(record: Record) -> _Rows:
    heads = (_("Membership"), _("Cell"), _("From"), _("Until"), _("How it ended"))
    rows = _Rows("cells", heads, ("32", "", "22", "22", "30"))
    rows.rows += [
        (
            each.get_kind_display(),
            each.unit.name,
            _day(each.from_on),
            _day(each.until_on),
            each.get_ending_display() if each.ending else NOTHING,
        )
        for each in record.memberships
    ]
    return rows


def _pauses(record: Record) -> _Rows:
    heads = (_("What"), _("From"), _("Until"), _("Document"))
    rows = _Rows("pauses", heads, ("44", "22", "22", ""))
    rows.rows += [
        (
            each.get_kind_display(),
            _day(each.from_on),
            _day(each.until_on),
            _both(each.document, each.ended_by_document),
        )
        for each in record.pauses
    ]
    return rows


def _posts(record: Record) -> _Rows:
    heads = (_("Post"), _("Unit"), _("From"), _("Until"), _("Document"))
    rows = _Rows("posts", heads, ("34", "", "22", "22", "38"))
    rows.rows += [
        (
            _role(each),
            _both(each.unit.name, *map(str, record.charges.get(each.pk, ()))),
            _day(each.from_on),
            _day(end_of(each)),
            _both(each.appointed_by_document, each.ended_by_document),
        )
        for each in record.posts
    ]
    return rows


def _role(post: Post) -> str:
    name = post.title or str(post.get_role_display())
    return f"{name} ({_('Delegated')})" if post.delegated_by_id else name


def _transfers(record: Record) -> _Rows:
    heads = (_("What"), _("From, to"), _("Day"), _("How far"), _("Papers and comment"))
    rows = _Rows("transfers", heads, ("24", "", "22", "26", "46"))
    rows.rows += [
        (
            each.get_kind_display(),
            f"{each.source.name} → {each.target.name if each.target else each.outside}",
            _day(each.leaves_on),
            _both(each.get_state_display(), each.refusal),
            _both(each.document, each.comment_document, each.comment),
        )
        for each in record.transfers
    ]
    return rows


def _concluded(record: Record) -> _Rows:
    heads = (
        _("What"),
        _("Finding or ground"),
        _("Which body"),
        _("Day"),
        _("Document"),
    )
    rows = _Rows("concluded", heads, ("40", "36", "", "22", "36"))
    rows.rows += [
        (each.what, each.result or NOTHING, each.by, _day(each.on), each.document)
        for each in record.concluded
    ]
    return rows


def _requests(record: Record) -> _Rows:
    heads = (_("What is wrong"), _("What it should be"), _("Why"), _("Answer"))
    rows = _Rows("requests", heads, ("32", "", "42", "42"))
    rows.rows += [
        (
            each.get_subject_display(),
            each.wanted,
            f"{_day(timezone.localdate(each.asked_at))}: {each.reason}",
            _both(each.get_state_display(), each.answer),
        )
        for each in record.requests
    ]
    return rows


def _results(record: Record, language: str) -> Iterator[PrintedSection]:
    heading = _("Yearly classifications")
    if not record.results:
        yield PrintedSection(heading, (_("Nothing is recorded."),), None)
    for at, result in enumerate(record.results):
        campaign = result.participant.campaign
        heads = (_("What"), _("What is recorded"))
        rows = _Rows(f"campaign{at}", heads, ("62", ""), title=campaign.name)
        rows.rows += list(result_lines(result, language))
        yield PrintedSection(f"{heading}: {campaign.year}", (), rows.printed())


def _readings(record: Record) -> _Rows:
    heads = (_("When"), _("Who"), _("In which post"), _("For which reason"))
    rows = _Rows("readings", heads, ("36", "36", "", "50"))
    rows.rows += [
        (_moment(each.at), each.by, each.post, each.reason) for each in record.readings
    ]
    return rows


def _acts(key: str, acts: Iterable[Act], *, named: bool = False) -> _Rows:
    heads = [_("When"), _("Who"), _("In which post")]
    widths = ["36", "", "58"]
    if named:
        heads = [_("When"), _("What"), _("Recorded by"), _("In which post")]
        widths = ["36", "42", "", "42"]
    rows = _Rows(key, heads, widths)
    for act in acts:
        who = (act.by, act.post or NOTHING)
        what = (act_name(act.action),) if named else ()
        rows.rows.append((_moment(act.at), *what, *who))
    return rows


def act_name(action: str) -> str:
    """Return what an act in the log is called; its code where it has no name."""
    names = {
        "members.admitted": _("Entered on the roll"),
        "members.corrected": _("Corrected"),
        "members.made_full": _("Full membership"),
        "members.ended": _("Taken off the roll"),
        "members.record_copied": _("Copy of the record taken"),
        "pauses.begun": _("Exempt or suspended"),
        "pauses.ended": _("Takes part again"),
        "corrections.asked": _("Asked for a correction"),
        "corrections.taken_back": _("Request taken back"),
        "corrections.corrected": _("Request answered by a correction"),
        "corrections.refused": _("Request refused"),
        "inspections.recorded": _("Inspection recorded"),
        "inspections.corrected": _("Record of an inspection corrected"),
        "disciplines.recorded": _("Discipline recorded"),
        "disciplines.corrected": _("Record of a discipline corrected"),
        "disciplines.changed": _("Later decision on a discipline recorded"),
        "commendations.recorded": _("Commendation recorded"),
        "commendations.corrected": _("Record of a commendation corrected"),
        "transfers.sent": _("Transfer sent"),
        "transfers.received": _("Transfer received"),
        "transfers.returned": _("Transfer returned"),
        "transfers.taken_back": _("Transfer taken back"),
    }
    return names.get(action, action)


def _line(row: Sequence[str]) -> tuple[Printed, ...]:
    first, *others = row
    return (Printed(first, "t", is_head=True), *(Printed(each, "t") for each in others))


def _both(*texts: str) -> str:
    return "; ".join(filter(None, texts)) or NOTHING


def _day(day: date | None) -> str:
    return dates.display_day(day) or NOTHING


def _moment(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%d/%m/%Y %H:%M}"
