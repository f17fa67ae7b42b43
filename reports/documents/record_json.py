"""One person's record as JSON. Source: `docs/contracts.md`, "Record JSON".

`reports/record.schema.json` says the same to a machine.
"""

from collections.abc import Sequence

from campaigns.queries.records import RecordRow
from members.models import (
    ActivityPause,
    CorrectionRequest,
    Membership,
    Post,
    Transfer,
)
from members.queries.readings import ReadingRow
from reports.documents.record import Act, Record, Result
from reports.documents.record_parts import parts_json
from reports.documents.record_values import Json, day_json, moment_json, unit_json
from reports.documents.record_written_json import drafts_json, written_json

PERSON = (
    "code",
    "full_name",
    "born_on",
    "gender",
    "admitted_on",
    "official_on",
    "card_number",
    "personal_id",
    "exemplarity",
    "exemplarity_for",
)


def to_json(record: Record) -> Json:
    """Return the record as the contract writes it: codes, not words of a language."""
    return {
        "person": {name: getattr(record.member, name) for name in PERSON},
        "account": record.login or None,
        "email": record.email or None,
        "memberships": [_membership(each) for each in record.memberships],
        "pauses": [_pause(each) for each in record.pauses],
        "posts": [_post(each, record) for each in record.posts],
        "transfers": [_transfer(each) for each in record.transfers],
        "campaigns": [_result(each) for each in record.results],
        "pledges": written_json(record.kept.pledges),
        "self_reviews": written_json(record.kept.self_reviews),
        "drafts": drafts_json(record.kept.drafts),
        **parts_json(record.kept),
        "concluded": [_concluded(each) for each in record.concluded],
        "corrections": [_request(each) for each in record.requests],
        "openings": _acts(record.openings),
        "acts": _acts(record.acts),
        "readings": [_reading(each) for each in record.readings],
    }


def _membership(row: Membership) -> Json:
    return {
        "unit": unit_json(row.unit),
        "kind": row.kind,
        "from": day_json(row.from_on),
        "planned_until": day_json(row.planned_until),
        "until": day_json(row.until_on),
        "ending": row.ending or None,
    }


def _pause(row: ActivityPause) -> Json:
    return {
        "kind": row.kind,
        "from": day_json(row.from_on),
        "until": day_json(row.until_on),
        "document": row.document,
        "ended_by_document": row.ended_by_document,
    }


def _post(row: Post, record: Record) -> Json:
    return {
        "unit": unit_json(row.unit),
        "role": row.role,
        "title": row.title,
        "organisation": row.organisation,
        "head": row.is_head,
        "from": day_json(row.from_on),
        "until": day_json(row.over_on()),
        "planned_until": day_json(row.planned_until),
        "document": row.appointed_by_document,
        "ended_by_document": row.ended_by_document,
        "delegated": row.delegated_by_id is not None,
        "in_charge_of": [str(each) for each in record.charges.get(row.pk, ())],
    }


def _transfer(row: Transfer) -> Json:
    return {
        "kind": row.kind,
        "state": row.state,
        "source": unit_json(row.source),
        "target": unit_json(row.target),
        "outside": row.outside,
        "leaves_on": day_json(row.leaves_on),
        "planned_until": day_json(row.planned_until),
        "document": row.document,
        "comment": row.comment,
        "comment_document": row.comment_document,
        "sent_at": moment_json(row.sent_at),
        "settled_on": day_json(row.settled_on),
        "refusal": row.refusal,
    }


def _result(result: Result) -> Json:
    row = result.participant
    return {
        "campaign": row.campaign.code,
        "name": row.campaign.name,
        "year": row.campaign.year,
        "rule_set": row.campaign.rule_set_code,
        "full_name": row.full_name,
        "born_on": row.born_on,
        "gender": row.gender,
        "admitted_on": row.admitted_on,
        "official_on": row.official_on,
        "presence": row.presence,
        "status": row.status,
        "exemplarity": row.exemplarity,
        "pledge": row.pledge_state,
        "review": row.review_state,
        "proposed_level": row.proposed_level or None,
        "level": row.level or None,
        "reason": row.reason or None,
        "decided_by": unit_json(row.decided_by),
        "imported": row.is_imported,
        "placements": [
            {
                "unit": unit_json(each.unit),
                "from": day_json(each.from_on),
                "until": day_json(each.until_on),
                "event": each.event,
            }
            for each in result.placements
        ],
    }


def _concluded(row: RecordRow) -> Json:
    return {
        "record": row.record,
        "what": row.code,
        "result": row.result_code or None,
        "by": row.by,
        "on": row.on.isoformat(),
        "document": row.document,
    }


def _request(row: CorrectionRequest) -> Json:
    return {
        "subject": row.subject,
        "wanted": row.wanted,
        "reason": row.reason,
        "asked_at": moment_json(row.asked_at),
        "due_on": day_json(row.due_on),
        "state": row.state,
        "answer": row.answer,
        "answered_at": moment_json(row.answered_at),
        "answered_by": str(row.answered_by) if row.answered_by else None,
    }


def _acts(acts: Sequence[Act]) -> list[Json]:
    return [
        {
            "at": moment_json(act.at),
            "action": act.action,
            "by": act.by,
            "post": act.post,
        }
        for act in acts
    ]


def _reading(row: ReadingRow) -> Json:
    return {
        "at": moment_json(row.at),
        "by": row.by,
        "post": row.post,
        "reason": row.reason,
    }
