"""What a committee above suggests a person or a collective to answer in the review."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import CampaignBody, CampaignUnit, Participant
from campaigns.models.campaign import in_reach
from campaigns.models.people import of_own_cell
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
        """Return those of others on which the actor, who suggests, may say a word.

        Where the actor runs the campaign: who decided on somebody who is elsewhere now
        sees the level, and suggests nothing any more.
        """
        if not actor.reaches(Area.CAMPAIGN):
            return self.none()
        led = Participant.objects.visible_to(actor, Area.CAMPAIGN)
        seen = self.visible_to(actor).filter(participant__in=led)
        return seen.exclude(of_own_person(actor, "participant__member"))


class CollectiveSuggestionQuerySet(models.QuerySet["CollectiveSuggestion"]):
    def visible_to(self, actor: Actor, area: Area = Area.WORK) -> Self:
        """Return those to the collectives whose report one reads."""
        if actor.is_system:
            return self
        reached = Q(in_reach(actor, area, "body__unit__"))
        return self.filter(reached | of_own_cell(actor, "body__unit__"))

    def receivable_by(self, actor: Actor) -> Self:
        """Return those to others on which a committee above says whether they suffice."""
        return self.filter(in_reach(actor, Area.CAMPAIGN, "issuer__"))


class Suggested(models.Model):
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

    AUTHOR: ClassVar[str]  # the column of who is to answer

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

    class Meta:
        abstract = True
        ordering = ("on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(judgement="", judged_at__isnull=True)
                | ~Q(judgement="") & Q(judged_at__isnull=False),
                name="%(class)s_judged_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(judgement="INSUFFICIENT") | ~Q(judgement_note=""),
                name="%(class)s_insufficient_says_why",
            ),
        )

    def __str__(self) -> str:
        return f"{self.document}: {self.text}"

    @property
    def author(self) -> Participant | CampaignBody:
        """Who is to answer."""
        found: Participant | CampaignBody = getattr(self, self.AUTHOR)
        return found


class ReviewSuggestion(Suggested):
    """What a person is to answer in the self-review."""

    AUTHOR: ClassVar[str] = "participant"

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")

    objects = ReviewSuggestionQuerySet.as_manager()

    class Meta(Suggested.Meta):
        verbose_name = _("suggestion for a review")


class CollectiveSuggestion(Suggested):
    """What a collective is to answer in its report."""

    AUTHOR: ClassVar[str] = "body"

    body = models.ForeignKey(CampaignBody, models.CASCADE, related_name="+")

    objects = CollectiveSuggestionQuerySet.as_manager()

    class Meta(Suggested.Meta):
        verbose_name = _("suggestion to a collective")
