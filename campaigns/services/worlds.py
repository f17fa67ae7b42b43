"""Writing a campaign's whole world: its tree, bodies, people, placements, tallies."""

from collections import defaultdict, deque
from collections.abc import Sequence
from datetime import date

from django.db.models import ForeignObjectRel, Model

from campaigns.contents import (
    NO_PARENT,
    Contents,
    UnitTable,
    figure_sector,
    grassroots_units,
)
from campaigns.models import (
    Campaign,
    CampaignBody,
    CampaignUnit,
    Participant,
    Placement,
    ProgressDay,
    Reminder,
    Tally,
)
from campaigns.services import custody, tallies
from members import bulk, names
from members.paths import child_path
from members.services.units import refusing_depth
from members.vocabulary import vocabulary

ORDINARY = Participant.Exemplarity.MEMBER.value
# What an import writes, or the nights add to it: in the order in which it can go.
WRITTEN = (
    (Tally, "unit__campaign"),
    (ProgressDay, "unit__campaign"),
    (Reminder, "unit__campaign"),
    (Placement, "unit__campaign"),
    (Participant, "campaign"),
    (CampaignBody, "unit__campaign"),
    (CampaignUnit, "campaign"),
)


def write_world(
    campaign: Campaign,
    contents: Contents,
    *,
    live_unit_ids: Sequence[int],
    member_ids: Sequence[int],
    on: date,
    event: Placement.Event,
) -> None:
    """Write the tree, the people and their results into a campaign without any.

    `live_unit_ids` and `member_ids` stand beside the rows of `contents`. Levels count
    as decided by the unit that the rule set names. Call it in a transaction.
    Raises: members.services.units.UnitNotChangeable if the tree is too deep.
    """
    units = contents.units
    ids = bulk.new_ids(CampaignUnit, len(units))
    above = grassroots_units(units)
    _write_units(campaign, units, ids, above, live_unit_ids)
    _write_bodies(campaign, units, ids, above)
    _write_people(campaign, contents, ids, above, member_ids, on=on, event=event)
    tallies.recount_campaign(campaign)


def holds_more(campaign: Campaign) -> bool:
    """Tell whether something hangs on tree or people that no import wrote.

    One query for each kind of row that can hang there.
    """
    return any(
        relation.related_model._base_manager.filter(
            **{f"{relation.field.name}__in": model.objects.filter(**{at: campaign})}
        ).exists()
        for model, at in WRITTEN
        for relation in hanging_on(model)
    )


def hanging_on(model: type[Model]) -> list[ForeignObjectRel]:
    """Return how rows of models that no import writes can hang on rows of this one."""
    written = {each for each, _at in WRITTEN}
    return [
        each
        for each in model._meta.get_fields(include_hidden=True)
        if isinstance(each, ForeignObjectRel) and each.related_model not in written
    ]


def erase_world(campaign: Campaign) -> None:
    """Delete a campaign's tree and people, before it is imported anew.

    Row by row in no Python: the collector of `delete()` would load every person to
    look for what hangs on them; `holds_more` says that nothing else does.
    """
    for model, at in WRITTEN:
        rows = model.objects.filter(**{at: campaign})
        rows._raw_delete(rows.db)


def world_paths(units: UnitTable) -> list[str]:
    """Return the path of each unit, numbered among its siblings by code.

    Raises: members.services.units.UnitNotChangeable if the tree is too deep.
    """
    below: dict[int, list[int]] = defaultdict(list)
    # Text in Python sorts as its UTF-8 bytes do.
    for at in sorted(range(len(units)), key=units.code.__getitem__):
        below[units.parent[at]].append(at)
    paths: dict[int, str] = {NO_PARENT: ""}
    waiting = deque([NO_PARENT])
    while waiting:
        parent = waiting.popleft()
        waiting.extend(below[parent])
        with refusing_depth(units.name[parent]):
            for number, at in enumerate(below[parent], start=1):
                paths[at] = child_path(paths[parent], number)
    return [paths[at] for at in range(len(units))]


def _id_or_none(ids: Sequence[int], at: int) -> int | None:
    return None if at == NO_PARENT else ids[at]


