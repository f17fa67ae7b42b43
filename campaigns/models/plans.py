"""The plan of a campaign, and the local plans of units below: its parts.

Source: docs/rules/campaign-plan.md.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.attached import Attached
from campaigns.models.bodies import CampaignBody
from campaigns.models.matters import MATTERS
from campaigns.models.parts import PlanPart
from campaigns.reminding import OF_PEOPLE, STAYS_BELOW
from members import dates
from members.fields import NFCField, PartialDateField

FORESEEN_BODIES = [
    (kind.value, kind.label)
    for kind in (
        CampaignBody.Kind.AUTHORITY,
        CampaignBody.Kind.FATHERLAND_FRONT,
        CampaignBody.Kind.MASS_ORGANISATION,
    )
]


def document_path(document: "PlanDocument", name: str) -> str:
    """Return where the file of a document is kept; nothing of its name but the end."""
    ending = name.rpartition(".")[2].lower()
    return f"plans/{document.campaign_id}/document.{ending}"


class PlanDocument(Attached, PlanPart):
    """A paper that the campaign rests on, or that is studied in it.

    Number and day may be absent (a speech, a plenum), the day known to the month.
    """

    FILE = "file"
    SCAN_JOB = "scan_document"

    class Role(models.TextChoices):
        PLAN = "PLAN", _("The committee's own plan")
        DIRECTIVE = "DIRECTIVE", _("Directive of the level above")
        BASIS = "BASIS", _("Basis")
        STUDY = "STUDY", _("To be studied")

    role = models.CharField(
        _("role"), max_length=10, choices=Role.choices, default=Role.STUDY
    )
    title = NFCField(_("title"), max_length=500)
    number = NFCField(_("number and symbol"), max_length=60, blank=True, default="")
    dated_on = PartialDateField(verbose_name=_("dated"))
    issuer = NFCField(_("issued by"), max_length=255, blank=True, default="")
    file = models.FileField(_("file"), upload_to=document_path, blank=True)

    class Meta:
        verbose_name = _("document")
        ordering = ("role", "pk")

    def __str__(self) -> str:
        return f"{self.title} ({self.number})" if self.number else self.title

    @property
    def dated(self) -> str:
        """The date as it is written, as far as it is known."""
        return dates.display_partial(self.dated_on)


class ContentItem(PlanPart):
    """What the year is about; a sub-item stands below another item."""

    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="+",
        verbose_name=_("sub-item of"),
    )  # fmt: skip
    position = models.PositiveSmallIntegerField(_("place in the order"), default=1)
    text = models.TextField(_("content"))
    documents = models.ManyToManyField(
        PlanDocument, blank=True, related_name="+", verbose_name=_("documents")
    )

    class Meta:
        verbose_name = _("content item")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.text


class PlanTask(PlanPart):
    """What is to be done: once by a day, or standing and reported each year."""

    class Kind(models.TextChoices):
        ONCE = "ONCE", _("once, by a day")
        STANDING = "STANDING", _("standing, reported each year")

    class Result(models.TextChoices):
        NONE = "", _("not reported yet")
        DONE = "DONE", _("done")
        NOT_DONE = "NOT_DONE", _("not done")

    text = models.TextField(_("task"))
    kind = models.CharField(
        _("kind"), max_length=10, choices=Kind.choices, default=Kind.ONCE
    )
    due_on = models.DateField(_("by"), null=True, blank=True)
    responsible = models.ForeignKey(
        "members.PartyUnit", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("responsible unit"),
    )  # fmt: skip
    body = NFCField(_("or responsible body"), max_length=255, blank=True, default="")
    result = models.CharField(
        _("result"), max_length=10, choices=Result.choices, blank=True, default=""
    )
    note = NFCField(_("note"), max_length=1000, blank=True, default="")

    class Meta:
        verbose_name = _("task")
        ordering = (F("due_on").asc(nulls_last=True), "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="STANDING") | Q(due_on__isnull=False),
                name="plantask_once_has_a_day",
                violation_error_message=_("Enter the day by which it is to be done."),
            ),
        )

    def __str__(self) -> str:
        return self.text


class ForeseenBody(PlanPart):
    """A collective outside the Party that takes part: by headcount, never by names."""

    kind = models.CharField(_("kind"), max_length=20, choices=FORESEEN_BODIES)
    name = NFCField(_("name"), max_length=255)
    headcount = models.PositiveIntegerField(_("people"), default=0)

    class Meta:
        verbose_name = _("body that takes part")
        ordering = ("kind", "pk")

    def __str__(self) -> str:
        return self.name


class WantedReminder(PlanPart):
    """Who is to be reminded of a matter's last day, and how many days before or after."""

    class Addressee(models.TextChoices):
        PERSON = "PERSON", _("whoever has not done it")
        SECRETARY = "SECRETARY", _("the committee of the unit")
        ABOVE = "ABOVE", _("the level above, in numbers")

    matter = models.CharField(_("of what"), max_length=20, choices=MATTERS)
    days = models.SmallIntegerField(_("days after the last day; minus: before"))
    addressee = models.CharField(
        _("to"), max_length=10, choices=Addressee.choices, default=Addressee.PERSON
    )

    class Meta:
        verbose_name = _("reminder")
        ordering = ("matter", "days", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["campaign", "matter", "days", "addressee"],
                condition=Q(unit__isnull=True),
                name="wantedreminder_once_in_a_campaign",
                violation_error_message=_("This reminder is in the plan already."),
            ),
            models.UniqueConstraint(
                fields=["unit", "matter", "days", "addressee"],
                condition=Q(unit__isnull=False),
                name="wantedreminder_once_in_a_local_plan",
                violation_error_message=_("This reminder is in the plan already."),
            ),
            models.CheckConstraint(
                condition=~Q(addressee="PERSON") | Q(matter__in=OF_PEOPLE),
                name="wantedreminder_of_a_person_is_of_what_people_do",
                violation_error_message=_(
                    "This is the work of a unit: choose its committee or the level above."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(addressee="ABOVE") | ~Q(matter__in=STAYS_BELOW),
                name="wantedreminder_of_a_meeting_goes_to_no_level_above",
                violation_error_message=_(
                    "A missing meeting is told to the committee of the cell alone."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_matter_display()}, {self.days:+d}"

    @property
    def days_before(self) -> int:
        """How many days before the last one."""
        return -self.days
