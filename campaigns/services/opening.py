"""Opening a campaign and fixing its roll: two dated acts (design: idea 1)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns import rulesets
from campaigns.contents import NO_PARENT, Contents, PeopleTable, Status, UnitTable
from campaigns.lifecycle import State, may_follow
from campaigns.models import Campaign, CampaignUnit, Participant, Placement
from campaigns.services import worlds
from members import events
from members.models import Membership, PartyUnit
from members.policy import Actor


BATCH = 5_000  # units in one look-up


class CampaignNotChangeable(Exception):
    """The campaign does not take this act now; the text says why."""


def create_campaign(
    *,
    code: str,
    name: str,
    year: int,
    root_unit: PartyUnit,
    rule_set_code: str,
    mode: Campaign.Mode = Campaign.Mode.FULL_TEXT,
    theme: str = "",
) -> Campaign:
    """Prepare a campaign as a draft.

    Raises: CampaignNotChangeable if the code is taken.
    """
    if Campaign.objects.filter(code=code).exists():
        raise CampaignNotChangeable(_("The campaign code %s is taken.") % code)
    return Campaign.objects.create(
        code=code,
        name=name,
        theme=theme,
        year=year,
        mode=mode,
        root_unit=root_unit,
        rule_set_code=rule_set_code,
    )


def open_campaign(
    *, campaign: Campaign, actor: Actor, now: datetime, system_reason: str = ""
) -> Campaign:
    """Open: keep the resolved rule set, copy the tree and the people as of today.

    Raises: CampaignNotChangeable if it is not a draft, or another campaign of the
        year holds a unit of this subtree.
    """
    with transaction.atomic():
        locked = _locked(campaign, State.OPEN)
        contents, live_unit_ids, member_ids = _live_world(locked.root_unit)
        refuse_overlap(locked, live_unit_ids)
        keep_rules(locked)
        locked.opened_at = now
        locked.state = Campaign.State.OPEN
        locked.version += 1
        locked.save()
        worlds.write_world(
            locked,
            contents,
            live_unit_ids=live_unit_ids,
            member_ids=member_ids,
            on=timezone.localdate(now),
            event=Placement.Event.OPENING,
        )
        events.record(
            action="campaigns.opened",
            subject=locked,
            actor=actor,
            now=now,
            unit=locked.root_unit,
            data={"units": len(live_unit_ids), "people": len(member_ids)},
            system_reason=system_reason,
        )
    return locked


def fix_roll(
    *, campaign: Campaign, actor: Actor, now: datetime, system_reason: str = ""
) -> Campaign:
    """Fix who and which tree count ("Chốt danh sách"); from here nothing flows in.

    Raises: CampaignNotChangeable if it is not open, or was fixed before.
    """
    with transaction.atomic():
        locked = _locked(campaign, State.ROLL_FIXED)
        locked.roll_fixed_at = now
        locked.state = Campaign.State.ROLL_FIXED
        locked.version += 1
        locked.save(update_fields=["roll_fixed_at", "state", "version"])
        people = Participant.objects.filter(campaign=locked)
        events.record(
            action="campaigns.roll_fixed",
            subject=locked,
            actor=actor,
            now=now,
            unit=locked.root_unit,
            data={"present": people.counted().count(), "all": people.count()},
            system_reason=system_reason,
        )
    return locked


def keep_rules(campaign: Campaign) -> None:
    """Store the resolved rule set in the campaign with its digest."""
    resolved = rulesets.resolve(campaign.rule_set_code)
    campaign.rule_set_resolved = resolved
    campaign.rule_set_sha256 = rulesets.sha256(resolved)
    campaign.__dict__.pop("rules", None)  # what the draft read from the file


def refuse_overlap(campaign: Campaign, live_unit_ids: Sequence[int]) -> None:
    """Refuse a second campaign of one year that holds one of these units.

    Raises: CampaignNotChangeable, naming the other campaign.
    """
    of_the_year = CampaignUnit.objects.filter(campaign__year=campaign.year)
    others = of_the_year.exclude(campaign=campaign.pk)
    for start in range(0, len(live_unit_ids), BATCH):
        batch = live_unit_ids[start : start + BATCH]
        double = others.filter(live_unit__in=batch).select_related("campaign").first()
        if double is not None:
            raise CampaignNotChangeable(
                _(
                    "%(unit)s takes part in “%(other)s” of %(year)s already: a unit "
                    "is in one campaign a year."
                )
                % {
                    "unit": double.name,
                    "other": double.campaign.name,
                    "year": str(campaign.year),
                }
            )


def _locked(campaign: Campaign, following: State) -> Campaign:
    locked = (
        Campaign.objects.select_for_update(of=("self",))
        .select_related("root_unit")
        .get(pk=campaign.pk)
    )
    if not may_follow(State(locked.state), following):
        raise CampaignNotChangeable(
            _("“%(name)s” is in the state “%(state)s” and does not take this act.")
            % {"name": locked.name, "state": locked.get_state_display()}
        )
    return locked


def _live_world(root: PartyUnit) -> tuple[Contents, list[int], list[int]]:
    """Return the live subtree and its people as a campaign's contents."""
    units = UnitTable()
    at_of: dict[int, int] = {}
    live = PartyUnit.objects.open().in_subtree_of(root).order_by("path")
    for at, unit in enumerate(live):
        at_of[unit.pk] = at
        units.code.append(unit.code)
        units.name.append(unit.name)
        units.parent.append(at_of[unit.parent_id] if at else NO_PARENT)  # type: ignore[index]  # only the root may have none
        units.kind.append(unit.kind)
        units.sector.append(unit.sector)
        units.level.append("")
        units.row.append(at)
    people, member_ids = _live_people(at_of)
    return Contents(units, people), list(at_of), member_ids


def _live_people(at_of: dict[int, int]) -> tuple[PeopleTable, list[int]]:
    people, member_ids = PeopleTable(), []
    belongs = Membership.objects.current().official().filter(unit__in=list(at_of))
    for membership in belongs.select_related("member").order_by("pk"):
        member = membership.member
        member_ids.append(member.pk)
        people.code.append(member.code)
        people.full_name.append(member.full_name)
        people.born_on.append(member.born_on)
        people.gender.append(member.gender)
        people.unit.append(at_of[membership.unit_id])
        people.admitted_on.append(member.admitted_on)
        people.official_on.append(member.official_on)
        people.status.append(Status.NOT_REVIEWED)
        people.level.append("")
        people.reason.append("")
        people.row.append(0)
    return people, member_ids
