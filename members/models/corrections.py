"""What people ask to have corrected in their own record, and what came of it."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.fields import SealedField
from members.models.people import Member
from members.models.scope import of_own_person
from members.policy import Actor


class CorrectionRequestQuerySet(models.QuerySet["CorrectionRequest"]):
    def visible_to(self, actor: Actor) -> Self:
        """Return one's own, and those of whoever is on a roll that the actor keeps."""
        if actor.is_system:
            return self
        own = of_own_person(actor)
        kept = Member.objects.editable_by(actor)
        return self.filter(Q(member__in=kept) | own)

    def editable_by(self, actor: Actor) -> Self:
        """Return what waits for the actor's answer: nobody answers themselves."""
        waiting = self.waiting().filter(member__in=Member.objects.editable_by(actor))
        return waiting.exclude(of_own_person(actor))

    def own(self, actor: Actor) -> Self:
        """Return what the actor has asked for."""
        return self.filter(of_own_person(actor))

    def waiting(self) -> Self:
        return self.filter(state=CorrectionRequest.State.WAITING)


class CorrectionRequest(models.Model):
    """One matter that a person finds wrong: what it should be, why, and the answer.

    What is asked for lies sealed: it may be a number of the person.
    """

    class Subject(models.TextChoices):
        """The columns of a member by their names, then what is no column."""

        FULL_NAME = "full_name", _("Full name")
        BORN_ON = "born_on", _("Born")
        GENDER = "gender", _("Gender")
        ADMITTED_ON = "admitted_on", _("Admitted")
        OFFICIAL_ON = "official_on", _("Full member since")
        CARD_NUMBER = "card_number", _("Card number")
        PERSONAL_ID = "personal_id", _("Personal number")
        MEMBERSHIP = "MEMBERSHIP", _("Cell, or how a membership ended")
        PAUSE = "PAUSE", _("Exempt or suspended")
        POST = "POST", _("Post")
        TRANSFER = "TRANSFER", _("Transfer")
        LEVEL = "LEVEL", _("Result of a yearly classification")
        OTHER = "OTHER", _("Something else")

    class State(models.TextChoices):
        WAITING = "WAITING", _("Waits for an answer")
        CORRECTED = "CORRECTED", _("Corrected")
        REFUSED = "REFUSED", _("Not accepted")
        TAKEN_BACK = "TAKEN_BACK", _("Taken back")

    COLUMNS = (
        Subject.FULL_NAME,
        Subject.BORN_ON,
        Subject.GENDER,
        Subject.ADMITTED_ON,
        Subject.OFFICIAL_ON,
        Subject.CARD_NUMBER,
        Subject.PERSONAL_ID,
    )

    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    subject = models.CharField(_("what is wrong"), max_length=20, choices=Subject)
    wanted = SealedField(_("what it should be"))
    reason = SealedField(_("why"))
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    answer = SealedField(_("answer"), blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )

    objects = CorrectionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a correction")
        constraints = (
            models.UniqueConstraint(
                fields=["member", "subject"],
                condition=Q(state="WAITING"),
                name="correctionrequest_one_waiting_per_subject",
            ),
            models.CheckConstraint(
                condition=Q(state="WAITING", answered_at__isnull=True)
                | ~Q(state="WAITING") & Q(answered_at__isnull=False),
                name="correctionrequest_answered_at_a_moment",
            ),
        )

    @property
    def is_of_a_column(self) -> bool:
        """Whether the correction form holds what is asked for."""
        return self.subject in self.COLUMNS

    def is_late(self, today: date) -> bool:
        """Whether it waits longer than the rule allows."""
        return self.state == self.State.WAITING and self.due_on < today
