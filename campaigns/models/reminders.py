"""Who was reminded of what on which day, and the e-mail of the day.

Source: docs/rules/reminders.md § 3 to § 5.
"""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns import reminding
from campaigns.models.campaign import CampaignUnit, in_reach
from campaigns.models.matters import MATTERS
from campaigns.models.people import Participant
from campaigns.reminding import OF_PEOPLE, STAYS_BELOW
from members.models import Account, of_own_account
from members.models.second_factors import OwnQuerySet
from members.policy import Actor, Area


class DigestQuerySet(OwnQuerySet["Digest"]):
    """One's own."""


class Digest(models.Model):
    """The one e-mail that an account gets on a day: written before it is sent.

    Without `sent_at` nobody knows whether it arrived; it is never sent again.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    on = models.DateField()
    begun_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    is_refused = models.BooleanField(default=False)  # by the mail server

    objects = DigestQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail of a day")
        constraints = (
            models.UniqueConstraint(fields=["account", "on"], name="digest_once_a_day"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(is_refused=False),
                name="digest_sent_or_refused",
            ),
        )


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def visible_to(self, actor: Actor, area: Area = Area.PLEDGES) -> Self:
        """Return one's own, and those of people whose pledges the actor keeps."""
        if actor.is_system:
            return self
        of_people = Q(participant__isnull=False) & Q(in_reach(actor, area, "unit__"))
        return self.filter(of_people | self._own(actor))

    def own(self, actor: Actor) -> Self:
        """Return those that the actor got."""
        return self.filter(self._own(actor))

    def planned(self) -> Self:
        """Return those that nobody was told of yet."""
        return self.filter(state=Reminder.State.PLANNED)

    def _own(self, actor: Actor) -> Q:
        people = Participant.objects.own(actor).values("pk")
        # Compared with None, a column matches the rows in which it is empty.
        return Q(participant__in=people) | of_own_account(actor)


class Reminder(models.Model):
    """That somebody is reminded of a matter on a day: one row, whoever asks for it.

    Either of a person who has not done it, or of an account that holds a post at the
    unit whose matter it is. `on` is the slot, a working day but for what is asked for
    by hand; `days` the wish that leads to it, `asked_by` who asked by hand.
    """

    class State(models.TextChoices):
        PLANNED = "PLANNED", _("on the first page; the e-mail is to come")
        SENT = "SENT", _("sent by e-mail")
        LISTED = "LISTED", _("on the first page and on the printed list")
        DONE = "DONE", _("done before it was sent")
        LAPSED = "LAPSED", _("lapsed")

    To = reminding.To

    unit = models.ForeignKey(CampaignUnit, models.CASCADE, related_name="+")
    matter = models.CharField(_("matter"), max_length=20, choices=MATTERS)
    to = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in reminding.To]
    )
    participant = models.ForeignKey(
        Participant, models.CASCADE, null=True, related_name="+"
    )
    account = models.ForeignKey(
        Account, models.CASCADE, null=True, related_name="+"
    )  # not of a person: of who can act for the unit
    on = models.DateField()
    last_day = models.DateField(null=True)  # None: the matter has none
    days = models.SmallIntegerField(null=True)
    asked_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.PLANNED
    )
    settled_at = models.DateTimeField(null=True)
    digest = models.ForeignKey(Digest, models.PROTECT, null=True, related_name="+")

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder of a person")
        indexes = (
            models.Index(
                fields=["on"], condition=Q(state="PLANNED"), name="reminder_planned"
            ),
            models.Index(
                fields=["unit", "matter", "on"], name="reminder_unit_matter_day"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["participant", "matter", "on"],
                condition=Q(participant__isnull=False),
                name="reminder_once_a_day_for_a_person",
            ),
            models.UniqueConstraint(
                fields=["account", "unit", "matter", "to", "on", "last_day"],
                condition=Q(account__isnull=False, last_day__isnull=False),
                name="reminder_once_a_day_and_last_day_for_a_post",
            ),
            models.UniqueConstraint(
                fields=["account", "unit", "matter", "to", "on"],
                condition=Q(account__isnull=False, last_day=None),
                name="reminder_once_a_day_for_a_post_without_a_last_day",
            ),
            models.CheckConstraint(
                condition=Q(to="PERSON", participant__isnull=False, account=None)
                | ~Q(to="PERSON") & Q(participant=None, account__isnull=False),
                name="reminder_of_a_person_or_a_post",
            ),
            models.CheckConstraint(
                condition=~Q(to="PERSON") | Q(matter__in=OF_PEOPLE),
                name="reminder_of_a_person_is_of_what_people_do",
            ),
            models.CheckConstraint(
                condition=~Q(to="ABOVE") | ~Q(matter__in=STAYS_BELOW),
                name="reminder_of_a_meeting_goes_to_no_level_above",
            ),
            models.CheckConstraint(
                condition=Q(asked_by__isnull=True) | Q(days=None),
                name="reminder_by_the_plan_or_by_hand",
            ),
            models.CheckConstraint(
                condition=Q(state="PLANNED", settled_at=None)
                | ~Q(state="PLANNED") & Q(settled_at__isnull=False),
                name="reminder_settled_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(digest=None) | Q(state__in=["SENT", "LISTED"]),
                name="reminder_in_an_email_once_sent",
            ),
        )

    @property
    def is_by_hand(self) -> bool:
        """Whether somebody asked for it, not the plan."""
        return self.days is None

    def days_left(self, today: date) -> int | None:
        """Return how many days are left after today; below 0 once it is over."""
        return (self.last_day - today).days if self.last_day else None
