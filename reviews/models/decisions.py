"""What a collective decided on the levels of people: the document, and a line each.

Source: docs/rules/decisions.md § 3.
"""

from collections.abc import Iterable
from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import CampaignUnit, Participant
from campaigns.models.campaign import in_reach
from campaigns.rulesets.model import MEMBER_LEVELS
from members.fields import ByteOrderField, NFCField
from members.policy import Actor, Area


class DecidingPapers(models.Model):
    """One document by which a collective decided, and the meeting that it rests on.

    Whoever keys it in decides nothing.
    """

    unit = models.ForeignKey(CampaignUnit, models.PROTECT, related_name="+")
    document = NFCField(_("number of the decision"), max_length=255)
    on = models.DateField(_("date of the decision"))
    minutes = NFCField(_("number of the minutes"), max_length=255)
    minutes_on = models.DateField(_("date of the minutes"))
    present = models.PositiveSmallIntegerField(_("members present"))
    votes_for = models.PositiveSmallIntegerField(_("votes for"))
    votes_against = models.PositiveSmallIntegerField(_("votes against"))
    signed_by = NFCField(_("signed on behalf of the collective by"), max_length=255)
    breach_reason = models.TextField(blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        abstract = True
        ordering = ("-on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["unit", "document"], name="%(class)s_document_once"
            ),
            models.CheckConstraint(
                condition=Q(present__gte=F("votes_for") + F("votes_against")),
                name="%(class)s_no_more_votes_than_present",
            ),
            models.CheckConstraint(
                condition=Q(votes_for__gt=F("votes_against")),
                name="%(class)s_has_a_majority",
            ),
        )

    def __str__(self) -> str:
        return self.document


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, actor: Actor, area: Area = Area.LEVELS) -> Self:
        """Return those of units whose levels the actor sees, and on people in sight.

        A committee that is asked to look again sees what it is asked about.
        """
        if actor.is_system:
            return self
        lines = DecisionLine.objects.visible_to(actor, area)
        # What follows is written down after decisions, so it is asked for by name.
        revisions = apps.get_model("reviews.LevelRevision").objects
        requests = apps.get_model("reviews.LevelRequest").objects
        return self.filter(
            in_reach(actor, area, "unit__")
            | Q(pk__in=lines.values("decision"))
            | Q(pk__in=revisions.visible_to(actor, area).values("decision"))
            | Q(pk__in=requests.visible_to(actor).values("decision"))
        )


class Decision(DecidingPapers):
    """What was decided on the levels of people."""

    objects = DecisionQuerySet.as_manager()

    class Meta(DecidingPapers.Meta):
        verbose_name = _("decision on levels")


class DecisionLineQuerySet(models.QuerySet["DecisionLine"]):
    def visible_to(self, actor: Actor, area: Area = Area.LEVELS) -> Self:
        """Return those on people in reach, and on oneself."""
        if actor.is_system:
            return self
        return self.filter(participant__in=Participant.objects.visible_to(actor, area))

    def of_deciders(self, units: Iterable[int]) -> Self:
        """Return those of decisions that committees of live units, by id, took."""
        return self.filter(decision__unit__custodian__in=units)


class DecisionLine(models.Model):
    """The level decided for one person; `note` says why it is not the proposed one."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="+")
    participant = models.OneToOneField(Participant, models.CASCADE, related_name="+")
    proposed_level = ByteOrderField(max_length=40)
    level = ByteOrderField(max_length=40)
    reason = ByteOrderField(max_length=40, blank=True, default="")
    note = NFCField(max_length=1000, blank=True, default="")

    objects = DecisionLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a decision")
        constraints = (
            models.CheckConstraint(
                condition=Q(level__in=MEMBER_LEVELS),
                name="decisionline_level_is_one_that_members_have",
            ),
            models.CheckConstraint(
                condition=Q(level="NOT_COMPLETED") & ~Q(reason="")
                | ~Q(level="NOT_COMPLETED") & Q(reason=""),
                name="decisionline_reason_only_if_not_completed",
            ),
            models.CheckConstraint(
                condition=Q(level=F("proposed_level")) | ~Q(note=""),
                name="decisionline_exception_says_why",
            ),
        )
