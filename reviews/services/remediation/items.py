"""Items of a plan of remediation: taken in from their source, changed, taken out.

Source: docs/rules/remediation.md § 4.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.policy import Actor
from members.row_security import Purpose, opened_for
from reviews.models import (
    Remark,
    RemediationCheck,
    RemediationItem,
    RemediationPlan,
    ReviewSuggestion,
)
from reviews.queries.remediation.sources import is_source_of
from reviews.remediation import Act
from reviews.services.remediation.shared import (
    RemediationRefused,
    changed,
    demand,
    held_item,
    note,
    refuse_days_to_come,
)

Source = RemediationItem.Source
MOST_ITEMS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFacts:
    """What an item says; its source stays as it was taken in."""

    shortcoming: str
    measure: str
    responsible: str
    due_on: date
    document: str = ""
    document_on: date | None = None


@opened_for(Purpose.ACT)
def add_item(
    *,
    plan: RemediationPlan,
    source: Source,
    facts: ItemFacts,
    suggestion: ReviewSuggestion | None = None,
    remark: Remark | None = None,
    actor: Actor,
    now: datetime,
) -> RemediationItem:
    """Take something into a plan that is being written.

    Raises: RemediationRefused if the plan takes none, the source is not the person's,
        the document is missing or too much, or a day does not fit.
    """
    with transaction.atomic():
        plans = RemediationPlan.objects.select_for_update(of=("self",), no_key=True)
        current = plans.get(pk=plan.pk)
        demand(current, Act.WRITE, actor)
        _demand_document(source, facts, now)
        _demand_days(facts, now)
        if not is_source_of(current, source, suggestion=suggestion, remark=remark):
            raise RemediationRefused(_("This is no source of an item of this plan."))
        if RemediationItem.objects.filter(plan=current).count() >= MOST_ITEMS:
            raise RemediationRefused(_("No more items fit into one plan."))
        item = RemediationItem.objects.create(
            plan=current,
            source=source,
            suggestion=suggestion,
            remark=remark,
            **asdict(facts),
        )
        changed(current)
        note("item_added", item, current, actor, now)
    return item


@opened_for(Purpose.ACT)
def change_item(
    *,
    item: RemediationItem,
    version: int,
    facts: ItemFacts,
    actor: Actor,
    now: datetime,
) -> None:
    """Write what an item says now.

    Raises: as `add_item`; versions.ChangedMeanwhile.
    """
    with transaction.atomic():
        current = held_item(item, version)
        demand(current.plan, Act.WRITE, actor)
        _demand_document(Source(current.source), facts, now)
        if facts.due_on != current.due_on:
            _demand_days(facts, now)
        for name, value in asdict(facts).items():
            setattr(current, name, value)
        current.version += 1
        current.save()
        changed(current.plan)
        note("item_changed", current, current.plan, actor, now)


@opened_for(Purpose.ACT)
def remove_item(
    *, item: RemediationItem, version: int, actor: Actor, now: datetime
) -> None:
    """Take an item out that nobody has followed yet.

    Raises: RemediationRefused if the plan takes no writing or the item is followed;
        versions.ChangedMeanwhile.
    """
    with transaction.atomic():
        current = held_item(item, version)
        demand(current.plan, Act.WRITE, actor)
        if RemediationCheck.objects.filter(item=current).exists():
            raise RemediationRefused(
                _("This item is followed already: it stays until it ends.")
            )
        changed(current.plan)
        note("item_removed", current, current.plan, actor, now)
        current.delete()


def _demand_document(source: Source, facts: ItemFacts, now: datetime) -> None:
    if source is not Source.CONCLUDED:
        if facts.document or facts.document_on:
            raise RemediationRefused(
                _("Only what a competent body concluded has a document.")
            )
        return
    if not facts.document:
        raise RemediationRefused(
            _("Enter the number of the document that concludes it."), column="document"
        )
    if facts.document_on is None:
        raise RemediationRefused(_("Enter the day."), column="document_on")
    refuse_days_to_come(facts.document_on, now, "document_on")


def _demand_days(facts: ItemFacts, now: datetime) -> None:
    if facts.due_on < timezone.localdate(now):
        raise RemediationRefused(_("This day is over already."), column="due_on")
