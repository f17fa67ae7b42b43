"""Decisions by which members leave their posts. Source: docs/rules/records.md § 3."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from campaigns.models import Departure
from campaigns.queries.record_subjects import Subject
from campaigns.services.records.recording import (
    RecordRefused,
    note,
    place,
    subject_of,
)
from members.models import PartyUnit
from members.policy import Actor
from members.services.versions import locked_version


def record_departure(
    *,
    unit: PartyUnit,
    subject: Subject,
    facts: Mapping[str, object],
    actor: Actor,
    now: datetime,
) -> Departure:
    """Record that a member leaves a post; `facts` by the names of the columns.

    It ends no post here: that is the act of whoever records posts, by this document.
    Raises: RecordRefused.
    """
    if subject.member is None:
        raise RecordRefused(_("Only a member leaves a post."))
    row = Departure(
        unit=unit, recorded_at=now, recorded_by_id=actor.account_id, **facts
    )
    with transaction.atomic():
        place(row, subject, actor, now)
        row.save(force_insert=True)
        note("departures.recorded", row, actor, now)
    return row


def correct_departure(
    *,
    departure: Departure,
    version: int,
    facts: Mapping[str, object],
    actor: Actor,
    now: datetime,
) -> Departure:
    """Write what is known of a decision, as it was typed wrongly before.

    Raises: versions.ChangedMeanwhile; RecordRefused.
    """
    with transaction.atomic():
        row = locked_version(Departure.objects.all(), departure, version=version)
        for name, value in facts.items():
            setattr(row, name, value)
        place(row, subject_of(row), actor, now)
        row.version += 1
        row.save()
        note("departures.corrected", row, actor, now)
    return row
