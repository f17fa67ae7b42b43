"""A pledge goes to the cell: the text becomes a row that never changes.

Source: docs/rules/pledges.md § 4.
"""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from campaigns import form_definitions
from campaigns.form_definitions import Content, Item
from campaigns.models import (
    PLEDGES,
    Criterion,
    MeetingTask,
    PledgeDraft,
    PledgeItem,
    PledgeText,
    ProgrammeItem,
    SentText,
)
from campaigns.services.written import sending as written
from members.policy import Actor


def send(
    *,
    draft: PledgeDraft,
    version: int,
    actor: Actor,
    now: datetime,
    opened_at: datetime | None = None,
) -> PledgeText:
    """Send what was written to the cell, as the next text of the pledge.

    Raises: as `written.sending.send`.
    """

    def keep_items(text: SentText, content: Content) -> None:
        assert isinstance(text, PledgeText)  # of this kind
        items = form_definitions.sent_items(content)
        PledgeItem.objects.bulk_create(_items(text, items, actor))

    text = written.send(
        PLEDGES,
        draft=draft,
        version=version,
        actor=actor,
        now=now,
        also=keep_items,
        opened_at=opened_at,
    )
    assert isinstance(text, PledgeText)  # of this kind
    return text


def _items(text: PledgeText, items: tuple[Item, ...], actor: Actor) -> list[PledgeItem]:
    """The rows of what was promised; what they point to is what the author may see."""
    sources = {item.source_id for item in items}
    own_tasks = MeetingTask.objects.filter(participant=text.pledge.participant_id)
    offered: dict[str, QuerySet[Any]] = {
        "criterion": Criterion.objects.visible_to(actor),
        "programme": ProgrammeItem.objects.visible_to(actor),
        "task": own_tasks.filter(pk__in=MeetingTask.objects.visible_to(actor)),
    }
    seen = {
        kind: set(
            rows.filter(
                pk__in=[number for of, number in filter(None, sources) if of == kind]
            ).values_list("pk", flat=True)
        )
        for kind, rows in offered.items()
    }

    def found(item: Item, kind: str) -> int | None:
        source = item.source_id
        is_seen = source and source[0] == kind and source[1] in seen[kind]
        return source[1] if source and is_seen else None

    return [
        PledgeItem(
            sent=text,
            section=item.section,
            position=position,
            text=item.text,
            measure=item.measure,
            goal=item.goal,
            unit_of_measure=item.unit_of_measure,
            due_on=item.due_on,
            evidence=item.evidence,
            criterion_id=found(item, "criterion"),
            programme_item_id=found(item, "programme"),
            meeting_task_id=found(item, "task"),
        )
        for position, item in enumerate(items, start=1)
    ]
