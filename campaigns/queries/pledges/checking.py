"""The items of a cell at its meeting: all on track but for what was found otherwise."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F

from campaigns.models import (
    CampaignUnit,
    Participant,
    PledgeCheck,
    PledgeItem,
    PledgeText,
)
from campaigns.queries.pledges.linking import links_of
from campaigns.queries.pledges.reading import Link
from campaigns.queries.written.people import people_of
from members.policy import Actor

Progress = PledgeItem.Progress


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item with what was found last, what its author has reported since, its links."""

    item: PledgeItem
    found: PledgeCheck | None
    reported: PledgeCheck | None
    links: Sequence[Link] = ()


@dataclass(frozen=True, slots=True)
class PersonItems:
    """What one person promised."""

    participant: Participant
    lines: tuple[ItemLine, ...]
    is_own: bool

    @property
    def behind(self) -> int:
        """How many items are to be urged on."""
        return sum(line.item.progress == Progress.BEHIND for line in self.lines)


def items_of_unit(unit: CampaignUnit, *, actor: Actor) -> list[PersonItems]:
    """Return the items of the confirmed pledges of a cell, in the order of the roll.

    Six queries, however many people and items.
    """
    people = [
        person
        for person in people_of(unit)
        if person.pledge_state == Participant.Pledge.CONFIRMED
    ]
    items = list(
        PledgeItem.objects.visible_to(actor)
        .filter(sent__in=_latest_texts(people))
        .annotate(participant_id=F("sent__pledge__participant"))
    )
    last, links = _last_checks(items), links_of(items, actor)
    of_person: dict[int, list[ItemLine]] = defaultdict(list)
    for item in items:
        found, reported = last[item.pk, False], last[item.pk, True]
        is_news = reported and not (found and found.pk > reported.pk)
        news = reported if is_news else None
        line = ItemLine(item, found, news, links.get(item.pk, ()))
        of_person[item.participant_id].append(line)
    return [
        PersonItems(each, tuple(of_person[each.pk]), each.member_id == actor.member_id)
        for each in people
    ]


def _latest_texts(people: Sequence[Participant]) -> list[int]:
    texts = PledgeText.objects.filter(pledge__participant__in=people).order_by("number")
    latest = dict(texts.values_list("pledge", "pk"))  # the last of each wins
    return list(latest.values())


def _last_checks(
    items: Iterable[PledgeItem],
) -> dict[tuple[int, bool], PledgeCheck | None]:
    last: dict[tuple[int, bool], PledgeCheck | None] = defaultdict(lambda: None)
    for check in PledgeCheck.objects.filter(item__in=items).order_by("pk"):
        last[check.item_id, check.is_own_report] = check
    return last


def behind_at(people: Iterable[PersonItems]) -> list[PersonItems]:
    """Return what the next meeting takes up by itself: people with items behind."""
    return [
        PersonItems(
            each.participant,
            tuple(line for line in each.lines if line.item.progress == Progress.BEHIND),
            each.is_own,
        )
        for each in people
        if each.behind
    ]
