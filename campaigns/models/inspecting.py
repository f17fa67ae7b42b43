"""Yearly programmes of inspection and supervision of a unit."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.fields import ByteOrderField, NFCField
from members.models import PartyUnit, reachable
from members.policy import Actor, Area


class InspectionProgrammeQuerySet(models.QuerySet["InspectionProgramme"]):
    def visible_to(self, actor: Actor, area: Area = Area.RECORDS) -> Self:
        """Return those of the units in reach."""
        return self.filter(reachable(actor, area, "unit__"))

    def editable_by(self, actor: Actor) -> Self:
        """Return those of the units whose records the actor keeps."""
        return self.filter(reachable(actor, Area.RECORDS_EDIT, "unit__"))


class InspectionProgramme(models.Model):
    """What a unit means to inspect and supervise in a year, by its document."""

    unit = models.ForeignKey(PartyUnit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("Year"))
    document = NFCField(_("Document"), max_length=255)

    objects = InspectionProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme of inspection")
        constraints = (
            models.UniqueConstraint(
                fields=["unit", "year"], name="inspectionprogramme_once_a_year"
            ),
            models.CheckConstraint(
                condition=~Q(document=""),
                name="inspectionprogramme_stands_on_a_document",
            ),
        )


class PlannedInspectionQuerySet(models.QuerySet["PlannedInspection"]):
    def visible_to(self, actor: Actor, area: Area = Area.RECORDS) -> Self:
        """Return those of the programmes of the units in reach."""
        return self.filter(reachable(actor, area, "programme__unit__"))


class PlannedInspection(models.Model):
    """One visit of a programme: of which kind, to whom, by when."""

    programme = models.ForeignKey(InspectionProgramme, models.CASCADE, related_name="+")
    kind = ByteOrderField(_("Which kind"), max_length=40)
    subject = models.ForeignKey(PartyUnit, models.PROTECT, related_name="+")
    due_on = models.DateField(_("By"))

    objects = PlannedInspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("planned inspection")
