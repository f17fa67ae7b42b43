"""Plans of remediation: one's own, those of a unit, their items and their steps."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from members import acts
from members.http import AccountRequest, back_to_first
from members.models import Member, PartyUnit, of_own_person
from members.policy import Area
from reviews.forms.remediation import (
    ItemEditForm,
    ItemForm,
    PaperPlanForm,
)
from reviews.models import RemediationItem, RemediationPlan
from reviews.queries.remediation import lists, reading
from reviews.queries.remediation.sources import Offer, offers_for
from reviews.remediation import Act
from reviews.services.remediation import items, plans, shared
from reviews.services.remediation.shared import RemediationRefused

REFUSALS = (RemediationRefused,)
MISFIT = 422
MOST_PEOPLE = 500


def now_of(request: AccountRequest) -> dict[str, Any]:
    """Return who acts and when, as services want it."""
    return {"actor": request.actor, "now": timezone.now()}


def detail_url(plan: RemediationPlan) -> str:
    """Return the address of a plan's page."""
    return reverse("reviews:remediation_detail", args=[plan.pk])


def to_plan(plan: RemediationPlan) -> tuple[str, str]:
    """Return a plan as the page above."""
    return _("Plan of remediation"), detail_url(plan)


def to_unit(unit: PartyUnit) -> tuple[str, str]:
    """Return the list of a unit as the page above."""
    return (
        _("Remediation at %s") % unit.name,
        reverse("reviews:remediation_unit", args=[unit.pk]),
    )


def to_own() -> tuple[str, str]:
    """Return one's own list as the page above."""
    return _("Remediation"), reverse("reviews:remediation_own")


def seen_plan(request: AccountRequest, remediation_plan_id: int) -> RemediationPlan:
    """Return a plan in the scope of the reader, else 404."""
    return get_object_or_404(
        RemediationPlan.objects.visible_to(request.actor), pk=remediation_plan_id
    )


def plan_taking(
    request: AccountRequest, remediation_plan_id: int, act: Act
) -> RemediationPlan:
    """Return a plan that takes an act from the reader now, else 404."""
    plan = seen_plan(request, remediation_plan_id)
    if act not in reading.acts_of(plan, request.actor):
        raise Http404
    return plan


def item_taking(
    request: AccountRequest, remediation_item_id: int, act: Act
) -> RemediationItem:
    """Return an item whose plan takes an act from the reader now, else 404."""
    rows = RemediationItem.objects.visible_to(request.actor).select_related("plan")
    item = get_object_or_404(rows, pk=remediation_item_id)
    if act not in reading.acts_of(item.plan, request.actor):
        raise Http404
    return item


# ---- Lists -----------------------------------------------------------------


@require_safe
def remediation_own(request: AccountRequest) -> HttpResponse:
    """Show somebody the own plans, for what they are named, and their units."""
    return _own_page(request)


def _own_page(request: AccountRequest, status: int = 200) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    if actor.member_id is None and not actor.reaches(Area.WORK_EDIT):
        raise Http404
    units = PartyUnit.objects.visible_to(actor, Area.WORK_EDIT).open()
    context = {
        "crumbs": back_to_first(),
        "is_member": actor.member_id is not None,
        "lines": lists.own_plans(actor, today=today),
        "named": lists.own_named(actor),
        "units": units.order_by("path"),
    }
    return render(request, "reviews/remediation/own.html", context, status=status)


@require_safe
def remediation_unit(request: AccountRequest, unit_id: int) -> HttpResponse:
    """Show what a unit keeps and follows, what came to it, and the numbers below."""
    return _unit_page(request, unit_id)


def _unit_page(
    request: AccountRequest, unit_id: int, status: int = 200
) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    seen = PartyUnit.objects.visible_to(actor, Area.PROGRESS)
    unit = get_object_or_404(seen, pk=unit_id)
    numbers, below = lists.numbers_of(
        unit, with_below=lists.may_read_below(unit, actor), today=today
    )
    followed = lists.followed_at(unit, actor, today=today)
    context = {
        "crumbs": [to_own()] if actor.reaches(Area.WORK_EDIT) else back_to_first(),
        "unit": unit,
        "followed": followed,
        "behind": sum(line.read.is_behind for line in followed),
        "kept": lists.kept_at(unit, actor, today=today),
        "came": lists.came_to(unit, actor, today=today),
        "numbers": numbers,
        "below": below,
        "may_keep": actor.reaches_unit(Area.WORK_EDIT, unit.pk, unit.path),
        "may_type": actor.reaches_unit(Area.PLEDGES, unit.pk, unit.path),
    }
    return render(request, "reviews/remediation/unit.html", context, status=status)


@require_safe
def remediation_detail(
    request: AccountRequest, remediation_plan_id: int
) -> HttpResponse:
    """Show a plan with its items, its steps, and what the reader may do."""
    return _plan_page(request, seen_plan(request, remediation_plan_id))


def _plan_page(
    request: AccountRequest, plan: RemediationPlan, status: int = 200
) -> HttpResponse:
    read = reading.plan_read(plan, request.actor, today=timezone.localdate())
    is_own = plan.member_id is not None and plan.member_id == request.actor.member_id
    shared.note_read(plan, request.actor, timezone.now())
    place = read.place if read.is_kept else plan.goes_to
    context = {
        "crumbs": [to_own() if is_own or place is None else to_unit(place)],
        "read": read,
    }
    return render(request, "reviews/remediation/detail.html", context, status=status)


# ---- Opening ---------------------------------------------------------------