def _write_units(
    campaign: Campaign,
    units: UnitTable,
    ids: Sequence[int],
    above: Sequence[int],
    live_unit_ids: Sequence[int],
) -> None:
    rows = range(len(units))
    custodies = custody.custodies_of(live_unit_ids)
    bulk.insert(
        CampaignUnit,
        {
            "id": ids,
            "campaign_id": [campaign.pk] * len(units),
            "live_unit_id": live_unit_ids,
            "custodian_id": [custodies[pk].custodian_id for pk in live_unit_ids],
            "custody_by_closing": [custodies[pk].by_closing for pk in live_unit_ids],
            "code": units.code,
            "name": units.name,
            "kind": units.kind,
            "sector": units.sector,
            "figure_sector": [figure_sector(units, at, above[at]) for at in rows],
            "parent_id": [_id_or_none(ids, units.parent[at]) for at in rows],
            "grassroots_id": [_id_or_none(ids, above[at]) for at in rows],
            "path": world_paths(units),
        },
    )


def _write_bodies(
    campaign: Campaign, units: UnitTable, ids: Sequence[int], above: Sequence[int]
) -> None:
    """Write the organisation of each unit, with its level if it has one."""
    subjects = [subject_of(kind) for kind in units.kind]
    deciders = [
        _decider(campaign, subject, at, units.parent[at], above[at])
        for at, subject in enumerate(subjects)
    ]
    bulk.insert(
        CampaignBody,
        {
            "unit_id": ids,
            "kind": [CampaignBody.Kind.ORGANISATION.value] * len(units),
            "level": units.level,
            "decided_by_id": [
                _id_or_none(ids, decider) if level else None
                for decider, level in zip(deciders, units.level, strict=True)
            ],
            "is_imported": [bool(level) for level in units.level],
        },
    )


def _write_people(
    campaign: Campaign,
    contents: Contents,
    ids: Sequence[int],
    above: Sequence[int],
    member_ids: Sequence[int],
    *,
    on: date,
    event: Placement.Event,
) -> None:
    people, count = contents.people, len(contents.people)
    deciders = [
        _id_or_none(ids, _decider(campaign, "members", at, parent, above[at]))
        for at, parent in enumerate(contents.units.parent)
    ]
    participants = bulk.new_ids(Participant, count)
    reviewed = {status.code for status in campaign.rules.statuses if status.is_reviewed}
    bulk.insert(
        Participant,
        {
            "id": participants,
            "campaign_id": [campaign.pk] * count,
            "member_id": member_ids,
            "full_name": people.full_name,
            "sort_key": [names.sort_key(name) for name in people.full_name],
            "born_on": people.born_on,
            "gender": people.gender,
            "admitted_on": people.admitted_on,
            "official_on": people.official_on,
            "status": list(map(str, people.status)),
            "exemplarity": people.exemplarity or [ORDINARY] * count,
            "review_state": [
                "REVIEWED" if status in reviewed else "NONE" for status in people.status
            ],
            "level": people.level,
            "reason": people.reason,
            "decided_by_id": [
                deciders[at] if level else None
                for at, level in zip(people.unit, people.level, strict=True)
            ],
            "is_imported": [bool(level) for level in people.level],
        },
    )
    bulk.insert(
        Placement,
        {
            "participant_id": participants,
            "unit_id": [ids[at] for at in people.unit],
            "from_on": [on] * count,
            "event": [event.value] * count,
        },
    )


def subject_of(kind: str) -> str:
    """Return under which subject an organisation of this kind is decided on."""
    return "cells" if vocabulary().kinds[kind].is_cell else "grassroots"


def _decider(campaign: Campaign, subject: str, at: int, parent: int, above: int) -> int:
    """Return the index of the unit that the rule set lets decide, or NO_PARENT.

    Source: docs/rules/classification.md § 5.1.
    """
    unit = campaign.rules.procedure.deciding_unit(subject)
    if unit == "CELL":
        return at
    if unit == "GRASSROOTS" and above != NO_PARENT:
        return above
    return parent
