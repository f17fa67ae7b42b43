"""A person's own copy of all that the system holds about them.

Made while one waits and kept nowhere: a second place with somebody's whole record
would be one more to guard. Source: docs/rules/documents.md § 10.
"""

import json
from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from members import events
from members.models import Member
from members.policy import Actor
from reports import queries
from reports.documents.pdf import html_to_pdf
from reports.documents.record import Record
from reports.documents.record_html import record_html
from reports.documents.record_json import to_json

ACTION = "members.record_copied"


def own_copy(
    *, member: Member, extension: str, language: str, actor: Actor, now: datetime
) -> bytes:
    """Return the record in a format of `CONTENT_OF`, and note that it was taken.

    It is taken by no post, whatever the person holds, so the event names no unit.

    Raises: documents.pdf.DocumentNotRendered.
    """
    record = queries.record_of(member, today=timezone.localdate(now))
    content = CONTENT_OF[extension](record, language)
    events.record(
        action=ACTION,
        subject=member,
        member=member,
        actor=actor,
        now=now,
        data={"kind": extension},
    )
    return content


def _pdf(record: Record, language: str) -> bytes:
    return html_to_pdf(record_html(record, language=language))


def _json(record: Record, language: str) -> bytes:
    text = json.dumps(to_json(record), ensure_ascii=False, indent=2)
    return f"{text}\n".encode()


CONTENT_OF: dict[str, Callable[[Record, str], bytes]] = {"pdf": _pdf, "json": _json}
