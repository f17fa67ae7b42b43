"""How far a peak is held: of the units that stand open and the bodies that take part."""

from dataclasses import dataclass

from campaigns.models import CampaignBody, CampaignUnit, Peak, PeakDay
from members.models import within
from members.policy import Actor, Area


@dataclass(frozen=True, slots=True)
class PeakLine:
    """One unit of the board: itself, and all of it that is held and expected."""

    unit: CampaignUnit
    day: PeakDay | None
    held: int
    expected: int


@dataclass(frozen=True, slots=True)
class PeakBoard:
    """The board of a unit: itself, and what stands directly below."""

    own: PeakLine
    bodies: list[tuple[CampaignBody, PeakDay | None]]
    below: list[PeakLine]


def peak_board(peak: Peak, unit: CampaignUnit, actor: Actor) -> PeakBoard:
    """Return how far a peak is held at a unit and below; three queries.

    The caller got the unit through a scope; lines below are those in reach.
    """
    reached = CampaignUnit.objects.visible_to(actor, Area.WORK)
    units = list(
        reached.filter(
            within([unit.path]), campaign=peak.campaign_id, closed_on=None
        ).order_by("path")
    )
    bodies = list(
        CampaignBody.objects.filter(unit__in=units)
        .filter(kind__in=("AUTHORITY", "FATHERLAND_FRONT", "MASS_ORGANISATION"))
        .order_by("kind", "pk")
    )
    seen = PeakDay.objects.visible_to(actor).filter(peak=peak, unit__in=units)
    days = {(day.unit_id, day.body_id): day for day in seen}
    path_of = {each.pk: each.path for each in units}
    expected = [each.path for each in units]
    expected += [path_of[body.unit_id] for body in bodies]
    held = [path_of[day.unit_id] for day in days.values() if day.is_held]

    def line(of: CampaignUnit) -> PeakLine:
        return PeakLine(
            of,
            days.get((of.pk, None)),
            sum(path.startswith(of.path) for path in held),
            sum(path.startswith(of.path) for path in expected),
        )

    return PeakBoard(
        own=line(unit),
        bodies=[
            (body, days.get((unit.pk, body.pk)))
            for body in bodies
            if body.unit_id == unit.pk
        ],
        below=[line(each) for each in units if each.parent_id == unit.pk],
    )
