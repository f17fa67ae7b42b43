"""The plan of an earlier campaign becomes the draft of a new one.

Source: docs/rules/campaign-plan.md § 3.
"""

from datetime import date
from typing import TypeVar

from django.db.models import QuerySet

from campaigns.models import (
    Campaign,
    ContentItem,
    ForeseenBody,
    Peak,
    Phase,
    PlanDocument,
    PlanPart,
    PlanTask,
    WantedReminder,
)

Part = TypeVar("Part", bound=PlanPart)
WHOLE = ("theme", "study_topic", "focus", "formats")


def copy_plan(source: Campaign, target: Campaign) -> None:
    """Copy the campaign's own plan; local plans and what was done stay behind.

    What the new campaign says already of itself stays. Call it in a transaction.
    """
    for name in WHOLE:
        setattr(target, name, getattr(target, name) or getattr(source, name))
    target.save()
    documents = _copy(PlanDocument, source, target, file="")
    items = _copy(ContentItem, source, target)
    old = {each.pk: each for each in ContentItem.objects.of_plan(source)}
    for pk, item in items.items():
        item.parent = items.get(old[pk].parent_id or 0)
        item.save(update_fields=["parent"])
        item.documents.set(documents[each.pk] for each in old[pk].documents.all())
    years = target.year - source.year
    _copy_tasks(source, target)
    _copy(ForeseenBody, source, target)
    _copy(WantedReminder, source, target)
    for phase in _copy(Phase, source, target).values():
        _shift(phase, years)
    for peak in _copy(Peak, source, target).values():
        _shift(peak, years)


def _shift(row: Phase | Peak, years: int) -> None:
    row.from_on, row.until_on = later(row.from_on, years), later(row.until_on, years)
    row.save(update_fields=["from_on", "until_on"])


def _copy(
    model: type[Part], source: Campaign, target: Campaign, **columns: object
) -> dict[int, Part]:
    """Return the copies by the number of what they were copied from."""
    copies: dict[int, Part] = {}
    rows: QuerySet[Part] = model._default_manager.all()  # type: ignore[assignment]  # the manager is one for all parts
    for row in rows.filter(campaign=source, unit=None).order_by("pk"):
        copies[row.pk] = row
        row.pk, row.campaign, row.version = None, target, 1
        row._state.adding = True
        for name, value in columns.items():
            setattr(row, name, value)
    for row in copies.values():
        row.save()
    return copies


def _copy_tasks(source: Campaign, target: Campaign) -> None:
    standing = PlanTask.Kind.STANDING
    for task in PlanTask.objects.of_plan(source).filter(kind=standing).order_by("pk"):
        PlanTask.objects.create(
            campaign=target,
            text=task.text,
            kind=standing,
            responsible=task.responsible,
            body=task.body,
        )


def later(day: date, years: int) -> date:
    """Return the same day some years later; 29 February falls on the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
