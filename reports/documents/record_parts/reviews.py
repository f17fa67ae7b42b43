"""What was asked, reviewed, proposed and decided about somebody."""

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from campaigns.models import Participant
from members.vocabulary import vocabulary
from reports.documents.record_parts.part import Part, meeting_json
from reports.documents.record_values import (
    Json,
    day_json,
    day_text,
    joined,
    moment_json,
    unit_json,
)
from reports.documents.terms import NOTHING, Terms
from reviews.models import (
    DecisionLine,
    LevelNotice,
    LevelRequest,
    LevelRevision,
    Proposal,
    Remark,
    ReviewOccasion,
    ReviewSuggestion,
    SaidVersion,
    SelfReviewStatement,
    Teller,
)


def _suggestion(row: ReviewSuggestion) -> Json:
    return {
        "campaign": row.participant.campaign.code,
        "by": unit_json(row.issuer),
        "document": row.document,
        "on": day_json(row.on),
        "time": row.time,
        "text": row.text,
        "judgement": row.judgement or None,
        "judgement_note": row.judgement_note,
        "judged_at": moment_json(row.judged_at),
    }


def _occasion(row: ReviewOccasion) -> Json:
    return {
        "campaign": row.participant.campaign.code,
        "body": row.body.name,
        "unit": unit_json(row.body.unit),
        "capacity": row.capacity,
        "state": row.state,
        "meeting": meeting_json(row.meeting),
        "chaired_by": row.chaired_by,
        "remarks_made": row.remarks_made,
    }


def _remark(row: Remark) -> Json:
    return {
        "campaign": row.occasion.participant.campaign.code,
        "meeting": meeting_json(row.occasion.meeting),
        "kind": row.kind,
        "text": row.text,
        "critic": row.critic,
        "at": moment_json(row.at),
    }


def _said_version(row: SaidVersion) -> Json:
    return {
        "campaign": row.occasion.participant.campaign.code,
        "number": row.number,
        "remarks": [{"text": text, "critic": critic} for text, critic in row.remarks],
        "answer": row.answer,
        "comment": row.comment,
        "reason": row.reason,
        "at": moment_json(row.at),
    }


def _as_said(row: SaidVersion) -> str:
    remarks = (f"{text} ({critic})" if critic else text for text, critic in row.remarks)
    return joined(*remarks, row.answer, row.comment)


def _statement(row: SelfReviewStatement) -> Json:
    return {
        "campaign": row.occasion.participant.campaign.code,
        "meeting": meeting_json(row.meeting),
        "meets": row.meets,
        "suggestion": str(row.suggestion) if row.suggestion else "",
        "leaves_out": row.leaves_out,
        "again_on": day_json(row.again_on),
        "at": moment_json(row.at),
    }


def _teller(row: Teller) -> Json:
    return {"meeting": meeting_json(row.meeting), "head": row.is_head}


def _proposal(row: Proposal) -> Json:
    return {
        "campaign": row.participant.campaign.code,
        "unit": unit_json(row.file.unit),
        "to": unit_json(row.file.goes_to),
        "number": row.file.number,
        "state": row.file.state,
        "minutes": row.file.minutes,
        "minutes_on": day_json(row.file.minutes_on),
        "level": row.level,
        "reason": row.reason or None,
        "note": row.note,
    }


def _decision(row: DecisionLine) -> Json:
    return {
        "campaign": row.participant.campaign.code,
        "unit": unit_json(row.decision.unit),
        "document": row.decision.document,
        "on": day_json(row.decision.on),
        "minutes": row.decision.minutes,
        "minutes_on": day_json(row.decision.minutes_on),
        "signed_by": row.decision.signed_by,
        "proposed_level": row.proposed_level,
        "level": row.level,
        "reason": row.reason or None,
        "note": row.note,
    }


def _notice(row: LevelNotice) -> Json:
    return {
        "campaign": row.participant.campaign.code,
        "document": row.decision.document,
        "given_on": day_json(row.given_on),
        "way": row.way,
        "asked_again": row.asked_again,
    }


def _request(row: LevelRequest) -> Json:
    return {
        "campaign": row.participant.campaign.code,
        "document": row.decision.document,
        "to": unit_json(row.goes_to),
        "level": row.level,
        "reason": row.reason or None,
        "text": row.text,
        "signed_on": day_json(row.signed_on),
        "state": row.state,
        "filed_at": moment_json(row.filed_at),
        "received_at": moment_json(row.received_at),
    }


def _revision(row: LevelRevision) -> Json:
    return {
        "campaign": row.participant.campaign.code,
        "unit": unit_json(row.decision.unit),
        "document": row.decision.document,
        "on": day_json(row.decision.on),
        "previous_level": row.previous_level,
        "previous_reason": row.previous_reason or None,
        "level": row.level,
        "reason": row.reason or None,
        "note": row.note,
        "asked": row.request_id is not None,
    }


def _level(person: Participant, code: str, reason: str, note: str = "") -> str:
    terms = Terms(person.campaign.rules, vocabulary(), get_language() or "vi")
    why = terms.reason(reason) if reason else ""
    return joined(terms.level("members", code), why, note)


def _led(row: ReviewOccasion) -> str:
    return str(_("led by %s") % row.chaired_by) if row.chaired_by else ""


def _said_on(row: Remark) -> str:
    if row.at:
        return day_text(timezone.localdate(row.at))
    meeting = row.occasion.meeting
    return day_text(meeting.on) if meeting else NOTHING


