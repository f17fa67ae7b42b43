"""What every matter says of itself, and of those that end with a step of the year."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from django.db.models import QuerySet

from campaigns.models import CampaignUnit, Extension, PersonalExtension, Phase
from campaigns.models.matters import MATTERS
from campaigns.queries.phases import spans_of_units
from campaigns.reminding import STAYS_BELOW
from campaigns.reminding import Matter as Code
from campaigns.steps import Step, moved_by
from members.policy import Area
from members.row_security import Purpose, opened_for

DAY = timedelta(days=1)
Promise = Any  # a sentence that is put into words when it is read


@dataclass(frozen=True, slots=True)
class Waiting:
    """That a unit has not done a matter by a last day, and what of it is not done.

    Shape: `missing` people or parts that are not there; `sent` wait for the unit's own
        answer; `names` of the parts, where the matter has several.
    """

    unit_id: int
    last_day: date | None
    missing: int = 1
    sent: int = 0
    from_on: date | None = None
    names: tuple[str, ...] = ()


class Matter(ABC):
    """Something that units, or the people in them, do by a last day.

    `here` is the sentence for the committee of the unit, `above` that for the level
    above, in a number of units.
    """

    code: ClassVar[Code]
    here: ClassVar[Promise]
    above: ClassVar[Promise]
    # By which area a post of the unit acts on it.
    area: ClassVar[Area] = Area.WORK_EDIT
    # Whether its last day may have moved meanwhile, or stands in the calendar.
    may_move: ClassVar[bool] = False

    @property
    def name(self) -> str:
        """What it is called."""
        return str(dict(MATTERS)[self.code])

    @property
    def goes_up(self) -> bool:
        """Whether the level above is told how many units have not done it."""
        return self.code not in STAYS_BELOW

    @abstractmethod
    def known_last_days(self, campaign_id: int) -> set[date]:
        """Return every day on which it may end for anybody in the campaign."""

    @abstractmethod
    def waiting(
        self, units: QuerySet[CampaignUnit], *, among: Collection[date] | None = None
    ) -> list[Waiting]:
        """Return which of the units have not done it, of these last days.

        Without `among` of whatever last day. A fixed number of queries.
        """

    def sentence(self, unit: CampaignUnit, waiting: Waiting) -> str:
        """Return what the committee of the unit is told."""
        words = {
            "unit": unit.name,
            "missing": waiting.missing,
            "waiting": waiting.sent,
            "names": "; ".join(waiting.names),
        }
        return str(self.here % words)

    def upward(self, unit: CampaignUnit, count: int) -> str:
        """Return what the level above is told: in numbers of units below it."""
        return str(self.above % {"unit": unit.name, "count": count})


class OfStep(Matter):
    """A matter that ends with a step of the year, by its phase and longer times."""

    step: ClassVar[Step]
    may_move = True

    @opened_for(Purpose.RETALLY)
    def known_last_days(self, campaign_id: int) -> set[date]:
        """Return the ends of phases and of longer times; three queries."""
        phases = Phase.objects.filter(campaign=campaign_id, step=self.step)
        ends = set(phases.values_list("until_on", flat=True))
        for longer in (Extension, PersonalExtension):
            times = longer.objects.filter(
                campaign=campaign_id, step__in=moved_by(self.step)
            )
            ends |= set(times.values_list("until_on", flat=True))
        return {end - DAY for end in ends}

    def waiting(
        self, units: QuerySet[CampaignUnit], *, among: Collection[date] | None = None
    ) -> list[Waiting]:
        """Return the units that are not through; two queries."""
        counts = {pk: rest for pk, *rest in self.not_through(units)}
        spans = spans_of_units(counts, step=self.step)
        found = []
        for pk, (missing, sent) in counts.items():
            span = spans.get(pk)
            last_day = span.last_day if span else None
            if among is None or last_day in among:
                begins = span.from_on if span else None
                found.append(Waiting(pk, last_day, missing, sent, begins))
        return found

    @abstractmethod
    def not_through(
        self, units: QuerySet[CampaignUnit]
    ) -> Iterable[tuple[int, int, int]]:
        """Yield of each unit that is not through: its number, how many, how many sent."""
