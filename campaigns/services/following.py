"""How open campaigns follow the live roll: who is placed, who has gone, who counts.

Until the roll of a campaign is fixed; the acts on the roll (`movements`) and what
replays a decision or applies a late change call these.

Source: docs/rules/lifecycle.md § 3.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import F, QuerySet

from campaigns.models import Campaign, CampaignUnit, Participant, Placement
from campaigns.services import locking, tallies
from members.bulk import ROWS
from members.models import ActivityPause, Member, Membership, PartyUnit
from members.paths import ancestry


def place(
    campaign: Campaign,
    homes: Mapping[int, int],
    *,
    on: date,
    event: Placement.Event,
) -> set[int]:
    """Place people in units of a campaign from a day on; who is new to it joins.

    Returns the units in which others are placed than before.

    `homes` has the campaign unit's id by the member's. Who is there already stays
    untouched. The caller holds the units (`tallies.changing`).
    """
    known = _known(campaign, homes)
    open_ones = _open_placements(known.values())
    joining = _joining(campaign, homes.keys() - known.keys())
    ended, begun = [], []
    for member_id, participant in (known | joining).items():
        current = open_ones.get(participant.pk)
        if current is not None and current.unit_id == homes[member_id]:
            continue
        from_on = max(on, current.from_on) if current else on
        if current is not None:
            current.until_on = from_on
            ended.append(current)
        begun.append(
            Placement(
                participant=participant,
                unit_id=homes[member_id],
                from_on=from_on,
                event=event,
            )
        )
    Placement.objects.bulk_update(ended, ["until_on"], batch_size=ROWS)
    Placement.objects.bulk_create(begun, batch_size=ROWS)
    moved = {each.participant_id for each in begun}
    _mark(
        [each.pk for each in known.values() if each.pk in moved],
        Participant.Presence.PRESENT,
    )
    return {each.unit_id for each in (*ended, *begun)}


def follow_entered(
    homes: Mapping[int, int], *, on: date, event: Placement.Event
) -> None:
    """Let open campaigns take in many people who are new to the registry.

    `homes` has the cell's id by the member's. A cell that a campaign does not hold is
    outside it, as for one person. The caller holds the cells.
    """
    cells = PartyUnit.objects.filter(pk__in=set(homes.values()))
    around = {
        above
        for path in cells.values_list("path", flat=True)
        for above in ancestry(path)
    }
    for campaign in locking.hold_campaigns_with(around):
        held = dict(
            CampaignUnit.objects.filter(
                campaign=campaign, live_unit__in=cells, closed_on=None
            ).values_list("live_unit_id", "pk")
        )
        entering = {
            member_id: held[cell] for member_id, cell in homes.items() if cell in held
        }
        if entering:
            with tallies.changing(set(entering.values())):
                place(campaign, entering, on=on, event=event)


def let_go(
    placements: Iterable[Placement], *, on: date, presence: Participant.Presence
) -> list[int]:
    """End these placements and mark their people as gone; return who (participants).

    A placement never ends before the day on which it began. The caller holds the
    units (`tallies.changing`).
    """
    ended = list(placements)
    for placement in ended:
        placement.until_on = max(on, placement.from_on)
    Placement.objects.bulk_update(ended, ["until_on"], batch_size=ROWS)
    gone = [each.participant_id for each in ended]
    _mark(gone, presence)
    return gone


def is_inside(campaign: Campaign, path: str) -> bool:
    """Tell whether the live unit at a path is, or stands below, one of a campaign's."""
    held = CampaignUnit.objects.filter(campaign=campaign, closed_on=None)
    return held.filter(live_unit__path__in=ancestry(path)).exists()


def follow(member: Member, *, on: date, event: Placement.Event) -> None:
    """Bring open campaigns in line with where somebody belongs now.

    A unit that a campaign does not hold is outside it, unless it stands below one
    that it holds: then it came by a reorganisation that nobody has applied there,
    and the person stays where the campaign knows them.
    """
    home = live_home(member)
    assert home is not None  # who is admitted or transferred has one
    for campaign in locking.hold_campaigns_of(member, around=ancestry(home.path)):
        bring_in_line(campaign, member, home, on=on, event=event)


