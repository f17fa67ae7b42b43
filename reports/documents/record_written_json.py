"""Pledges, self-reviews and drafts of somebody as data, with every text that was sent."""

from collections.abc import Iterable

from campaigns.models import CellAnswer, PledgeCheck
from reports.documents.record import DraftKept, ItemKept, TextKept, WrittenKept
from reports.documents.record_values import Json, day_json, moment_json
from reviews.models import SelfReviewText


def written_json(written: Iterable[WrittenKept]) -> list[Json]:
    """Return pledges or self-reviews as the contract writes them."""
    return [_written(each) for each in written]


def drafts_json(drafts: Iterable[DraftKept]) -> list[Json]:
    """Return what is being written, as it was typed."""
    return [
        {
            "kind": each.kind.name,
            "campaign": each.draft.participant.campaign.code,
            "form": each.draft.form,
            "answers": each.draft.content.get("answers", {}),
            "items": each.draft.content.get("items", []),
            "on_behalf": each.draft.is_on_behalf,
            "saved_at": moment_json(each.draft.saved_at),
        }
        for each in drafts
    ]


def _written(written: WrittenKept) -> Json:
    row = written.document
    return {
        "campaign": row.participant.campaign.code,
        "form": row.form,
        "signed_on": day_json(row.signed_on),
        "acknowledged_on": day_json(row.acknowledged_on),
        "acknowledged_on_paper": row.is_acknowledged_on_paper,
        "received_on": day_json(row.received_on),
        "confirmed_on": day_json(row.confirmed_on),
        "texts": [_text(each) for each in written.texts],
    }


def _text(kept: TextKept) -> Json:
    text = kept.text
    common: Json = {
        "number": text.number,
        "form": text.form,
        "level": text.level,
        "sent_at": moment_json(text.sent_at),
        "answers": text.answers,
    }
    if isinstance(text, SelfReviewText):
        common |= {
            "marks": text.marks,
            "asked": [words for _number, words in text.asked],
            "own_level": text.own_level or None,
            "own_level_as_servant": text.own_level_as_servant or None,
        }
    else:
        common["items"] = [_item(each) for each in kept.items]
    return {**common, "answer": _answer(kept.answer)}


def _answer(answer: CellAnswer | None) -> Json | None:
    if answer is None:
        return None
    return {
        "confirmed": answer.is_confirmation,
        "remark": answer.remark,
        "at": moment_json(answer.at),
    }


def _item(kept: ItemKept) -> Json:
    item = kept.item
    return {
        "section": item.section,
        "text": item.text,
        "measure": item.measure,
        "target": item.goal,
        "unit_of_measure": item.unit_of_measure,
        "due_on": day_json(item.due_on),
        "evidence": item.evidence,
        "criterion": item.criterion.text if item.criterion else None,
        "programme_item": item.programme_item.text if item.programme_item else None,
        "task": item.meeting_task.text if item.meeting_task else None,
        "progress": item.progress,
        "result": item.result or None,
        "result_note": item.result_note,
        "checks": [_check(each) for each in kept.checks],
    }


def _check(check: PledgeCheck) -> Json:
    return {
        "on": day_json(check.on),
        "state": check.state,
        "note": check.note,
        "evidence": check.evidence,
        "own_report": check.is_own_report,
    }
