"""One person's record as an HTML document for print. Source: docs/rules/documents.md § 10.

Everything is worked out here; the template only lays it out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Participant
from members import cards, dates
from members.models import Post
from members.vocabulary import vocabulary
from reports.documents.pdf import FONT
from reports.documents.record import Act, Record, Result
from reports.documents.record_acts import act_name
from reports.documents.record_parts import printed_parts
from reports.documents.record_values import (
    Rows,
    day_text,
    joined,
    moment_text,
    section,
)
from reports.documents.record_written_html import printed_drafts, printed_written
from reports.documents.rollup_html import PrintedSection
from reports.documents.terms import NOTHING, Terms, reading_in

LINE_SPACING_POINTS = 19  # as `head.DocumentHead` has it


@dataclass(frozen=True, slots=True)
class RecordHead:
    """What the copy says about itself."""

    language: str
    name: str
    cell: str
    line_spacing_points: int = LINE_SPACING_POINTS


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
                "day": day_text(each.from_on),
            }
        else:
            yield _("%(unit)s from %(day)s to %(end)s") % {
                "unit": each.unit.name,
                "day": day_text(each.from_on),
                "end": day_text(each.until_on),
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
    tables: Sequence[tuple[str, Rows]] = (
        (_("Cells"), _memberships(record)),
        (_("Exempt or suspended"), _pauses(record)),
        (_("Posts"), _posts(record)),
        (_("Transfers"), _transfers(record)),
        (_("Requests for corrections"), _requests(record)),
    )
    for heading, rows in tables[:4]:
        yield _section(heading, rows)
    yield from _results(record, language)
    yield from printed_written(record.kept, language)
    yield from printed_drafts(record.kept.drafts, language)
    yield from printed_parts(record.kept)
    yield _section(
        _("Inspection, discipline, commendations, leaving a post"), _concluded(record)
    )
    heading, rows = tables[4]
    yield _section(heading, rows)
    yield _section(
        _("Who has opened this information"),
        _acts("opened", record.openings, by=_("Who")),
    )
    yield _section(_("Who has read results for a stated reason"), _readings(record))
    yield _section(
        _("What was recorded about the person"),
        _acts("acts", record.acts, by=_("Recorded by")),
    )


def _section(heading: str, rows: Rows) -> PrintedSection:
    return section(heading, rows, empty=_("Nothing is recorded."))


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
        (_("E-mail"), record.email),
    ]
    heads = (_("What"), _("What is recorded"))
    rows = Rows("facts", heads, ("62", ""))
    rows.rows += [(label, value or NOTHING) for label, value in pairs]
    return PrintedSection(_("The person"), (), rows.printed())


def _memberships(record: Record) -> Rows:
    heads = (_("Membership"), _("Cell"), _("From"), _("Until"), _("How it ended"))
    rows = Rows("cells", heads, ("32", "", "22", "22", "30"))
    rows.rows += [
        (
            each.get_kind_display(),
            each.unit.name,
            day_text(each.from_on),
            day_text(each.until_on),
            each.get_ending_display() if each.ending else NOTHING,
        )
        for each in record.memberships
    ]
    return rows


def _pauses(record: Record) -> Rows:
    heads = (_("What"), _("From"), _("Until"), _("Document"))
    rows = Rows("pauses", heads, ("44", "22", "22", ""))
    rows.rows += [
        (
            each.get_kind_display(),
            day_text(each.from_on),
            day_text(each.until_on),
            joined(each.document, each.ended_by_document),
        )
        for each in record.pauses
    ]
    return rows


def _posts(record: Record) -> Rows:
    heads = (_("Post"), _("Unit"), _("From"), _("Until"), _("Document"))
    rows = Rows("posts", heads, ("34", "", "22", "22", "38"))
    rows.rows += [
        (
            _role(each),
            joined(each.unit.name, *map(str, record.charges.get(each.pk, ()))),
            day_text(each.from_on),
            day_text(each.over_on()),
            joined(each.appointed_by_document, each.ended_by_document),
        )
        for each in record.posts
    ]
    return rows


def _role(post: Post) -> str:
    name = post.title or str(post.get_role_display())
    return f"{name} ({_('Delegated')})" if post.delegated_by_id else name


def _transfers(record: Record) -> Rows:
    heads = (_("What"), _("From, to"), _("Day"), _("How far"), _("Papers and comment"))
    rows = Rows("transfers", heads, ("24", "", "22", "26", "46"))
    rows.rows += [
        (
            each.get_kind_display(),
            f"{each.source.name} → {each.target.name if each.target else each.outside}",
            day_text(each.leaves_on),
            joined(each.get_state_display(), each.refusal),
            joined(each.document, each.comment_document, each.comment),
        )
        for each in record.transfers
    ]
    return rows


def _concluded(record: Record) -> Rows:
    heads = (
        _("What"),
        _("Finding or ground"),
        _("Which body"),
        _("Day"),
        _("Document"),
    )
    rows = Rows("concluded", heads, ("40", "36", "", "22", "36"))
    rows.rows += [
        (each.what, each.result or NOTHING, each.by, day_text(each.on), each.document)
        for each in record.concluded
    ]
    return rows


def _requests(record: Record) -> Rows:
    heads = (_("What is wrong"), _("What it should be"), _("Why"), _("Answer"))
    rows = Rows("requests", heads, ("32", "", "42", "42"))
    rows.rows += [
        (
            each.get_subject_display(),
            each.wanted,
            f"{day_text(timezone.localdate(each.asked_at))}: {each.reason}",
            joined(each.get_state_display(), each.answer),
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
        rows = Rows(f"campaign{at}", heads, ("62", ""), title=campaign.name)
        rows.rows += list(result_lines(result, language))
        yield PrintedSection(f"{heading}: {campaign.year}", (), rows.printed())


def _readings(record: Record) -> Rows:
    heads = (_("When"), _("Who"), _("In which post"), _("For which reason"))
    rows = Rows("readings", heads, ("36", "36", "", "50"))
    rows.rows += [
        (moment_text(each.at), each.by, each.post, each.reason)
        for each in record.readings
    ]
    return rows


def _acts(key: str, acts: Iterable[Act], *, by: str) -> Rows:
    heads = (_("When"), _("What"), by, _("In which post"))
    rows = Rows(key, heads, ("36", "42", "", "42"))
    rows.rows += [
        (moment_text(act.at), act_name(act.action), act.by, act.post or NOTHING)
        for act in acts
    ]
    return rows
