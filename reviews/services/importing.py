"""Results of a campaign, written as a whole or not at all.

A workbook, a scenario and a generated province all end here.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import partial

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaigns.contents import NO_PARENT, Contents
from campaigns.models import (
    Campaign,
    CampaignBody,
    CampaignUnit,
    Participant,
    Placement,
    Tally,
)
from campaigns.services import locking, opening, worlds
from members import bulk, events
from members.models import Member, Membership, NameWord, PartyUnit
from members.paths import is_within
from members.policy import Actor, Area
from members.queries.likenesses import Likeness
from members.row_security import Purpose, opened_for
from members.services import registering, units
from reviews.queries.replacing import Replacement, replacement_of

Progress = Callable[[int], None]

# What an import writes many rows of, of which PostgreSQL must not think it has none.
WRITTEN = (
    PartyUnit,
    Member,
    NameWord,
    Membership,
    CampaignUnit,
    CampaignBody,
    Participant,
    Placement,
    Tally,
)


class ResultsNotImportable(Exception):
    """The campaign does not take these results; the text says why."""


class CodesTaken(ResultsNotImportable):
    """Codes of these results are taken out of reach; `taken` has their places."""

    def __init__(self, taken: registering.CodeTaken) -> None:
        super().__init__(str(taken))
        self.taken = taken


class Act(StrEnum):
    """What an import did."""

    CREATED = "CREATED"
    REPLACED = "REPLACED"
    UNCHANGED = "UNCHANGED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Which campaign the results are for, and who brings them."""

    campaign_code: str
    rule_set_code: str
    year: int
    actor: Actor
    now: datetime
    file_sha256: str
    name: str = ""
    theme: str = ""
    mode: Campaign.Mode = Campaign.Mode.RESULTS_ONLY
    within: PartyUnit | None = None  # None: a command on the server
    system_reason: str = ""


@dataclass(slots=True)
class Outcome:
    """What an import did, and what the registry gained or says otherwise.

    `likenesses` tells by the row of somebody new who on the rolls looks the same, and
    `replacement` what became of the results that were there before.
    """

    act: Act
    campaign: Campaign
    new_units: int = 0
    new_members: int = 0
    differences: list[registering.Difference] = field(default_factory=list)
    likenesses: dict[int, list[Likeness]] = field(default_factory=dict)
    replacement: Replacement | None = None


@opened_for(Purpose.IMPORT)
def import_results(
    contents: Contents,
    order: Order,
    *,
    on_progress: Progress = lambda percent: None,
    compares: bool = False,
) -> Outcome:
    """Write tree, roll and results of a campaign; the registry gains what it lacks.

    A new code creates the campaign, opens it and fixes its roll; a known one has its
    tree, roll and results replaced as a whole, as one logged act, while nothing but
    imports has written to it. The same content changes nothing. With `compares` it
    also looks for people on the rolls that the actor reads who look like somebody new.
    Raises: ResultsNotImportable for another rule set or year, a campaign that was
        worked on by hand, a unit that is in another campaign of the year, a tree that
        gets too deep, a file that leaves `order.within` (CodesTaken where its codes
        do); the database is then as before.
    """
    digest = contents.digest()
    with _refusing(), transaction.atomic():
        locking.hold_codes(contents.units.code)
        locking.hold_new_people(contents.people.code)
        locking.hold_campaign_code(order.campaign_code)
        campaign = _existing(order)
        if campaign is not None and campaign.imported_digest == digest:
            return Outcome(Act.UNCHANGED, campaign)
        if campaign is not None and worlds.holds_more(campaign):
            raise _worked_on(campaign)
        on_progress(5)
        registered = _register(contents, order, compares=compares)
        on_progress(50)
        act, replacement = Act.CREATED, None
        if campaign is not None:
            act = Act.REPLACED
            replacement = replacement_of(
                campaign,
                contents,
                unit_ids=registered.unit_ids,
                member_ids=registered.member_ids,
            )
        campaign = _prepared(campaign, contents, order, registered, digest)
        worlds.write_world(
            campaign,
            contents,
            live_unit_ids=registered.unit_ids,
            member_ids=registered.member_ids,
            on=date(order.year, 12, 31),
            event=Placement.Event.IMPORT,
        )
        on_progress(95)
        _record(act, campaign, contents, order, digest)
        if len(contents.people) >= bulk.MANY:
            transaction.on_commit(partial(bulk.refresh_statistics, WRITTEN))
    return Outcome(
        act,
        campaign,
        registered.new_units,
        registered.new_members,
        registered.differences,
        registered.likenesses,
        replacement,
    )


