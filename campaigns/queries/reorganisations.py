"""What the pages of reorganisations show of campaigns."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q, Sum

from campaigns.models import LEVEL_COLUMNS, Campaign, CampaignUnit, Tally
from members.models import Event, UnitChange, UnitDecision, UnitPart
from members.policy import Actor
from members.row_security import Purpose, opened_for


@dataclass(frozen=True, slots=True)
class CampaignCounts:
    """The figures of a whole campaign, as its root has them, and its open units."""

    units: int
    members: int
    members_assessed: int
    cells: int
    grassroots: int


@dataclass(frozen=True, slots=True)
class ChangedUnits:
    """The units that a decision changes in a campaign, by name, in tree order."""

    added: list[str]
    closed: list[str]
    changed: list[str]  # renamed, or with another unit above


@dataclass(frozen=True, slots=True)
class Offer:
    """A decision, and a running campaign that holds a unit which it names."""

    decision: UnitDecision
    campaign: Campaign
    is_applied: bool


def counts_of(campaign: Campaign) -> CampaignCounts:
    """Return the sums of a campaign's tallies; two queries."""
    sums: dict[str, tuple[int, int]] = {
        subject: (present, sum(levels))
        for subject, present, *levels in Tally.objects.filter(unit__campaign=campaign)
        .values_list("subject")
        .annotate(Sum("present"), *(Sum(column) for column in LEVEL_COLUMNS.values()))
    }
    members, assessed = sums.get(Tally.Subject.MEMBERS, (0, 0))
    return CampaignCounts(
        units=CampaignUnit.objects.filter(campaign=campaign, closed_on=None).count(),
        members=members,
        members_assessed=assessed,
        cells=sums.get(Tally.Subject.CELLS, (0, 0))[0],
        grassroots=sums.get(Tally.Subject.GRASSROOTS, (0, 0))[0],
    )


def units_held(campaign: Campaign) -> set[int]:
    """Return the numbers of the units that a campaign holds now; one query."""
    held = CampaignUnit.objects.filter(campaign=campaign, closed_on=None)
    return set(held.values_list("pk", flat=True))


def changed_units(
    campaign: Campaign, decision: UnitDecision, *, held_before: Collection[int]
) -> ChangedUnits:
    """Return what a decision that has just been applied changed; one query."""
    touched = CampaignUnit.objects.filter(campaign=campaign, decision=decision)
    found = ChangedUnits([], [], [])
    for pk, name, closed_on in touched.order_by("path").values_list(
        "pk", "name", "closed_on"
    ):
        if closed_on is not None:
            if pk in held_before:
                found.closed.append(name)
        elif pk in held_before:
            found.changed.append(name)
        else:
            found.added.append(name)
    return found


def offers_of(decisions: Sequence[UnitDecision], actor: Actor) -> list[Offer]:
    """Return in which running campaigns these decisions may be applied, or were.

    Of campaigns that the actor reaches as a whole, by the decisions' order. Five
    queries, whatever their number. A campaign that copied the units after a decision
    was carried out has it in its tree already and is no offer.
    """
    campaigns = list(Campaign.objects.editable_by(actor).running().order_by("pk"))
    named = _named_units(decisions)
    held = _held_units(campaigns, set().union(*named.values()))
    applied = _applied(campaigns)
    return [
        Offer(decision, campaign, (campaign.pk, decision.pk) in applied)
        for decision in decisions
        for campaign in campaigns
        if (campaign.pk, decision.pk) in applied
        or named[decision.pk] & held[campaign.pk]
        and _came_later(decision, campaign)
    ]


def _came_later(decision: UnitDecision, campaign: Campaign) -> bool:
    opened, applied = campaign.opened_at, decision.applied_at
    return opened is not None and applied is not None and applied >= opened


def _named_units(decisions: Sequence[UnitDecision]) -> dict[int, set[int]]:
    named: dict[int, set[int]] = defaultdict(set)
    changes = UnitChange.objects.filter(decision__in=decisions)
    parts = UnitPart.objects.filter(change__decision__in=decisions)
    rows = [
        *changes.values_list("decision_id", "unit_id", "target_id"),
        *parts.values_list("change__decision_id", "unit_id"),
    ]
    for decision_id, *units in rows:
        named[decision_id] |= {unit for unit in units if unit}
    return named


def _held_units(
    campaigns: Sequence[Campaign], live_unit_ids: Collection[int]
) -> dict[int, set[int]]:
    held: dict[int, set[int]] = defaultdict(set)
    rows = CampaignUnit.objects.filter(
        Q(closed_on=None), campaign__in=campaigns, live_unit__in=live_unit_ids
    )
    for campaign_id, live_unit_id in rows.values_list("campaign_id", "live_unit_id"):
        held[campaign_id].add(live_unit_id)
    return held


@opened_for(Purpose.LOG)
def _applied(campaigns: Sequence[Campaign]) -> set[tuple[int, int]]:
    events = Event.objects.filter(
        action="campaigns.reorganised",
        subject_kind=Campaign._meta.label_lower,
        subject_id__in=[campaign.pk for campaign in campaigns],
    )
    return {
        (campaign_id, data["decision"])
        for campaign_id, data in events.values_list("subject_id", "data")
    }
