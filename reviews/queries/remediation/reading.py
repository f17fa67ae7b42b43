"""A plan of remediation with its items, its steps, and what the reader may do."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

from campaigns.models import Campaign, CampaignUnit
from members.models import Member, PartyUnit
from members.policy import Actor
from members.row_security import Purpose, opened_for
from reviews import remediation
from reviews.models import (
    NamedPerson,
    RemediationCheck,
    RemediationItem,
    RemediationPlan,
    RemediationStep,
)
from reviews.queries.remediation.roles import place_of, roles_of
from reviews.remediation import Act, Role, State


@dataclass(frozen=True, slots=True)
class ItemRead:
    """One item with how it stood, and who was responsible for it."""

    item: RemediationItem
    is_overdue: bool
    checks: Sequence[RemediationCheck] = ()
    people: Sequence[NamedPerson] = ()
    has_earlier: bool = False  # of which it may be a repetition

    @property
    def latest(self) -> RemediationCheck | None:
        """How it stood last."""
        return self.checks[-1] if self.checks else None

    @property
    def is_behind(self) -> bool:
        """Whether the next meeting has to speak about it."""
        last = self.latest
        return self.is_overdue or (
            self.item.state == RemediationItem.State.OPEN
            and last is not None
            and last.state == RemediationCheck.State.BEHIND
        )


@dataclass(frozen=True, slots=True)
class PlanRead:
    """A plan as a page or a paper shows it."""

    plan: RemediationPlan
    name: str  # of the person, or of the unit
    place: PartyUnit | None  # where it is followed today
    items: Sequence[ItemRead]
    steps: Sequence[RemediationStep]
    acts: frozenset[Act] = field(default_factory=frozenset)
    is_kept: bool = False  # by the reader

    @property
    def returned(self) -> RemediationStep | None:
        """The remarks that wait for the author, if the plan was returned last."""
        is_returned = self.plan.state == State.RETURNED
        return self.steps[-1] if is_returned and self.steps else None

    @property
    def open_acts(self) -> frozenset[str]:
        """Names of what the reader may do, for templates."""
        return frozenset(act.name.lower() for act in self.acts)


def plan_read(plan: RemediationPlan, actor: Actor, *, today: date) -> PlanRead:
    """Return a plan that was got by a scope; eight queries."""
    items = RemediationItem.objects.visible_to(actor).filter(plan=plan)
    roles = roles_of(plan, actor)
    acts = _acts(plan, roles)
    read = items_read(items.order_by("due_on", "pk"), today=today)
    if Act.MARK in acts:
        read = [
            replace(
                each,
                has_earlier=not each.item.repeats_id
                and bool(earlier_of(each.item, actor)),
            )
            for each in read
        ]
    steps = RemediationStep.objects.visible_to(actor).filter(plan=plan)
    return PlanRead(
        plan=plan,
        name=names_of([plan])[plan.pk],
        place=place_of(plan),
        items=read,
        steps=list(steps.select_related("to").order_by("pk")),
        acts=acts,
        is_kept=Role.KEEPER in roles,
    )


def acts_of(plan: RemediationPlan, actor: Actor) -> frozenset[Act]:
    """Return what the actor may do with a plan now; one query."""
    return _acts(plan, roles_of(plan, actor))


def _acts(plan: RemediationPlan, roles: frozenset[Role]) -> frozenset[Act]:
    return remediation.open_acts(State(plan.state), roles, is_personal=plan.is_personal)


@opened_for(Purpose.RESULTS)
def item_of(named: NamedPerson) -> RemediationItem:
    """Return for what somebody is named, who was got by a scope, and of which unit."""
    rows = RemediationItem.objects.select_related("plan__unit")
    return rows.get(pk=named.item_id)


def items_read(items: Iterable[RemediationItem], *, today: date) -> list[ItemRead]:
    """Return items that were got by a scope, with their checks and people.

    Three queries.
    """
    rows = list(items)
    checks: dict[int, list[RemediationCheck]] = defaultdict(list)
    for check in RemediationCheck.objects.filter(item__in=rows).order_by("on", "pk"):
        checks[check.item_id].append(check)
    people: dict[int, list[NamedPerson]] = defaultdict(list)
    for person in NamedPerson.objects.filter(item__in=rows).order_by("pk"):
        people[person.item_id].append(person)
    return [
        ItemRead(
            row,
            remediation.is_overdue(
                row.due_on,
                is_open=row.state == RemediationItem.State.OPEN,
                today=today,
            ),
            checks[row.pk],
            people[row.pk],
        )
        for row in rows
    ]


@opened_for(Purpose.RECORD)  # of plans that were got by a scope
def names_of(plans: Sequence[RemediationPlan]) -> dict[int, str]:
    """Return of whom each plan is, by its number; two queries."""
    people = dict(
        Member.objects.filter(
            pk__in=[each.member_id for each in plans if each.member_id]
        ).values_list("pk", "full_name")
    )
    units = dict(
        PartyUnit.objects.filter(
            pk__in=[each.unit_id for each in plans if each.unit_id]
        ).values_list("pk", "name")
    )
    return {
        each.pk: people.get(each.member_id or 0) or units.get(each.unit_id or 0, "")
        for each in plans
    }


def contents_of(plan: RemediationPlan) -> list[dict[str, str]]:
    """Return the items of a plan as a step keeps them."""
    items = RemediationItem.objects.filter(plan=plan).order_by("due_on", "pk")
    return [
        {
            "source": item.source,
            "document": item.document,
            "shortcoming": item.shortcoming,
            "measure": item.measure,
            "responsible": item.responsible,
            "due_on": item.due_on.isoformat(),
        }
        for item in items
    ]


def why_no_texts(unit: PartyUnit) -> str:
    """Return why no plan is typed at a unit, "" if one is.

    A committee whose campaign keeps no texts has plans on paper alone.
    """
    frozen = CampaignUnit.objects.filter(
        custodian=unit, closed_on=None, campaign__in=Campaign.objects.running()
    )
    modes = set(frozen.values_list("campaign__mode", flat=True))
    if modes == {Campaign.Mode.RESULTS_ONLY}:
        return _(
            "In this campaign only results and figures are entered: the plan is written"
            " by hand."
        )
    return ""


def earlier_of(item: RemediationItem, actor: Actor) -> list[RemediationItem]:
    """Return earlier concluded items of the same person or unit; one query."""
    if item.document_on is None:
        return []
    rows = (
        RemediationItem.objects.visible_to(actor)
        .filter(
            source=RemediationItem.Source.CONCLUDED,
            document_on__lt=item.document_on,
            plan__unit=item.plan.unit_id,
            plan__member=item.plan.member_id,
        )
        .select_related("plan")
    )
    return list(rows.order_by("-document_on", "-pk"))
