"""What happened: append-only rows without personal text."""

from typing import Self

from django.db import models
from django.db.models import Q

from members.fields import ByteOrderField
from members.models.scope import reachable
from members.policy import Actor, Area


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, actor: Actor) -> Self:
        """Return one's own acts and what was done to one's own record.

        Also what happened at the units whose figures the actor sees.
        """
        if actor.is_system:
            return self
        seen = reachable(actor, Area.FIGURES, "unit__")
        # Compared with None, a column matches the rows in which it is empty.
        if actor.account_id is not None:
            seen |= Q(account_id=actor.account_id)
        if actor.member_id is not None:
            seen |= Q(member_id=actor.member_id)
        return self.filter(seen)


class Event(models.Model):
    """One act: who, by which post, did what to which row; counts and digests only.

    `chain`, `previous_hash` and `hash` are filled when the log is chained.
    """

    at = models.DateTimeField()
    account = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )
    post = models.ForeignKey(
        "members.Post", models.PROTECT, null=True, related_name="+"
    )
    system_reason = models.CharField(max_length=80, blank=True, default="")
    action = ByteOrderField(max_length=60)
    subject_kind = ByteOrderField(max_length=60)
    subject_id = models.BigIntegerField()
    unit = models.ForeignKey(
        "members.PartyUnit", models.PROTECT, null=True, related_name="+"
    )
    member = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, related_name="+"
    )  # whose record was read or changed
    data = models.JSONField(default=dict)
    chain = ByteOrderField(max_length=40, blank=True, default="")
    previous_hash = ByteOrderField(max_length=64, blank=True, default="")
    hash = ByteOrderField(max_length=64, blank=True, default="")

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["subject_kind", "subject_id"], name="event_subject"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(account__isnull=False) | ~Q(system_reason=""),
                name="event_has_an_author",
            ),
        )
