"""Readings of somebody's results or texts for which a reason is given first."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.fields import NFCField, SealedField
from members.models.people import Member
from members.models.scope import of_own_account, of_own_person, within
from members.policy import Actor, Area, Role


class ReasonedReadingQuerySet(models.QuerySet["ReasonedReading"]):
    def visible_to(self, actor: Actor) -> Self:
        """Return one's own, those of one's commission, and those of a level below."""
        if actor.is_system:
            return self
        own = of_own_account(actor)
        commissions = Q(unit__in=_commissions(actor), is_inspection=True)
        below = within(actor.subtrees(Area.FIGURES), "unit__parent__path")
        return self.filter(own | commissions | below)

    def own(self, actor: Actor) -> Self:
        """Return what the actor has asked to read."""
        return self.filter(of_own_account(actor))

    def editable_by(self, actor: Actor) -> Self:
        """Return what waits for the actor as the second of the commission.

        Nobody approves what they ask for themselves, or what is about them.
        """
        waiting = self.filter(
            is_inspection=True,
            approved_at__isnull=True,
            closed_at__isnull=True,
            unit__in=_commissions(actor),
        )
        return waiting.exclude(of_own_account(actor)).exclude(of_own_person(actor))

    def closable_by(self, actor: Actor) -> Self:
        """Return the open cases of the actor's commission."""
        return self.filter(
            is_inspection=True,
            closed_at__isnull=True,
            unit__in=_commissions(actor),
        )

    def open_cases(self, today: date) -> Self:
        """Return the approved readings of cases that have not ended."""
        approved = self.filter(is_inspection=True, approved_at__isnull=False)
        return approved.filter(closed_at__isnull=True, shown_from__gt=today)

    def shown_to_the_person(self, today: date) -> Self:
        """Return what was read and is not withheld any more."""
        return self.filter(opened_at__isnull=False, shown_from__lte=today)


def _commissions(actor: Actor) -> list[int]:
    return [
        post.unit_id for post in actor.posts if post.role is Role.INSPECTION_COMMISSION
    ]


class ReasonedReading(models.Model):
    """Who asked to read of whom, in which post, why; and when they did.

    A committee gives a reason and reads at once. An inspection gives a case number and
    waits for a second of its commission; the person sees it when the case is closed,
    or on `shown_from`, a year later at most.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    account = models.ForeignKey("members.Account", models.PROTECT, related_name="+")
    post = models.ForeignKey("members.Post", models.PROTECT, related_name="+")
    unit = models.ForeignKey("members.PartyUnit", models.PROTECT, related_name="+")
    is_inspection = models.BooleanField()
    reason = SealedField(_("reason"))
    case_number = NFCField(_("case number"), max_length=60, blank=True, default="")
    asked_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )
    opened_at = models.DateTimeField(null=True)  # the first time
    closed_at = models.DateTimeField(null=True)
    shown_from = models.DateField()

    objects = ReasonedReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading with a reason")
        constraints = (
            models.CheckConstraint(
                condition=Q(is_inspection=False, case_number="")
                | Q(is_inspection=True) & ~Q(case_number=""),
                name="reasonedreading_inspection_has_a_case",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True)
                | Q(is_inspection=False)
                | Q(approved_at__isnull=False),
                name="reasonedreading_inspection_opens_approved",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | ~Q(approved_by=models.F("account")),
                name="reasonedreading_approved_by_another",
            ),
        )