def bring_in_line(
    campaign: Campaign,
    member: Member,
    home: PartyUnit | None,
    *,
    on: date,
    event: Placement.Event,
) -> None:
    """Count somebody in a campaign where the live roll has them (`live_home`).

    The caller holds the campaign.
    """
    if home is None:
        _let_one_go(campaign, member, on=on, died=_has_died(member))
        return
    held = CampaignUnit.objects.filter(
        campaign=campaign, live_unit=home, closed_on=None
    ).first()
    if held is not None:
        with tallies.changing({held.pk, *_units_of(campaign, member)}):
            place(campaign, {member.pk: held.pk}, on=on, event=event)
    elif not is_inside(campaign, home.path):
        _let_one_go(campaign, member, on=on, died=False)


def live_home(member: Member) -> PartyUnit | None:
    """Return the cell that somebody belongs to officially; None after the end."""
    belongs = Membership.objects.current().official().filter(member=member)
    return PartyUnit.objects.filter(pk__in=belongs.values("unit")).first()


def _has_died(member: Member) -> bool:
    ended = Membership.objects.official().filter(member=member)
    return ended.filter(ending=Membership.Ending.DIED).exists()


def let_go_everywhere(member: Member, *, on: date, died: bool) -> None:
    """Mark somebody as gone in every open campaign that knows them."""
    for campaign in locking.hold_campaigns_of(member, around=()):
        _let_one_go(campaign, member, on=on, died=died)


def count_as(member: Member, status: Participant.Status) -> None:
    """Let open campaigns count a person so; who was assessed there keeps the level."""
    for campaign in locking.hold_campaigns_of(member, around=()):
        people = Participant.objects.filter(campaign=campaign, member=member, level="")
        with tallies.changing(_units_of(campaign, member)):
            people.update(status=status, version=F("version") + 1)


def _let_one_go(campaign: Campaign, member: Member, *, on: date, died: bool) -> None:
    gone = Participant.Presence.DIED if died else Participant.Presence.LEFT
    with tallies.changing(_units_of(campaign, member)):
        let_go(_placements_of(campaign, member), on=on, presence=gone)


def _placements_of(campaign: Campaign, member: Member) -> QuerySet[Placement]:
    return Placement.objects.open().filter(
        participant__campaign=campaign, participant__member=member
    )


def _units_of(campaign: Campaign, member: Member) -> list[int]:
    return list(_placements_of(campaign, member).values_list("unit_id", flat=True))


def _mark(participant_ids: Collection[int], presence: Participant.Presence) -> None:
    """Say that people are here or gone, in a new version of their rows."""
    people = Participant.objects.filter(pk__in=participant_ids)
    people.update(presence=presence, version=F("version") + 1)


def _known(campaign: Campaign, member_ids: Collection[int]) -> dict[int, Participant]:
    people = Participant.objects.filter(campaign=campaign, member__in=member_ids)
    return {participant.member_id: participant for participant in people}


def _joining(campaign: Campaign, member_ids: Collection[int]) -> dict[int, Participant]:
    """Make rows in the campaign for people who have none there."""
    people = Member.objects.filter(pk__in=member_ids).with_exemplarity()
    paused = paused_among(member_ids)
    made = Participant.objects.bulk_create(
        [_copy_of(member, campaign, paused) for member in people.order_by("pk")],
        batch_size=ROWS,
    )
    return {participant.member_id: participant for participant in made}


def paused_among(member_ids: Collection[int] | QuerySet) -> dict[int, str]:
    """Return who of them is exempt or suspended now, and which of both."""
    current = ActivityPause.objects.current().filter(member__in=member_ids)
    return dict(current.values_list("member_id", "kind"))


def _copy_of(
    member: Member, campaign: Campaign, paused: Mapping[int, str]
) -> Participant:
    return Participant(
        campaign=campaign,
        status=paused.get(member.pk, Participant.Status.NOT_REVIEWED),
        member=member,
        exemplarity=member.exemplarity_now,
        full_name=member.full_name,
        sort_key=member.sort_key,
        born_on=member.born_on,
        gender=member.gender,
        admitted_on=member.admitted_on,
        official_on=member.official_on,
    )


def _open_placements(participants: Iterable[Participant]) -> dict[int, Placement]:
    placements = Placement.objects.open().filter(participant__in=list(participants))
    return {placement.participant_id: placement for placement in placements}
