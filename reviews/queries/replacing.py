"""What a campaign holds, beside what a file would put in its place."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from campaigns.contents import Contents
from campaigns.models import Campaign, CampaignBody, Participant


@dataclass(frozen=True, slots=True)
class Change:
    """A count of the campaign, before and after; `gone` is what the file lacks."""

    before: int
    after: int
    gone: int = 0

    @property
    def loses(self) -> bool:
        """Whether there is less than before, or something else instead."""
        return self.gone > 0 or self.after < self.before


@dataclass(frozen=True, slots=True)
class Replacement:
    """How the counts of a campaign change; `levels` are the members', by code."""

    units: Change
    rated_units: Change
    members: Change
    assessed: Change
    levels: dict[str, Change]

    @property
    def loses(self) -> bool:
        """Whether units, people or levels disappear; another level is no loss."""
        counts = (self.units, self.rated_units, self.members, self.assessed)
        return any(each.loses for each in counts)


def replacement_of(
    campaign: Campaign,
    contents: Contents,
    *,
    unit_ids: Sequence[int],
    member_ids: Sequence[int],
) -> Replacement:
    """Return what the results of a file change in a campaign that has some.

    The ids are those of the file's units and people in the registry. Call it before
    the results are erased; two queries.
    """
    bodies = CampaignBody.objects.filter(
        unit__campaign=campaign, kind=CampaignBody.Kind.ORGANISATION
    )
    units = dict(bodies.values_list("unit__live_unit_id", "level"))
    participants = Participant.objects.filter(campaign=campaign)
    people = dict(participants.values_list("member_id", "level"))
    return Replacement(
        units=_ids_changed(units, unit_ids),
        rated_units=_rated_changed(units.values(), contents.units.level),
        members=_ids_changed(people, member_ids),
        assessed=_rated_changed(people.values(), contents.people.level),
        levels=_levels_changed(people.values(), contents.people.level),
    )


def _ids_changed(before: Collection[int], after: Collection[int]) -> Change:
    return Change(len(before), len(after), len(set(before).difference(after)))


def _rated_changed(before: Collection[str], after: Collection[str]) -> Change:
    return Change(sum(map(bool, before)), sum(map(bool, after)))


def _levels_changed(
    before: Collection[str], after: Collection[str]
) -> dict[str, Change]:
    was, is_now = Counter(filter(None, before)), Counter(filter(None, after))
    return {code: Change(was[code], is_now[code]) for code in {**was, **is_now}}
