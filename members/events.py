"""The event log: one row for each act, by whom, by which post."""

from collections.abc import Mapping
from datetime import datetime

from django.db import models

from members.models import Event, Member, PartyUnit
from members.policy import Actor, Area


def record(
    *,
    action: str,
    subject: models.Model,
    actor: Actor,
    now: datetime,
    unit: PartyUnit | None = None,
    member: Member | None = None,
    area: Area = Area.FIGURES,
    with_below: bool = False,
    data: Mapping[str, object] | None = None,
    system_reason: str = "",
) -> Event:
    """Append one event; `data` holds ids, counts and digests, never personal text.

    The post named is the narrowest one by which the actor reached the unit in `area`,
    `with_below` if the act was on what stands below the unit as well.
    An act of a command on the server has no account and says why it ran.
    """
    post = None
    if unit:
        post = actor.narrowest_post(area, unit.path, with_below=with_below)
    return Event.objects.create(
        at=now,
        account_id=actor.account_id,
        post_id=post.post_id if post else None,
        system_reason=system_reason,
        action=action,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        unit=unit,
        member=member,
        data=dict(data or {}),
    )


def happened(*, action: str, subject: models.Model, data: Mapping[str, object]) -> bool:
    """Tell whether such an act is on record for the row, with these data."""
    events = Event.objects.filter(
        action=action,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        **{f"data__{key}": value for key, value in data.items()},
    )
    return events.exists()