PARTS = (
    Part[ReviewSuggestion](
        key="suggestions",
        heading=_("What was suggested to be answered in self-reviews"),
        heads=(
            _("Which body"),
            _("Document"),
            _("What is to be answered"),
            _("Judgement"),
        ),
        widths=("34", "38", "", "40"),
        rows=lambda kept: kept.suggestions,
        codes=_suggestion,
        words=lambda row: (
            row.issuer.name,
            f"{row.document}, {day_text(row.on)}",
            f"{row.text} ({row.get_time_display()})",
            joined(row.get_judgement_display(), row.judgement_note),
        ),
    ),
    Part[ReviewOccasion](
        key="occasions",
        heading=_("Review meetings about the person"),
        heads=(_("Body"), _("As"), _("State"), _("Day"), _("Remarks made")),
        widths=("", "40", "32", "24", "26"),
        rows=lambda kept: kept.occasions,
        codes=_occasion,
        words=lambda row: (
            joined(row.body.name, row.body.unit.name),
            joined(row.get_capacity_display(), _led(row)),
            row.get_state_display(),
            day_text(row.meeting.on) if row.meeting else NOTHING,
            str(row.remarks_made),
        ),
    ),
    Part[Remark](
        key="remarks",
        heading=_("What was said about the person at review meetings"),
        heads=(_("Day"), _("What"), _("Text")),
        widths=("24", "44", ""),
        rows=lambda kept: kept.remarks,
        codes=_remark,
        words=lambda row: (
            _said_on(row),
            str(row.get_kind_display()),
            f"{row.text} ({row.critic})" if row.critic else row.text,
        ),
    ),
    Part[SaidVersion](
        key="said_versions",
        heading=_("Earlier versions of what was said about the person"),
        heads=(_("Until"), _("Why it was corrected"), _("Text")),
        widths=("24", "44", ""),
        rows=lambda kept: kept.said_versions,
        codes=_said_version,
        words=lambda row: (
            day_text(timezone.localdate(row.at)),
            row.reason,
            _as_said(row) or NOTHING,
        ),
    ),
    Part[SelfReviewStatement](
        key="statements",
        heading=_("Whether the self-review meets the requirements"),
        heads=(_("Day"), _("Statement"), _("Left out"), _("Done again on")),
        widths=("24", "50", "", "30"),
        rows=lambda kept: kept.statements,
        codes=_statement,
        words=lambda row: (
            day_text(row.meeting.on),
            str(
                _("it meets the requirements")
                if row.meets
                else _("it does not meet the requirements")
            ),
            joined(str(row.suggestion or ""), row.leaves_out) or NOTHING,
            day_text(row.again_on) if row.again_on else NOTHING,
        ),
    ),
    Part[Teller](
        key="tellers",
        heading=_("Ballots that the person has counted"),
        heads=(_("Day"), _("Unit"), _("As")),
        widths=("24", "", "60"),
        rows=lambda kept: kept.tellers,
        codes=_teller,
        words=lambda row: (
            day_text(row.meeting.on),
            row.meeting.unit.name,
            str(_("head of the tellers") if row.is_head else _("teller")),
        ),
    ),
    Part[Proposal](
        key="proposals",
        heading=_("Levels proposed by the cell"),
        heads=(_("Unit"), _("Minutes"), _("State"), _("Proposed level")),
        widths=("", "42", "36", "46"),
        rows=lambda kept: kept.proposals,
        codes=_proposal,
        words=lambda row: (
            f"{row.file.unit.name} → {row.file.goes_to.name}",
            f"{row.file.minutes}, {day_text(row.file.minutes_on)}",
            row.file.get_state_display(),
            _level(row.participant, row.level, row.reason, row.note),
        ),
    ),
    Part[DecisionLine](
        key="decisions",
        heading=_("Levels decided"),
        heads=(_("Unit"), _("Document"), _("Proposed level"), _("Level")),
        widths=("", "42", "40", "46"),
        rows=lambda kept: kept.decisions,
        codes=_decision,
        words=lambda row: (
            row.decision.unit.name,
            f"{row.decision.document}, {day_text(row.decision.on)}",
            _level(row.participant, row.proposed_level, ""),
            _level(row.participant, row.level, row.reason, row.note),
        ),
    ),
    Part[LevelNotice](
        key="level_notices",
        heading=_("Notices of levels"),
        heads=(_("Document"), _("Given on"), _("How")),
        widths=("", "34", "60"),
        rows=lambda kept: kept.level_notices,
        codes=_notice,
        words=lambda row: (
            row.decision.document,
            day_text(row.given_on),
            row.get_way_display(),
        ),
    ),
    Part[LevelRequest](
        key="level_requests",
        heading=_("Requests to look at a level again"),
        heads=(_("Goes to"), _("Document"), _("Text"), _("State")),
        widths=("34", "38", "", "32"),
        rows=lambda kept: kept.level_requests,
        codes=_request,
        words=lambda row: (
            row.goes_to.name,
            row.decision.document,
            joined(_level(row.participant, row.level, row.reason), row.text),
            row.get_state_display(),
        ),
    ),
    Part[LevelRevision](
        key="level_revisions",
        heading=_("Levels looked at again"),
        heads=(_("Document"), _("Level before"), _("Level after it")),
        widths=("46", "46", ""),
        rows=lambda kept: kept.level_revisions,
        codes=_revision,
        words=lambda row: (
            f"{row.decision.document}, {day_text(row.decision.on)}",
            _level(row.participant, row.previous_level, row.previous_reason),
            _level(row.participant, row.level, row.reason, row.note),
        ),
    ),
)
