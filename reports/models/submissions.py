"""Figures that a unit signed: what stood there, who signed, and on what it stands.

Source: docs/rules/sign-off.md.
"""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models import CampaignUnit
from campaigns.models.campaign import in_reach
from members.fields import ByteOrderField, NFCField
from members.models import Post
from members.policy import Actor, Area


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, actor: Actor, area: Area = Area.FIGURES) -> Self:
        """Return those of units whose figures the actor reads."""
        return self.filter(in_reach(actor, area, "unit__"))

    def receivable_by(self, actor: Actor) -> Self:
        """Return those that the actor may send back: by a post at the unit above.

        Above the root of a campaign stands nobody here: who records the root's work
        writes what the level above said.
        """
        of_root = Q(unit__parent=None) & in_reach(actor, Area.WORK_EDIT, "unit__")
        above = in_reach(actor, Area.WORK_EDIT, "unit__parent__")
        return self.filter(of_root | Q(unit__parent__isnull=False) & above)

    def in_force(self) -> Self:
        """Return those that count: neither sent back nor replaced nor voided."""
        return self.filter(state=Submission.State.SIGNED)


class Submission(models.Model):
    """One version of the figures that a unit signed; the next is a row of its own.

    `own` and `total` are counts by sector, subject and column (`reports.signed`):
    those that are tallied at the unit itself, and these with what its children signed.
    `limits` are the counts of ceilings at or below it, `above` what it adds to those of
    a unit above. The digest is over `own`, `head` and the digests of the children.
    """

    class State(models.TextChoices):
        SIGNED = "SIGNED", _("signed")
        RETURNED = "RETURNED", _("sent back")
        REPLACED = "REPLACED", _("replaced by a later version")
        VOIDED = "VOIDED", _("voided by a decision on units")

    unit = models.ForeignKey(CampaignUnit, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.SIGNED)
    digest = ByteOrderField(max_length=64)
    head = models.JSONField()
    own = models.JSONField()
    total = models.JSONField()
    limits = models.JSONField()
    above = models.JSONField()
    on_behalf_of = NFCField(_("on behalf of"), max_length=255)
    signatory = models.ForeignKey(Post, models.PROTECT, related_name="+")
    signed_by = NFCField(_("signed on behalf of the collective by"), max_length=255)
    signed_as = models.CharField(_("role"), max_length=30)
    document = NFCField(_("number of the document"), max_length=255)
    on = models.DateField(_("date of the document"))
    minutes = NFCField(_("number of the minutes"), max_length=255)
    minutes_on = models.DateField(_("date of the minutes"))
    missing_reason = models.TextField(blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )
    reason = models.TextField(_("reason for sending it back"), blank=True, default="")
    decision = models.ForeignKey(
        "members.UnitDecision", models.PROTECT, null=True, related_name="+"
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("signed figures")
        ordering = ("unit", "number")
        constraints = (
            models.UniqueConstraint(
                fields=["unit", "number"], name="submission_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(state="SIGNED"),
                name="submission_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(state="SIGNED", ended_at__isnull=True)
                | ~Q(state="SIGNED") & Q(ended_at__isnull=False),
                name="submission_ends_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="RETURNED") & ~Q(reason="")
                | ~Q(state="RETURNED") & Q(reason=""),
                name="submission_sent_back_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="VOIDED", decision__isnull=False)
                | ~Q(state="VOIDED") & Q(decision__isnull=True),
                name="submission_voided_by_a_decision",
            ),
        )

    def __str__(self) -> str:
        return self.document


class SubmissionPartQuerySet(models.QuerySet["SubmissionPart"]):
    def visible_to(self, actor: Actor, area: Area = Area.FIGURES) -> Self:
        """Return those of signed figures that the actor reads."""
        return self.filter(in_reach(actor, area, "submission__unit__"))


class SubmissionPart(models.Model):
    """A child as it was when the unit above signed; `part` None: it had not signed."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="+")
    unit = models.ForeignKey(CampaignUnit, models.PROTECT, related_name="+")
    part = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="+")
    head = models.JSONField()

    objects = SubmissionPartQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["submission", "unit"], name="submissionpart_once"
            ),
        )
