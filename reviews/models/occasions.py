"""Whom a body reviews, and when it did."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import CampaignBody, Meeting, Participant
from campaigns.models.campaign import in_reach
from members.fields import NFCField
from members.models import of_own_person
from members.policy import Actor, Area


class ReviewOccasionQuerySet(models.QuerySet["ReviewOccasion"]):
    def visible_to(self, actor: Actor) -> Self:
        """Return those of the bodies whose meetings the actor records, and the own.

        Who was reviewed is seen by whoever reads the person's texts as well.
        """
        if actor.is_system:
            return self
        kept = Q(in_reach(actor, Area.WORK_EDIT, "body__unit__"))
        read = Participant.objects.visible_to(actor, Area.TEXTS)
        reviewed = Q(state=ReviewOccasion.State.REVIEWED, participant__in=read)
        return self.filter(
            kept | of_own_person(actor, "participant__member") | reviewed
        )

    def editable_by(self, actor: Actor) -> Self:
        """Return those that the actor records: never the own."""
        kept = self.filter(in_reach(actor, Area.WORK_EDIT, "body__unit__"))
        return kept.exclude(of_own_person(actor, "participant__member"))


class ReviewOccasion(models.Model):
    """One person reviewed by one body; without a meeting as long as they wait.

    `position` is the place in the order of the meeting; `chaired_by` who led the part
    in which the chair was reviewed.
    Source: docs/rules/review-meetings.md § 2.
    """

    class Capacity(models.TextChoices):
        MEMBER = "MEMBER", _("as a member")
        CADRE = "CADRE", _("as a leader or manager")

    class State(models.TextChoices):
        WAITING = "WAITING", _("waiting")
        REVIEWED = "REVIEWED", _("reviewed")
        LEFT = "LEFT", _("left for later")

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    body = models.ForeignKey(CampaignBody, models.PROTECT, related_name="+")
    capacity = models.CharField(
        max_length=10, choices=Capacity.choices, default=Capacity.MEMBER
    )
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.WAITING
    )
    position = models.PositiveSmallIntegerField()
    chaired_by = NFCField(_("who led this part"), max_length=255, blank=True)
    remarks_made = models.PositiveSmallIntegerField(_("remarks made"), default=0)
    # How far the self-review was before the person was reviewed.
    state_before = models.CharField(
        max_length=10, choices=Participant.Review.choices, blank=True, default=""
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ReviewOccasionQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["participant", "body", "capacity"],
                name="reviewoccasion_once_a_body_and_capacity",
            ),
            models.CheckConstraint(
                condition=Q(state="REVIEWED", meeting__isnull=False)
                | Q(state__in=["WAITING", "LEFT"], meeting__isnull=True),
                name="reviewoccasion_reviewed_means_at_a_meeting",
            ),
        )
