"""What follows a decided level: the notice, the request to look again, what came of it.

Source: docs/rules/notices.md.
"""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import CampaignUnit, Participant
from campaigns.rulesets.model import MEMBER_LEVELS
from members.fields import ByteOrderField, NFCField
from members.policy import Actor, Area, Reach, reach_of
from reviews.steps import REQUEST, Act, states_for


def committees_of(actor: Actor) -> tuple[int, ...]:
    """Return the ids of the units as whose committee the actor looks at levels again.

    Those of posts that run campaigns, and see the levels that their unit decides on.
    Source: docs/rules/notices.md § 2.2.
    """
    return tuple(
        sorted(
            post.unit_id
            for post in actor.posts
            if reach_of(post.standing, Area.CAMPAIGN) is Reach.SUBTREE
            and reach_of(post.standing, Area.LEVELS) in (Reach.SUBTREE, Reach.DECIDED)
        )
    )


class OfPeople(models.QuerySet["LevelNotice"]):
    def visible_to(self, actor: Actor, area: Area = Area.LEVELS) -> Self:
        """Return those of people in reach, and of oneself."""
        if actor.is_system:
            return self
        return self.filter(participant__in=Participant.objects.visible_to(actor, area))


class LevelNotice(models.Model):
    """That somebody was given the notice of one decision, and when."""

    class Way(models.TextChoices):
        PAPER = "PAPER", _("handed over on paper")
        READ = "READ", _("read here")

    participant = models.ForeignKey(
        Participant, models.CASCADE, related_name="+", db_index=False
    )
    decision = models.ForeignKey("reviews.Decision", models.CASCADE, related_name="+")
    way = models.CharField(max_length=10, choices=Way.choices)
    given_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )
    # What the cell learns of a request: that it was received above, and no word of it.
    asked_again = models.BooleanField(default=False)

    objects = OfPeople.as_manager()

    class Meta:
        verbose_name = _("notice of a level")
        constraints = (
            models.UniqueConstraint(
                fields=["participant", "decision"], name="levelnotice_once"
            ),
        )


class LevelRequestQuerySet(models.QuerySet["LevelRequest"]):
    def visible_to(self, actor: Actor) -> Self:
        """Return one's own, and those that go to a committee of one's post."""
        if actor.is_system:
            return self
        own = Q(participant__in=Participant.objects.own(actor))
        return self.filter(own | Q(goes_to__custodian__in=committees_of(actor)))

    def answerable_by(self, actor: Actor) -> Self:
        """Return those of others that go to a committee of one's post."""
        came = self.filter(goes_to__custodian__in=committees_of(actor))
        return came.exclude(participant__in=Participant.objects.own(actor))

    def waiting(self) -> Self:
        return self.filter(state__in=LevelRequest.WAITING)


class LevelRequest(models.Model):
    """Somebody asks for the own level to be looked at again ("đề nghị xem xét lại").

    Seen by the person and by the committee that it goes to, and by nobody between.
    """

    class State(models.TextChoices):
        SENT = "SENT", _("on its way")
        RECEIVED = "RECEIVED", _("received")
        KEPT = "KEPT", _("the level is kept")
        CHANGED = "CHANGED", _("the level is changed")

    WAITING = states_for(REQUEST, Act.ANSWER)

    participant = models.ForeignKey(
        Participant, models.CASCADE, related_name="+", db_index=False
    )
    decision = models.ForeignKey("reviews.Decision", models.CASCADE, related_name="+")
    goes_to = models.ForeignKey(CampaignUnit, models.PROTECT, related_name="+")
    level = ByteOrderField(max_length=40)  # that it asks about
    reason = ByteOrderField(max_length=40, blank=True, default="")
    text = models.TextField(blank=True, default="")
    signed_on = models.DateField(null=True)  # of the paper that it was typed from
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENT)
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    objects = LevelRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to look at a level again")
        constraints = (
            models.UniqueConstraint(
                fields=["participant", "decision"], name="levelrequest_once"
            ),
            models.CheckConstraint(
                condition=Q(level__in=MEMBER_LEVELS),
                name="levelrequest_level_is_one_that_members_have",
            ),
        )


class LevelRevisionQuerySet(models.QuerySet["LevelRevision"]):
    def visible_to(self, actor: Actor, area: Area = Area.LEVELS) -> Self:
        """Return those of people in reach, of oneself, and on requests that one sees."""
        if actor.is_system:
            return self
        people = Participant.objects.visible_to(actor, area)
        requests = LevelRequest.objects.visible_to(actor)
        return self.filter(Q(participant__in=people) | Q(request__in=requests))


class LevelRevision(models.Model):
    """A level that a committee looked at again: kept or changed, both versions kept."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    decision = models.ForeignKey("reviews.Decision", models.CASCADE, related_name="+")
    # None: nobody asked; the committee reopened it itself.
    request = models.OneToOneField(
        LevelRequest, models.CASCADE, null=True, related_name="+"
    )
    previous_level = ByteOrderField(max_length=40)
    previous_reason = ByteOrderField(max_length=40, blank=True, default="")
    previous_decided_by = models.ForeignKey(
        CampaignUnit, models.PROTECT, null=True, related_name="+"
    )
    level = ByteOrderField(max_length=40)
    reason = ByteOrderField(max_length=40, blank=True, default="")
    note = NFCField(max_length=2000)  # why it is kept, or why changed

    objects = LevelRevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("level looked at again")
        constraints = (
            models.UniqueConstraint(
                fields=["participant", "decision"], name="levelrevision_once"
            ),
            models.CheckConstraint(
                condition=Q(level__in=MEMBER_LEVELS)
                & Q(previous_level__in=MEMBER_LEVELS),
                name="levelrevision_level_is_one_that_members_have",
            ),
            models.CheckConstraint(
                condition=Q(level="NOT_COMPLETED") & ~Q(reason="")
                | ~Q(level="NOT_COMPLETED") & Q(reason=""),
                name="levelrevision_reason_only_if_not_completed",
            ),
            models.CheckConstraint(
                condition=Q(request__isnull=False)
                | ~Q(level=F("previous_level"))
                | ~Q(reason=F("previous_reason")),
                name="levelrevision_unasked_changes_something",
            ),
            models.CheckConstraint(
                condition=~Q(note=""), name="levelrevision_says_why"
            ),
        )

    @property
    def is_kept(self) -> bool:
        """Nothing was changed."""
        before = (self.previous_level, self.previous_reason)
        return (self.level, self.reason) == before
