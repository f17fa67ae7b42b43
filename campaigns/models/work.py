"""What a unit does as a collective: who reads its rows, and who records them."""

from typing import Any, ClassVar, Generic, Self, TypeVar

from django.db import models
from django.db.models import Q

from campaigns.models.campaign import CampaignUnit, in_reach
from campaigns.models.people import of_own_units
from members.policy import Actor, Area

Row = TypeVar("Row", bound=models.Model)


class WorkQuerySet(models.QuerySet[Row], Generic[Row]):
    """Rows of units; each model says by which look-up its unit is reached.

    Source: docs/rules/programmes.md § 1.
    """

    def visible_to(self, actor: Actor, area: Area = Area.WORK) -> Self:
        """Return those of units in reach, and of the units that one belongs to."""
        if actor.is_system:
            return self
        return self.filter(in_reach(actor, area, self._unit) | self._own(actor))

    def editable_by(self, actor: Actor) -> Self:
        """Return those of units whose work the actor records."""
        return self.filter(in_reach(actor, Area.WORK_EDIT, self._unit))

    def _own(self, actor: Actor) -> Q:
        return of_own_units(actor, self._unit)

    @property
    def _unit(self) -> str:
        model: Any = self.model
        return f"{model.UNIT}__"


class OfUnit(models.Model):
    """A row that a unit keeps of its own work; people edit it."""

    UNIT: ClassVar[str] = "unit"  # the look-up to the campaign's unit

    unit = models.ForeignKey(CampaignUnit, models.CASCADE, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
