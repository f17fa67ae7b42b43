"""What is studied in the year, the sessions, who was there, and the essays."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import CampaignUnit, in_reach
from campaigns.models.people import Participant, of_own_units
from campaigns.models.plans import PlanDocument
from campaigns.models.work import OfUnit, WorkQuerySet
from members.fields import NFCField
from members.paths import ancestry
from members.policy import Actor, Area


class StudyDocumentQuerySet(models.QuerySet["StudyDocument"]):
    def visible_to(self, actor: Actor, area: Area = Area.WORK) -> Self:
        """Return those of units in reach, and of the units that one belongs to."""
        if actor.is_system:
            return self
        reached = Q(in_reach(actor, area, "unit__"))
        return self.filter(reached | of_own_units(actor, "unit__"))

    def editable_by(self, actor: Actor) -> Self:
        """Return those that the actor's own units ask to be studied."""
        return self.filter(in_reach(actor, Area.WORK_EDIT, "unit__"))

    def asked_of(self, unit: CampaignUnit) -> Self:
        """Return what a unit studies: what it names itself, and what those above do."""
        return self.filter(
            unit__campaign=unit.campaign_id, unit__path__in=ancestry(unit.path)
        )


class StudyDocument(OfUnit):
    """A document that a unit and all below it study in the year.

    With a `plan_document` it was taken over from the plan. Source: docs/rules/study.md § 1.
    """

    plan_document = models.ForeignKey(
        PlanDocument, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    name = NFCField(_("document"), max_length=500)
    number = NFCField(_("number"), max_length=60, blank=True, default="")
    topic = NFCField(_("study topic"), max_length=500, blank=True, default="")
    wants_essay = models.BooleanField(_("an essay is handed in"), default=False)
    judged_by = NFCField(
        _("who judges the essays, by the plan"), max_length=255, blank=True, default=""
    )

    objects = StudyDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document to study")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(wants_essay=False) | ~Q(judged_by=""),
                name="studydocument_essay_has_a_judge",
                violation_error_message=_("Enter who judges the essays."),
            ),
            models.UniqueConstraint(
                fields=["unit", "plan_document"], name="studydocument_taken_over_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.name}".strip()


class StudySession(OfUnit):
    """One session of a unit; of a body that is no cell only the headcount is known."""

    class Form(models.TextChoices):
        IN_PERSON = "IN_PERSON", _("In person")
        ONLINE = "ONLINE", _("Online")
        SELF_STUDY = "SELF_STUDY", _("Read alone, then discussed")
        CONFERENCE = "CONFERENCE", _("At a conference of the level above")

    body_name = NFCField(
        _("body, where it is no cell"), max_length=255, blank=True, default=""
    )
    makes_up_for = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+"
    )
    topic = NFCField(_("topic"), max_length=500)
    rapporteur = NFCField(_("rapporteur"), max_length=255)
    form = models.CharField(
        _("form"), max_length=20, choices=Form.choices, default=Form.IN_PERSON
    )
    materials = NFCField(_("materials"), max_length=500, blank=True, default="")
    on = models.DateField(_("day"))
    place = NFCField(_("place"), max_length=255, blank=True, default="")
    headcount = models.PositiveIntegerField(_("present"), null=True, blank=True)
    invited = models.PositiveIntegerField(_("of how many"), null=True, blank=True)
    documents = models.ManyToManyField(StudyDocument, related_name="+")

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("study session")
        indexes = (models.Index(fields=["unit", "on"], name="studysession_unit_day"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(body_name="", headcount=None, invited=None)
                | ~Q(body_name="") & Q(headcount__lte=F("invited")),
                name="studysession_headcount_of_a_body_within_its_base",
                violation_error_message=_("More were present than there are."),
            ),
        )

    def __str__(self) -> str:
        return self.topic


class OfPeopleQuerySet(models.QuerySet["StudyAttendance | Essay"]):
    """Rows that say what one person did: read by the cell that recorded, and oneself.

    Source: docs/rules/study.md § 5.
    """

    def visible_to(self, actor: Actor, area: Area = Area.WORK_EDIT) -> Self:
        """Return those of units whose work the actor records, and one's own."""
        if actor.is_system:
            return self
        own = Participant.objects.own(actor).values("pk")
        unit = "session__unit__" if self.model is StudyAttendance else "unit__"
        return self.filter(in_reach(actor, area, unit) | Q(participant__in=own))


class StudyAttendance(models.Model):
    """How one person was at one session."""

    class How(models.TextChoices):
        PRESENT = "PRESENT", _("present")
        LATE = "LATE", _("came late")
        EXCUSED = "EXCUSED", _("absent with a reason")
        ABSENT = "ABSENT", _("absent without a reason")

    STUDIED: ClassVar = (How.PRESENT, How.LATE)

    session = models.ForeignKey(StudySession, models.CASCADE, related_name="+")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    how = models.CharField(max_length=10, choices=How.choices, default=How.PRESENT)

    objects = OfPeopleQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["session", "participant"], name="studyattendance_once_a_session"
            ),
        )


class Essay(models.Model):
    """That one person handed in the essay on a document; never its text."""

    class Judgement(models.TextChoices):
        NONE = "", _("not judged yet")
        MET = "MET", _("meets what was asked")
        AGAIN = "AGAIN", _("to be written again")

    unit = models.ForeignKey(CampaignUnit, models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    document = models.ForeignKey(StudyDocument, models.CASCADE, related_name="+")
    handed_in_on = models.DateField(_("handed in on"))
    judgement = models.CharField(
        max_length=10, choices=Judgement.choices, blank=True, default=""
    )

    objects = OfPeopleQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["participant", "document"], name="essay_once_a_document"
            ),
        )
