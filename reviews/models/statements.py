"""That a self-review or a collective's report meets the requirements, or does not."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import CampaignBody, Meeting
from members.fields import NFCField
from members.policy import Actor
from reviews.models.collective_reports import CollectiveReportText
from reviews.models.occasions import ReviewOccasion
from reviews.models.suggestions import CollectiveSuggestion, ReviewSuggestion


class Statement(models.Model):
    """One statement; rows are added and never changed.

    What does not meet the requirements leaves something out: a suggestion, or a
    concluded shortcoming that is named; and is done again on a day.
    Source: docs/rules/review-meetings.md § 5.
    """

    meets = models.BooleanField(_("meets the requirements"))
    leaves_out = NFCField(_("what it leaves out"), max_length=1000, blank=True)
    again_on = models.DateField(_("done again on"), null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        abstract = True
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(meets=True, again_on=None, suggestion=None, leaves_out="")
                | Q(meets=False, again_on__isnull=False)
                & (Q(suggestion__isnull=False) | ~Q(leaves_out="")),
                name="%(class)s_names_what_is_left_out",
            ),
        )


class SelfReviewStatementQuerySet(models.QuerySet["SelfReviewStatement"]):
    def visible_to(self, actor: Actor) -> Self:
        """Return those of the turns that one sees: the own, those that one keeps."""
        if actor.is_system:
            return self
        seen = ReviewOccasion.objects.visible_to(actor)
        return self.filter(occasion__in=seen)


class SelfReviewStatement(Statement):
    """What the collective stated of somebody's self-review at a meeting."""

    occasion = models.ForeignKey(ReviewOccasion, models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="+")
    suggestion = models.ForeignKey(
        ReviewSuggestion, models.PROTECT, null=True, related_name="+"
    )

    objects = SelfReviewStatementQuerySet.as_manager()

    class Meta(Statement.Meta):
        verbose_name = _("statement on a self-review")


class CollectiveReportStatementQuerySet(models.QuerySet["CollectiveReportStatement"]):
    def visible_to(self, actor: Actor) -> Self:
        """Return those of the texts that one reads."""
        if actor.is_system:
            return self
        return self.filter(text__in=CollectiveReportText.objects.visible_to(actor))

    def of_body(self, body: CampaignBody) -> Self:
        """Return those of one collective's report."""
        return self.filter(text__collective_report__body=body)


class CollectiveReportStatement(Statement):
    """What the level above stated of one text of a collective's report."""

    text = models.ForeignKey(CollectiveReportText, models.CASCADE, related_name="+")
    suggestion = models.ForeignKey(
        CollectiveSuggestion, models.PROTECT, null=True, related_name="+"
    )

    objects = CollectiveReportStatementQuerySet.as_manager()

    class Meta(Statement.Meta):
        verbose_name = _("statement on a collective report")