@opened_for(Purpose.IMPORT)
def try_import(
    contents: Contents,
    order: Order,
    *,
    on_progress: Progress = lambda percent: None,
    compares: bool = False,
) -> Outcome:
    """Do all that `import_results` does, and take it back: the preview of an import.

    Raises: ResultsNotImportable, as the import itself would.
    """
    with transaction.atomic():
        outcome = import_results(
            contents, order, on_progress=on_progress, compares=compares
        )
        transaction.set_rollback(True)
    return outcome


@contextmanager
def _refusing() -> Iterator[None]:
    """Tell what the registry or the campaign refuses as a refusal of the results."""
    try:
        yield
    except registering.CodeTaken as refusal:
        raise CodesTaken(refusal) from refusal
    except (units.UnitNotChangeable, opening.CampaignNotChangeable) as refusal:
        raise ResultsNotImportable(str(refusal)) from refusal


def _existing(order: Order) -> Campaign | None:
    """Return the campaign of this code, locked, if these results may go there."""
    campaign = (
        Campaign.objects.select_for_update(of=("self",), no_key=True)
        .select_related("root_unit")
        .coded(order.campaign_code)
        .first()
    )
    if campaign is None:
        return None
    if order.within is not None and not _is_inside(campaign.root_unit, order.within):
        raise ResultsNotImportable(
            _("The campaign code %s cannot be used here: choose another.")
            % order.campaign_code
        )
    if (campaign.rule_set_code, campaign.year) != (order.rule_set_code, order.year):
        raise ResultsNotImportable(
            _(
                "The campaign %(code)s was made under %(rule_set)s for %(year)s, and "
                "keeps both."
            )
            % {
                "code": campaign.code,
                "rule_set": campaign.rules.label.text(get_language() or "vi"),
                "year": str(campaign.year),
            }
        )
    if not campaign.only_imported or _has_own_decisions(campaign):
        raise _worked_on(campaign)
    return campaign


def _worked_on(campaign: Campaign) -> ResultsNotImportable:
    return ResultsNotImportable(
        _(
            "The campaign %s has been worked on since, so a file can no longer replace it."
        )
        % campaign.code
    )


def _has_own_decisions(campaign: Campaign) -> bool:
    rated = (
        Participant.objects.filter(campaign=campaign),
        CampaignBody.objects.filter(unit__campaign=campaign),
    )
    return any(
        rows.filter(is_imported=False).exclude(level="").exists() for rows in rated
    )


def _is_inside(unit: PartyUnit, within: PartyUnit) -> bool:
    return is_within(unit.path, within.path)


def _register(
    contents: Contents, order: Order, *, compares: bool
) -> registering.Registered:
    root = contents.units.code[contents.units.parent.index(NO_PARENT)]
    if order.within is not None:
        inside = PartyUnit.objects.open().in_subtree_of(order.within)
        if not inside.filter(code_key=root).exists():
            raise ResultsNotImportable(
                _(
                    "The topmost unit of the file, %(root)s, is not among the units "
                    "of %(unit)s."
                )
                % {"root": root, "unit": order.within.name}
            )
    return registering.register(
        contents.units,
        contents.people,
        on=date(order.year, 1, 1),
        within=order.within,
        readable=Member.objects.visible_to(order.actor) if compares else None,
    )


def _prepared(
    campaign: Campaign | None,
    contents: Contents,
    order: Order,
    registered: registering.Registered,
    digest: str,
) -> Campaign:
    """Return the campaign without a world, opened and with its roll fixed."""
    root_id = registered.unit_ids[contents.units.parent.index(NO_PARENT)]
    if campaign is None:
        campaign = Campaign(
            code=order.campaign_code,
            name=order.name or order.campaign_code,
            theme=order.theme,
            year=order.year,
            mode=order.mode,
            rule_set_code=order.rule_set_code,
            opened_at=order.now,
            roll_fixed_at=order.now,
            state=Campaign.State.ROLL_FIXED,
            only_imported=True,
        )
        opening.keep_rules(campaign)
    else:
        worlds.erase_world(campaign)
        campaign.version += 1
    campaign.root_unit = PartyUnit.objects.get(pk=root_id)
    campaign.imported_digest = digest
    opening.refuse_overlap(campaign, registered.unit_ids)
    campaign.save()
    return campaign


def _record(
    act: Act, campaign: Campaign, contents: Contents, order: Order, digest: str
) -> None:
    counts = Counter(contents.people.status)
    events.record(
        action=f"results.{act.lower()}",
        subject=campaign,
        actor=order.actor,
        now=order.now,
        unit=campaign.root_unit,
        area=Area.IMPORT,
        data={
            "file": order.file_sha256,
            "content": digest,
            "units": len(contents.units),
            "people": len(contents.people),
            "by_status": {str(status): count for status, count in counts.items()},
        },
        system_reason=order.system_reason,
    )
