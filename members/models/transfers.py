"""Transfers of people from cell to cell: sent by one side, received by the other."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from members.fields import NFCField
from members.models.people import Member
from members.models.scope import of_own_person, reachable
from members.policy import Actor, Area


class TransferQuerySet(models.QuerySet["Transfer"]):
    def visible_to(self, actor: Actor, area: Area = Area.ROLL) -> Self:
        """Return transfers from or to a cell in reach, and one's own."""
        if actor.is_system:
            return self
        own = of_own_person(actor)
        leaves, comes = reachable(actor, area, "source__"), self._comes(actor, area)
        return self.filter(leaves | comes | own)

    def receivable_by(self, actor: Actor) -> Self:
        """Return what waits for a cell whose roll the actor keeps."""
        return self.waiting().filter(self._comes(actor, Area.ROLL_EDIT))

    def editable_by(self, actor: Actor) -> Self:
        """Return what was sent by a cell whose roll the actor keeps."""
        return self.filter(reachable(actor, Area.ROLL_EDIT, "source__"))

    def waiting(self) -> Self:
        return self.filter(state=Transfer.State.SENT)

    def returned_since(self, day: date) -> Self:
        """Return what the other cell sent back, while nothing newer was sent."""
        newer = Transfer.objects.filter(
            member=OuterRef("member"), sent_at__gt=OuterRef("sent_at")
        )
        returned = self.filter(state=Transfer.State.RETURNED, settled_on__gte=day)
        return returned.filter(~Exists(newer))

    def late(self, today: date) -> Self:
        """Return what waits longer than the rule allows."""
        return self.waiting().filter(due_on__lt=today)

    def _comes(self, actor: Actor, area: Area) -> Q:
        return Q(target__isnull=False) & reachable(actor, area, "target__")


class Transfer(models.Model):
    """One person on the way between two cells; outside, a name takes the place."""

    class Kind(models.TextChoices):
        FORMAL = "FORMAL", _("Formal transfer")
        TEMPORARY = "TEMPORARY", _("Temporary transfer")
        RESIDENCE_CONTACT = (
            "RESIDENCE_CONTACT",
            _("Introduction to the cell at the place of residence"),
        )

    class State(models.TextChoices):
        SENT = "SENT", _("Sent, waits to be received")
        RECEIVED = "RECEIVED", _("Received")
        RETURNED = "RETURNED", _("Returned")
        TAKEN_BACK = "TAKEN_BACK", _("Taken back")

    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    kind = models.CharField(_("what"), max_length=20, choices=Kind.choices)
    source = models.ForeignKey("members.PartyUnit", models.PROTECT, related_name="+")
    target = models.ForeignKey(
        "members.PartyUnit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    outside = NFCField(_("unit not kept here"), max_length=255, blank=True, default="")
    document = NFCField(_("document"), max_length=255)
    leaves_on = models.DateField(_("from"))
    due_on = models.DateField()
    planned_until = models.DateField(_("planned until"), null=True, blank=True)
    comment = models.TextField(_("comment of the cell left"), blank=True, default="")
    comment_document = NFCField(
        _("comment on paper, number and date"), max_length=255, blank=True, default=""
    )
    state = models.CharField(max_length=20, choices=State.choices, default=State.SENT)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )
    settled_on = models.DateField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )
    refusal = NFCField(_("reason"), max_length=255, blank=True, default="")

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("transfer")
        constraints = (
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(state="SENT"),
                name="transfer_one_waiting",
            ),
            models.CheckConstraint(
                condition=Q(planned_until__isnull=True) | Q(kind="TEMPORARY"),
                name="transfer_planned_end_of_a_temporary_one",
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=False, outside="")
                | Q(target__isnull=True) & ~Q(outside=""),
                name="transfer_to_a_unit_here_or_outside",
            ),
            models.CheckConstraint(
                condition=Q(state="SENT", settled_at__isnull=True)
                | ~Q(state="SENT") & Q(settled_at__isnull=False),
                name="transfer_settled_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="RETURNED") | ~Q(refusal=""),
                name="transfer_returned_for_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.document}"

    def is_late(self, today: date) -> bool:
        """Whether it waits longer than the rule allows."""
        return self.state == self.State.SENT and self.due_on < today
