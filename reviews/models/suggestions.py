"""What a committee above suggests somebody to answer in the self-review."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import CampaignUnit, Participant
from members.fields import NFCField
from members.models import of_own_person
from members.policy import Actor, Area


class ReviewSuggestionQuerySet(models.QuerySet["ReviewSuggestion"]):
    def visible_to(self, actor: Actor, area: Area = Area.LEVELS) -> Self:
        """Return those to oneself, and to people in reach."""
        if actor.is_system:
            return self
        return self.filter(participant__in=Participant.objects.visible_to(actor, area))

    def receivable_by(self, actor: Actor) -> Self:
        """Return those of others on which the actor, who suggests, may say a word."""
        if not actor.reaches(Area.CAMPAIGN):
            return self.none()
        seen = self.visible_to(actor)
        return seen.exclude(of_own_person(actor, "participant__member"))


class ReviewSuggestion(models.Model):
    """One matter to be answered, by the document that suggests it.

    Whether the answer suffices is judged later, about the text that gave it.
    Source: docs/rules/self-reviews.md § 6.
    """

    class Time(models.TextChoices):
        BEFORE = "BEFORE", _("before the self-review")
        AFTER = "AFTER", _("after the self-review")

    class Judgement(models.TextChoices):
        NONE = "", _("not judged yet")
        SUFFICIENT = "SUFFICIENT", _("answered in full")
        INSUFFICIENT = "INSUFFICIENT", _("not answered in full")

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    issuer = models.ForeignKey(CampaignUnit, models.PROTECT, related_name="+")
    document = NFCField(_("document number"), max_length=255)
    on = models.DateField(_("date of the document"))
    time = models.CharField(max_length=10, choices=Time.choices)
    text = models.TextField(_("what is to be answered"))
    judgement = models.CharField(
        max_length=12, choices=Judgement.choices, blank=True, default=""
    )
    judgement_note = models.TextField(blank=True, default="")
    judged_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )

    objects = ReviewSuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion for a review")
        ordering = ("on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(judgement="", judged_at__isnull=True)
                | ~Q(judgement="") & Q(judged_at__isnull=False),
                name="reviewsuggestion_judged_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(judgement="INSUFFICIENT") | ~Q(judgement_note=""),
                name="reviewsuggestion_insufficient_says_why",
            ),
        )

    def __str__(self) -> str:
        return f"{self.document}: {self.text}"
