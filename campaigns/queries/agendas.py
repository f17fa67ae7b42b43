"""Which matters of the campaign's plan are dealt with at which meetings.

Source: docs/rules/meetings.md § 1.4.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from campaigns.models import AgendaItem, Campaign, CampaignUnit, ContentItem, Meeting
from campaigns.models.meetings import AgendaItemQuerySet
from members.policy import Actor

MOST_NAMED = 3  # meetings of one item that a plan names


@dataclass(frozen=True, slots=True)
class DealtWith:
    """At how many meetings an item was dealt with, in how many units; the latest."""

    meetings: int
    units: int
    latest: Sequence[Meeting]


@dataclass(frozen=True, slots=True)
class ContentOfUnit:
    """One content item with the meetings of a unit that dealt with it."""

    content: ContentItem
    meetings: Sequence[Meeting]


def contents_in_order(campaign: Campaign) -> list[ContentItem]:
    """Return the content items of a campaign's plan, each before its sub-items.

    The caller got the campaign through a scope; one query.
    """
    items = list(ContentItem.objects.of_plan(campaign))
    below: dict[int | None, list[ContentItem]] = defaultdict(list)
    for item in items:
        below[item.parent_id].append(item)
    return [each for top in below[None] for each in (top, *below[top.pk])]


def dealt_with(campaign: Campaign, actor: Actor) -> Mapping[int, DealtWith]:
    """Return of each item where it was dealt with, as far as the reader sees meetings.

    Two queries, however many meetings there are.
    """
    on_agenda = _on_agendas(actor).filter(content__campaign=campaign)
    counted = on_agenda.order_by().values("content")
    counts = {
        row["content"]: row
        for row in counted.annotate(
            meetings=Count("meeting", distinct=True),
            units=Count("meeting__unit", distinct=True),
        )
    }
    number = Window(
        RowNumber(),
        partition_by=F("content"),
        order_by=[F("meeting__on").desc(), F("pk").desc()],
    )
    newest = on_agenda.annotate(number=number).filter(number__lte=MOST_NAMED)
    latest = _meetings_by_content(newest.order_by("-meeting__on", "-pk"))
    return {
        pk: DealtWith(row["meetings"], row["units"], latest[pk])
        for pk, row in counts.items()
    }


def contents_of_unit(unit: CampaignUnit, actor: Actor) -> list[ContentOfUnit]:
    """Return the plan's content items with the unit's meetings; two queries."""
    own = _on_agendas(actor).filter(meeting__unit=unit, content__isnull=False)
    found = _meetings_by_content(own.order_by("meeting__on", "pk"))
    return [
        ContentOfUnit(each, found.get(each.pk, ()))
        for each in contents_in_order(unit.campaign)
    ]


def _on_agendas(actor: Actor) -> AgendaItemQuerySet:
    held = Meeting.objects.visible_to(actor).held()
    return AgendaItem.objects.filter(meeting__in=held)


def _meetings_by_content(items: AgendaItemQuerySet) -> dict[int, list[Meeting]]:
    found: dict[int, list[Meeting]] = defaultdict(list)
    for item in items.select_related("meeting__unit"):
        if item.content_id is not None:
            found[item.content_id].append(item.meeting)
    return found
