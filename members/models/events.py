"""What happened: append-only rows without personal text."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from members.fields import ByteOrderField
from members.models.scope import reachable
from members.policy import Actor, Area

# Acts of reading that are counted.
OPENED = "members.opened"
PLEDGE_OPENED = "pledges.opened"
SELF_REVIEW_OPENED = "self_reviews.opened"
REMEDIATION_OPENED = "remediation.read"
OPINIONS_OPENED = "opinions.read"
OPENINGS = (OPENED, PLEDGE_OPENED, SELF_REVIEW_OPENED)  # each of one person
OPENED_IN_BULK = "members.opened_in_bulk"
EXPORTED = "roll.exported"
REFUSED = "accounts.refused"  # somebody asked for what is not theirs, or is not there
REFUSED_OFTEN = "accounts.refused_often"  # the last of an hour that is noted
# By which is found who stood on a roll when it was given out.
ADMITTED = "members.admitted"
ENDED = "members.ended"


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

    Appended by `members.events` to the chain of its unit and day, never changed.
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
    chain = ByteOrderField(max_length=40)
    position = models.PositiveIntegerField()
    previous_hash = ByteOrderField(max_length=64, blank=True)
    hash = ByteOrderField(max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["subject_kind", "subject_id"], name="event_subject"),
            models.Index(
                fields=["account", "at"],
                condition=Q(action__in=[*OPENINGS, OPENED_IN_BULK, EXPORTED]),
                name="event_read_by_account",
            ),
            models.Index(
                fields=["account", "at"],
                condition=Q(action__in=[REFUSED, REFUSED_OFTEN]),
                name="event_refused_to_account",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(account__isnull=False) | ~Q(system_reason=""),
                name="event_has_an_author",
            ),
            models.UniqueConstraint(
                fields=["chain", "position"], name="event_one_at_each_position"
            ),
        )


class LogHeadQuerySet(models.QuerySet["LogHead"]):
    def unsealed(self) -> Self:
        """Return those to which events were appended since the last seal."""
        return self.filter(UNSEALED)


UNSEALED = Q(sealed_position__lt=F("position"))


class LogHead(models.Model):
    """The last event of a chain; who holds this row may append."""

    chain = ByteOrderField(max_length=40, unique=True)
    position = models.PositiveIntegerField(default=0)
    hash = ByteOrderField(max_length=64, blank=True, default="")
    sealed_position = models.PositiveIntegerField(default=0)

    objects = LogHeadQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["chain"], name="loghead_unsealed", condition=UNSEALED),
        )


class LogSeal(models.Model):
    """The heads that had changed by an hour, and what came before: one chain for all."""

    number = models.PositiveIntegerField(unique=True)
    at = models.DateTimeField()
    heads = models.PositiveIntegerField()
    digest = ByteOrderField(max_length=64)
    previous_hash = ByteOrderField(max_length=64, blank=True)
    hash = ByteOrderField(max_length=64)


class SealedHead(models.Model):
    """Where a chain stood when it was sealed."""

    seal = models.ForeignKey(LogSeal, models.PROTECT, related_name="+")
    chain = ByteOrderField(max_length=40)
    position = models.PositiveIntegerField()
    hash = ByteOrderField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["chain", "position"], name="sealedhead_sealed_once"
            ),
        )
