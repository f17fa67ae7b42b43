"""Figures from before the system: entered as they were published, never worked out."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from members.fields import ByteOrderField, NFCField
from members.models.scope import reachable
from members.models.units import PartyUnit
from members.policy import Actor, Area


class OpeningFigureQuerySet(models.QuerySet["OpeningFigure"]):
    def visible_to(self, actor: Actor, area: Area = Area.FIGURES) -> Self:
        """Return the figures entered for the units in reach."""
        return self.filter(reachable(actor, area, "unit__"))

    def editable_by(self, actor: Actor) -> Self:
        """Return the last versions for the units whose results the actor writes."""
        return self.latest_versions().filter(reachable(actor, Area.IMPORT, "unit__"))

    def latest_versions(self) -> Self:
        """Return the rows that no later one corrects."""
        later = OpeningFigure.objects.filter(replaces=OuterRef("pk"))
        return self.filter(~Exists(later))

    def counting(self) -> Self:
        """Return the last versions that were not taken back."""
        return self.latest_versions().filter(value__isnull=False)


class OpeningFigure(models.Model):
    """One figure of a unit with all below it, over days (half-open), and its source.

    Rows are only added: a correction `replaces` the row before, one without a value
    takes it back. What was counted on one day has a period of this day.
    """

    unit = models.ForeignKey(PartyUnit, models.PROTECT, related_name="+")
    kind = ByteOrderField(_("what was counted"), max_length=40)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    value = models.PositiveIntegerField(_("figure"), null=True)
    source = NFCField(_("source"), max_length=255)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )

    objects = OpeningFigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("opening figure")
        constraints = (
            models.UniqueConstraint(
                fields=["unit", "kind", "from_on", "until_on"],
                condition=Q(replaces__isnull=True),
                name="openingfigure_entered_once",
            ),
            models.CheckConstraint(
                condition=Q(until_on__gt=F("from_on")),
                name="openingfigure_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(replaces__isnull=False),
                name="openingfigure_taken_back_is_a_correction",
            ),
        )
