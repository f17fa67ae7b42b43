"""What was said about somebody at a review meeting, its versions, and the replies."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import Participant
from campaigns.models.campaign import in_reach
from members.fields import NFCField
from members.policy import Actor, Area
from reviews.models.occasions import ReviewOccasion


class RemarkQuerySet(models.QuerySet["Remark"]):
    def visible_to(self, actor: Actor) -> Self:
        """Return those of the meetings that one records, and those that are published.

        Published ones are read by the person and by whoever reads the person's texts.
        Source: docs/rules/review-meetings.md § 3.
        """
        if actor.is_system:
            return self
        kept = Q(in_reach(actor, Area.WORK_EDIT, "occasion__body__unit__"))
        people = Participant.objects.visible_to(actor, Area.TEXTS)
        read = Q(occasion__participant__in=people)
        return self.filter(kept | Q(self._published()) & read)

    def published(self) -> Self:
        """Return those about people whose review is recorded."""
        return self.filter(self._published())

    @staticmethod
    def _published() -> Q:
        return Q(occasion__state=ReviewOccasion.State.REVIEWED)


class Remark(models.Model):
    """One thing said at somebody's turn; `critic` is who said it, if that was given.

    The critic is free text and leads to nobody. What the person writes afterwards is a
    reply: it is added, with its moment, and never changed.
    Source: docs/rules/review-meetings.md § 3.
    """

    class Kind(models.TextChoices):
        REMARK = "REMARK", _("Remark")
        ANSWER = "ANSWER", _("Answer of the person")
        COMMENT = "COMMENT", _("Comment of the committee")
        REPLY = "REPLY", _("Reply in writing")

    occasion = models.ForeignKey(ReviewOccasion, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.REMARK)
    position = models.PositiveSmallIntegerField(default=1)
    text = models.TextField()
    critic = NFCField(_("who said it"), max_length=255, blank=True, default="")
    at = models.DateTimeField(null=True)  # when a reply was written

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark")
        ordering = ("occasion", "position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["occasion", "kind", "position"], name="remark_in_one_place"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="remark_says_something"),
            models.CheckConstraint(
                condition=Q(critic="") | Q(kind="REMARK"),
                name="remark_critic_only_of_a_remark",
            ),
            models.CheckConstraint(
                condition=Q(kind="REPLY", at__isnull=False)
                | ~Q(kind="REPLY") & Q(at__isnull=True),
                name="remark_reply_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(position=1) | ~Q(kind__in=["ANSWER", "COMMENT"]),
                name="remark_one_answer_and_one_comment",
            ),
        )


class SaidVersionQuerySet(models.QuerySet["SaidVersion"]):
    def visible_to(self, actor: Actor) -> Self:
        """Return those of the turns that one sees: the own, those that one keeps."""
        if actor.is_system:
            return self
        seen = ReviewOccasion.objects.visible_to(actor)
        return self.filter(occasion__in=seen)


class EarlierSaid(models.Model):
    """What stood at a turn when it was published, until it was corrected; why, and when.

    `remarks` holds text and critic of each. Rows are added and never changed.
    Source: docs/rules/review-meetings.md § 3.5.
    """

    number = models.PositiveSmallIntegerField()
    remarks = models.JSONField(default=list)
    answer = models.TextField(blank=True, default="")
    comment = models.TextField(blank=True, default="")
    reason = NFCField(_("why it is corrected"), max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        abstract = True
        ordering = ("number",)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.CheckConstraint(condition=~Q(reason=""), name="%(class)s_says_why"),
        )


class SaidVersion(EarlierSaid):
    """An earlier version of what was said of somebody."""

    occasion = models.ForeignKey(ReviewOccasion, models.CASCADE, related_name="+")

    objects = SaidVersionQuerySet.as_manager()

    class Meta(EarlierSaid.Meta):
        verbose_name = _("earlier version of what was said")
        constraints = (
            models.UniqueConstraint(
                fields=["occasion", "number"], name="saidversion_numbered_once"
            ),
            *EarlierSaid.Meta.constraints,
        )