@require_POST
def remediation_open(request: AccountRequest) -> HttpResponse:
    """Open one's own plan, or go on with the one that is being written."""
    seen = Member.objects.visible_to(request.actor)
    member = get_object_or_404(seen, of_own_person(request.actor, "pk"))
    try:
        plan = plans.open_of_person(member=member, signed_on=None, **now_of(request))
    except RemediationRefused as refusal:
        messages.error(request, str(refusal))
        return _own_page(request, MISFIT)
    return redirect(detail_url(plan))


@require_POST
def remediation_unit_open(request: AccountRequest, unit_id: int) -> HttpResponse:
    """Open the plan of a collective, or go on with the one that is being written."""
    kept = PartyUnit.objects.visible_to(request.actor, Area.WORK_EDIT)
    unit = get_object_or_404(kept, pk=unit_id)
    try:
        plan = plans.open_of_unit(unit=unit, **now_of(request))
    except RemediationRefused as refusal:
        messages.error(request, str(refusal))
        return _unit_page(request, unit.pk, MISFIT)
    return redirect(detail_url(plan))


@acts.page_and_form
def remediation_paper(request: AccountRequest, unit_id: int) -> HttpResponse:
    """Begin to type somebody's plan from the signed paper."""
    kept = PartyUnit.objects.visible_to(request.actor, Area.PLEDGES)
    unit = get_object_or_404(kept, pk=unit_id)
    people = Member.objects.editable_by(request.actor, Area.PLEDGES)
    others = people.on_the_roll_of(unit.path).exclude(
        of_own_person(request.actor, "pk")
    )
    choices = list(others.in_name_order().values_list("pk", "full_name")[:MOST_PEOPLE])
    form = PaperPlanForm(acts.sent(request), people=choices)
    made: list[RemediationPlan] = []

    def begin() -> None:
        made.append(
            plans.open_of_person(
                member=others.get(pk=form.cleaned_data["person"]),
                signed_on=form.cleaned_data["signed_on"],
                **now_of(request),
            )
        )

    if acts.did(request, form, begin, refusals=REFUSALS):
        return redirect(detail_url(made[0]))
    return acts.page(
        request,
        form,
        back=to_unit(unit),
        title=_("Type a plan from the signed paper"),
        lead=_("The person reads it here, and keeps the paper."),
        button=_("Begin typing"),
    )


# ---- Items -----------------------------------------------------------------


@acts.page_and_form
def remediation_item_add(
    request: AccountRequest, remediation_plan_id: int
) -> HttpResponse:
    """Let one choose where an item comes from, then write it."""
    plan = plan_taking(request, remediation_plan_id, Act.WRITE)
    offers = {each.key: each for each in offers_for(plan, request.actor)}
    chosen = request.GET.get("from", "")
    if not chosen:
        context = {
            "crumbs": [to_plan(plan)],
            "offers": offers.values(),
            "is_personal": plan.is_personal,
        }
        return render(request, "reviews/remediation/item_choose.html", context)
    if chosen not in offers:
        raise Http404
    return _write_item(request, plan, offers[chosen])


def _write_item(
    request: AccountRequest, plan: RemediationPlan, offer: Offer
) -> HttpResponse:
    words = {"shortcoming": offer.text}
    form = ItemForm(
        acts.sent(request),
        source=offer.source,
        initial=words | ({"responsible": _("Myself")} if plan.is_personal else {}),
    )

    def add() -> None:
        items.add_item(
            plan=plan,
            source=offer.source,
            facts=form.facts(),
            suggestion=offer.suggestion,
            remark=offer.remark,
            **now_of(request),
        )

    if acts.did(request, form, add, refusals=REFUSALS):
        messages.success(request, _("Saved in the plan."))
        return redirect(detail_url(plan))
    return acts.page(
        request,
        form,
        back=to_plan(plan),
        title=_("Add what has to be put right"),
        lead=_("Source: %s.") % offer.source.label,
        button=_("Save in the plan"),
    )


def change_item(
    request: AccountRequest,
    item: RemediationItem,
    form: BaseForm,
    act: Callable[[], object],
    **shown: Any,
) -> HttpResponse:
    """Answer the page of an act on an item as it was shown; it leads to the plan."""
    return acts.change(
        request,
        form,
        act,
        refusals=REFUSALS,
        then=detail_url(item.plan),
        back=to_plan(item.plan),
        **{"stored": lambda now: {"version": now.version}, **shown},
    )


@acts.page_and_form
def remediation_item_edit(
    request: AccountRequest, remediation_item_id: int
) -> HttpResponse:
    """Change an item of a plan that is being written."""
    item = item_taking(request, remediation_item_id, Act.WRITE)
    source = RemediationItem.Source(item.source)
    form = ItemEditForm(acts.sent(request), source=source, initial=_stored(item))

    def change() -> None:
        items.change_item(
            item=item,
            version=form.cleaned_data["version"],
            facts=form.facts(),
            **now_of(request),
        )

    return change_item(
        request,
        item,
        form,
        change,
        said=_("Saved in the plan."),
        title=_("Change an item of the plan"),
        lead=_("Source: %s.") % source.label,
        button=_("Save in the plan"),
        stored=_stored,
    )


@require_POST
def remediation_item_remove(
    request: AccountRequest, remediation_item_id: int
) -> HttpResponse:
    """Take an item out that nobody follows yet."""
    item = item_taking(request, remediation_item_id, Act.WRITE)
    try:
        items.remove_item(item=item, version=item.version, **now_of(request))
    except RemediationRefused as refusal:
        messages.error(request, str(refusal))
        return _plan_page(request, item.plan, MISFIT)
    messages.success(request, _("The item is taken out."))
    return redirect(detail_url(item.plan))


def _stored(item: Any) -> dict[str, object]:
    names = ("shortcoming", "document", "document_on", "measure", "responsible")
    return {name: getattr(item, name) for name in (*names, "due_on", "version")}
