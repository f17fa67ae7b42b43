"""The counts of a campaign, kept in the transaction of every change.

The only writer of `Tally`. Whoever changes a counted column does it inside
`changing(unit_ids)`: first the units are locked in one order, then the change is
made, then the counts of just these units are made anew.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Case, Count, Exists, F, Min, Q, QuerySet, When
from django.db.models.lookups import GreaterThan

from campaigns.contents import OWES_NO_PLEDGE
from campaigns.models import (
    COUNTED,
    LEVEL_COLUMNS,
    REASON_COLUMNS,
    Campaign,
    CampaignBody,
    CampaignUnit,
    Participant,
    Placement,
    StudyDocument,
    Tally,
)
from campaigns.models.tally import (
    FIRST_CONFIRMED,
    PLEDGE_COLUMNS,
    PROGRESS_COLUMNS,
    REVIEW_COLUMNS,
    STATUS_COLUMNS,
)
from campaigns.queries.to_study import asked_where_placed, unread_where_placed
from members.bulk import ROWS
from members.row_security import Purpose, opened_for
from members.vocabulary import vocabulary

OWES_PLEDGE = ~Q(participant__status__in=OWES_NO_PLEDGE)


@contextmanager
def changing(unit_ids: Iterable[int]) -> Iterator[None]:
    """Lock the units, let the caller write, then recount them.

    The units to name are those whose own tallies change: where the people are placed
    before and after, and the unit above an organisation that is rated. Locked in id
    order, so that two writers wait for each other and never deadlock; so name them
    all at once, and nest no second block that needs more. No file replaces the
    campaign any more.
    """
    ids = sorted(set(unit_ids))
    with transaction.atomic():
        held = CampaignUnit.objects.filter(pk__in=ids)
        keep_from_imports(Campaign.objects.filter(pk__in=held.values("campaign")))
        _lock(held)
        yield
        recount(ids)


@contextmanager
def changing_tree(campaign: Campaign) -> Iterator[set[int]]:
    """Lock all units of a campaign, let the caller change its tree, then recount.

    Yields the set to which the caller adds the units whose people have changed. What
    stands elsewhere, is of another kind or sector, came or was closed is found here.
    Ten queries beside the caller's, and one more where a row of counts goes.
    """
    units = CampaignUnit.objects.filter(campaign=campaign)
    with transaction.atomic():
        keep_from_imports(Campaign.objects.filter(pk=campaign.pk))
        _lock(units)
        before, touched = _places(units), set[int]()
        yield touched
        recount(touched | _changed(before, _places(units)))


_Places = dict[int, tuple[int | None, str, str, bool]]


def _places(units: QuerySet[CampaignUnit]) -> _Places:
    """What the counts of a tree hang on: above, kind, sector and whether it is open."""
    columns = ("pk", "parent", "kind", "figure_sector", "closed_on")
    return {
        pk: (parent, kind, sector, closed_on is None)
        for pk, parent, kind, sector, closed_on in units.values_list(*columns)
    }


def _changed(before: _Places, after: _Places) -> set[int]:
    """Return the units that are not as they were, with those above, now and then."""
    nowhere = (None, "", "", False)
    found: set[int | None] = set()
    for pk, place in after.items():
        was = before.get(pk, nowhere)
        if was != place:
            found |= {pk, was[0], place[0]}
    return {pk for pk in found if pk is not None}


@contextmanager
def asking_more(unit: CampaignUnit) -> Iterator[None]:
    """Lock a unit with all below it, and let the caller name what they study anew.

    Nobody has studied that: two columns are written, and nobody is counted.
    Source: docs/rules/study.md § 1, § 4.
    """
    below = CampaignUnit.objects.in_subtree_of(unit)
    with transaction.atomic():
        keep_from_imports(Campaign.objects.filter(pk=unit.campaign_id))
        _lock(below)
        yield
        people = Tally.objects.filter(unit__in=below, subject=Tally.Subject.MEMBERS)
        called = F("present") - F("exempt") - F("suspended")
        people.update(study_owed=called, studied=0)


@contextmanager
def asking_less(unit: CampaignUnit) -> Iterator[None]:
    """Lock a unit with all below it, let the caller strike a document, then recount."""
    below = CampaignUnit.objects.in_subtree_of(unit)
    with changing(below.values_list("pk", flat=True)):
        yield


def hold_units(campaign: Campaign) -> None:
    """Hold all units of a campaign that is held itself, until the transaction ends."""
    _lock(CampaignUnit.objects.filter(campaign=campaign))


def keep_from_imports(campaigns: QuerySet[Campaign]) -> None:
    """Mark campaigns as worked on, before their units: the order of locks."""
    campaigns.filter(only_imported=True).update(only_imported=False)


def keep_worked_on(campaign: Campaign) -> None:
    """Mark a campaign that is at hand; no query where it is marked already."""
    if campaign.only_imported:
        keep_from_imports(Campaign.objects.filter(pk=campaign.pk))


def _lock(units: QuerySet[CampaignUnit]) -> None:
    locked = units.select_for_update(no_key=True).order_by("pk")
    list(locked.values_list("pk", flat=True))


def recount(unit_ids: Collection[int]) -> None:
    """Write the counts of these units anew; five queries to read, two to write."""
    units = CampaignUnit.objects.filter(pk__in=unit_ids)
    fresh = _count(units)
    stale = Tally.objects.filter(unit__in=unit_ids)
    kept = {(row.unit_id, row.subject, row.sector) for row in fresh}
    gone = [
        pk
        for pk, *key in stale.values_list("pk", "unit_id", "subject", "sector")
        if tuple(key) not in kept
    ]
    Tally.objects.filter(pk__in=gone).delete()
    Tally.objects.bulk_create(
        fresh,
        batch_size=ROWS,
        update_conflicts=True,
        unique_fields=["unit", "subject", "sector"],
        update_fields=[*COUNTED, *PROGRESS_COLUMNS],
    )


def recount_campaign(campaign: Campaign) -> None:
    """Write all counts of a campaign anew."""
    units = CampaignUnit.objects.filter(campaign=campaign)
    Tally.objects.filter(unit__in=units).delete()
    Tally.objects.bulk_create(_count(units), batch_size=ROWS)


def _count(units: QuerySet[CampaignUnit]) -> list[Tally]:
    kinds = vocabulary().kinds.values()
    cells = [kind.code for kind in kinds if kind.is_cell]
    grassroots = [kind.code for kind in kinds if kind.is_grassroots]
    return [
        *_people(units),
        *_organisations(units, cells, Tally.Subject.CELLS),
        *_organisations(units, grassroots, Tally.Subject.GRASSROOTS),
    ]


@opened_for(Purpose.RETALLY)
def _people(units: QuerySet[CampaignUnit]) -> list[Tally]:
    counted = Placement.objects.open().filter(
        unit__in=units, participant__presence=Participant.Presence.PRESENT
    )
    rows = (
        counted.values("unit_id", sector=F("unit__figure_sector"))
        .annotate(
            present=Count("pk"),
            **_counts("participant__status", STATUS_COLUMNS),
            **_counts("participant__level", LEVEL_COLUMNS),
            **_counts("participant__reason", REASON_COLUMNS),
            **_counts("participant__pledge_state", PLEDGE_COLUMNS, among=OWES_PLEDGE),
            **{FIRST_CONFIRMED: _first_confirmed()},
            **_counts("participant__review_state", REVIEW_COLUMNS, among=OWES_PLEDGE),
            **_studied(units),
        )
        .order_by()
    )
    return [Tally(subject=Tally.Subject.MEMBERS, **row) for row in rows]


def _first_confirmed() -> Case:
    """Return the first day of the pledges that stand confirmed.

    None where of one of them nobody noted the day: it may have been long before.
    Source: docs/rules/progress.md § 1.3.
    """
    confirmed = OWES_PLEDGE & Q(participant__pledge_state=Participant.Pledge.CONFIRMED)
    day = "participant__pledge_confirmed_on"
    unnoted = Count("pk", filter=confirmed & Q(**{f"{day}__isnull": True}))
    return Case(
        When(GreaterThan(unnoted, 0), then=None), default=Min(day, filter=confirmed)
    )


def _studied(units: QuerySet[CampaignUnit]) -> dict[str, Count]:
    """Return how many are called to study, and have studied all that is asked of them.

    Nothing where the campaign asks for nothing: most recounts come then. One query.
    Source: docs/rules/study.md § 3, § 4.
    """
    asked = StudyDocument.objects.filter(unit__campaign__in=units.values("campaign"))
    if not asked.exists():
        return {}
    called = OWES_PLEDGE & Q(Exists(asked_where_placed()))
    return {
        "study_owed": Count("pk", filter=called),
        "studied": Count("pk", filter=called & ~Q(Exists(unread_where_placed()))),
    }


def _organisations(
    units: QuerySet[CampaignUnit], kinds: Collection[str], subject: str
) -> list[Tally]:
    rated = CampaignBody.objects.organisations().filter(
        unit__parent__in=units, unit__kind__in=kinds, unit__closed_on__isnull=True
    )
    rows = (
        rated.values(parent=F("unit__parent"), sector=F("unit__figure_sector"))
        .annotate(
            present=Count("pk"),
            not_reviewed=Count("pk", filter=Q(level="")),
            **_counts("level", LEVEL_COLUMNS),
        )
        .order_by()
    )
    counted: list[dict[str, Any]] = [{**row} for row in rows]
    return [
        Tally(subject=subject, unit_id=counts.pop("parent"), **counts)
        for counts in counted
    ]


def _counts(
    column: str, codes: dict[str, str], *, among: Q | None = None
) -> dict[str, Count]:
    return {
        name: Count("pk", filter=Q(among or Q(), **{column: code}))
        for code, name in codes.items()
    }
