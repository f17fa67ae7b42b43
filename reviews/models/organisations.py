"""Levels of organisations: what each body proposes, and what was decided.

Nothing here is about a person. Source: docs/rules/organisation-levels.md.
"""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import CampaignBody
from campaigns.models.campaign import in_reach
from campaigns.rulesets.model import LEVELS
from members.fields import ByteOrderField, NFCField
from members.policy import Actor, Area
from reviews.models.decisions import DecidingPapers


class BodyProposalQuerySet(models.QuerySet["BodyProposal"]):
    def visible_to(self, actor: Actor, area: Area = Area.WORK) -> Self:
        """Return those for collectives whose work the actor reads."""
        if actor.is_system:
            return self
        return self.filter(in_reach(actor, area, "body__unit__"))

    def editable_by(self, actor: Actor) -> Self:
        """Return those of the unit whose work one records, and of units right below."""
        own = CampaignBody.objects.editable_by(actor)
        below = CampaignBody.objects.receivable_by(actor)
        return self.filter(Q(body__in=own) | Q(body__in=below))


class BodyProposal(models.Model):
    """The level that one body proposes for an organisation or a collective.

    `party` is an entry of `campaigns/vocabulary/parties.toml`, `party_name` which body.
    """

    body = models.ForeignKey(CampaignBody, models.CASCADE, related_name="+")
    party = ByteOrderField(_("Who proposes"), max_length=40)
    party_name = NFCField(_("Name of the body"), max_length=255)
    level = ByteOrderField(_("Proposed level"), max_length=40)
    document = NFCField(_("Document"), max_length=255, blank=True, default="")
    on = models.DateField(_("Day"))
    note = NFCField(_("Note"), max_length=1000, blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = BodyProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal for an organisation")
        constraints = (
            models.UniqueConstraint(
                fields=["body", "party", "party_name"],
                name="bodyproposal_once_a_body",
            ),
            models.CheckConstraint(
                condition=Q(level__in=LEVELS),
                name="bodyproposal_level_is_known",
            ),
        )


class BodyDecisionQuerySet(models.QuerySet["BodyDecision"]):
    def visible_to(self, actor: Actor, area: Area = Area.FIGURES) -> Self:
        """Return those of units in reach, and those on an organisation in reach."""
        if actor.is_system:
            return self
        lines = BodyDecisionLine.objects.filter(in_reach(actor, area, "body__unit__"))
        return self.filter(
            in_reach(actor, area, "unit__") | Q(pk__in=lines.values("decision"))
        )


class BodyDecision(DecidingPapers):
    """What was decided on the levels of organisations."""

    objects = BodyDecisionQuerySet.as_manager()

    class Meta(DecidingPapers.Meta):
        verbose_name = _("decision on levels of organisations")


class BodyDecisionLineQuerySet(models.QuerySet["BodyDecisionLine"]):
    def visible_to(self, actor: Actor, area: Area = Area.FIGURES) -> Self:
        """Return those on organisations in reach."""
        return self.filter(in_reach(actor, area, "body__unit__"))


class BodyDecisionLine(models.Model):
    """The level decided for one organisation; `note` says why nobody proposed it."""

    decision = models.ForeignKey(BodyDecision, models.CASCADE, related_name="+")
    body = models.OneToOneField(CampaignBody, models.CASCADE, related_name="+")
    level = ByteOrderField(max_length=40)
    note = NFCField(max_length=1000, blank=True, default="")

    objects = BodyDecisionLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation of a decision")
        constraints = (
            models.CheckConstraint(
                condition=Q(level__in=LEVELS),
                name="bodydecisionline_level_is_known",
            ),
        )
