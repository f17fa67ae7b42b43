"""Opening a campaign and fixing its roll: two dated acts (ADR 1)."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns import rulesets
from campaigns.contents import NO_PARENT, Contents, PeopleTable, Status, UnitTable
from campaigns.lifecycle import State, may_follow
from campaigns.models import (
    Campaign,
    CampaignBody,
    CampaignUnit,
    ForeseenBody,
    Participant,
    Placement,
)
from campaigns.services import locking, running, worlds
from campaigns.services.following import paused_among
from members import dates, events
from members.bulk import batches
from members.models import Member, Membership, PartyUnit, within
from members.policy import Actor
from members.row_security import Purpose, opened_for
from members.services.versions import ChangedMeanwhile


class CampaignNotChangeable(Exception):
    """The campaign does not take this act now; the text says why.

    `change_id`: which change of a decision it is, where it is one of them.
    """

    change_id: int | None = None


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
    with transaction.atomic():
        locking.hold_campaign_code(code)
        if Campaign.objects.coded(code).exists():
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


@opened_for(Purpose.ACT)
def open_campaign(
    *,
    campaign: Campaign,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    system_reason: str = "",
) -> Campaign:
    """Open: keep the resolved rule set, copy the tree and the people as of today.

    `version`: that of the campaign, as it was shown.
    Raises: ChangedMeanwhile; CampaignNotChangeable if it is not a draft, its root is
        closed, or another campaign of the year holds a unit of this subtree.
    """
    with transaction.atomic():
        # First, so that who is being admitted or transferred is on the roll or waits.
        locking.hold_subtree(campaign.root_unit_id)
        locked = held_before(campaign, State.OPEN, version=version)
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
        _found_bodies(locked)
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


@opened_for(Purpose.ACT)
def fix_roll(
    *,
    campaign: Campaign,
    actor: Actor,
    now: datetime,
    version: int | None = None,
    system_reason: str = "",
) -> Campaign:
    """Fix who and which tree count ("Chốt danh sách"); from here nothing flows in.

    `version`: that of the campaign, as it was shown.
    Raises: ChangedMeanwhile; CampaignNotChangeable if it is not open, or was fixed
        before.
    """
    with transaction.atomic():
        locked = held_before(campaign, State.ROLL_FIXED, version=version)
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


def _found_bodies(campaign: Campaign) -> None:
    """Let the bodies that the plan foresees take part, at the root.

    Source: docs/rules/campaign-plan.md § 2.6.
    """
    root = CampaignUnit.objects.get(campaign=campaign, parent=None)
    CampaignBody.objects.bulk_create(
        CampaignBody(unit=root, kind=body.kind, name=body.name)
        for body in ForeseenBody.objects.filter(campaign=campaign, unit=None)
    )


def keep_rules(campaign: Campaign) -> None:
    """Store the resolved rule set in the campaign with its digest."""
    resolved = rulesets.resolve(campaign.rule_set_code)
    campaign.rule_set_resolved = resolved
    campaign.rule_set_sha256 = rulesets.sha256(resolved)
    campaign.__dict__.pop("rules", None)  # what the draft read from the file


def refuse_overlap(campaign: Campaign, live_unit_ids: Collection[int]) -> None:
    """Refuse a second campaign of one year that holds one of these units.

    The caller holds the units (`locking`), so that of two campaigns that want them
    at once the second sees the first.
    Raises: CampaignNotChangeable, naming the other campaign.
    """
    others = CampaignUnit.objects.filter(
        campaign__year=campaign.year, closed_on=None
    ).exclude(campaign=campaign.pk)
    for some in batches(sorted(live_unit_ids)):
        double = others.filter(live_unit__in=some).select_related("campaign").first()
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


def held_before(
    campaign: Campaign, following: State, *, version: int | None
) -> Campaign:
    """Return the campaign, held until the transaction ends, before its next state.

    `version`: that of the campaign, as it was shown.
    Raises: CampaignNotChangeable if that state does not follow; ChangedMeanwhile.
    """
    locked = (
        Campaign.objects.select_for_update(of=("self",), no_key=True)
        .select_related("root_unit")
        .get(pk=campaign.pk)
    )
    if not may_follow(State(locked.state), following):
        raise CampaignNotChangeable(running.state_refused(locked))
    if version not in (None, locked.version):
        raise ChangedMeanwhile(locked)
    return locked


def refuse_closed_root(root: PartyUnit) -> None:
    """Raises: CampaignNotChangeable if the unit is closed."""
    if root.closed_on is not None:
        raise CampaignNotChangeable(
            _("%(unit)s was closed on %(day)s.")
            % {"unit": root.name, "day": dates.display_day(root.closed_on)}
        )


def _live_world(root: PartyUnit) -> tuple[Contents, list[int], list[int]]:
    """Return the live subtree and its people as a campaign's contents."""
    refuse_closed_root(root)
    live = PartyUnit.objects.open().in_subtree_of(root).order_by("path")
    rows = list(live.values_list("pk", "parent_id", "code", "name", "kind", "sector"))
    ids, parents, codes, names, kinds, sectors = map(list, zip(*rows, strict=True))
    at_of = {pk: at for at, pk in enumerate(ids)}
    units = UnitTable(
        code=codes,
        name=names,
        parent=[NO_PARENT, *(at_of[pk] for pk in parents[1:])],
        kind=kinds,
        sector=sectors,
        level=[""] * len(ids),
        row=list(range(len(ids))),
    )
    people, member_ids = _live_people(root, at_of)
    return Contents(units, people), ids, member_ids


def _live_people(
    root: PartyUnit, at_of: Mapping[int, int]
) -> tuple[PeopleTable, list[int]]:
    belongs = Membership.objects.current().official()
    below = belongs.filter(within([root.path], "unit__path"))
    rows = (
        below.filter(unit__closed_on=None)
        .order_by("pk")
        .values_list(
            "member_id",
            "unit_id",
            "member__code",
            "member__full_name",
            "member__born_on",
            "member__gender",
            "member__admitted_on",
            "member__official_on",
        )
    )
    columns = [list(column) for column in zip(*rows, strict=True)] or [[]] * 8
    member_ids, unit_ids, codes, names, births, genders, admitted, official = columns
    count = len(member_ids)
    paused = paused_among(below.values("member"))
    exemplary = _exemplary_below(root)
    people = PeopleTable(
        code=codes,
        full_name=names,
        born_on=births,
        gender=genders,
        unit=[at_of[pk] for pk in unit_ids],
        admitted_on=admitted,
        official_on=official,
        status=[Status(paused.get(pk, Status.NOT_REVIEWED)) for pk in member_ids],
        level=[""] * count,
        reason=[""] * count,
        row=[0] * count,
        exemplarity=[exemplary.get(pk, worlds.ORDINARY) for pk in member_ids],
    )
    return people, member_ids


def _exemplary_below(root: PartyUnit) -> dict[int, str]:
    """Return the level of those of the subtree who are more than ordinary members.

    Source: docs/rules/rolls.md § 11.
    """
    leading = Member.objects.on_the_roll_of(root.path).leading().with_exemplarity()
    return {member.pk: member.exemplarity_now for member in leading}
