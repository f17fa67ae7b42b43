"""Decisions on units: listed, drafted, corrected, thrown away, carried out."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns import queries as campaign_queries
from campaigns.services import previewing, reorganising
from members import acts, queries
from members.forms import decisions as forms
from members.http import AccountRequest
from members.models import UnitDecision
from members.policy import Area
from members.services import decisions
from members.services.units import UnitNotChangeable
from members.services.versions import ChangedMeanwhile
from members.views.confirming import weighty

REFUSALS = (decisions.DecisionNotDraftable, UnitNotChangeable)
LIST = "decision_list"


@require_safe
def decision_list(request: AccountRequest) -> HttpResponse:
    if not request.actor.reaches(Area.UNITS):
        raise Http404
    seen = UnitDecision.objects.visible_to(request.actor)
    drafts = UnitDecision.objects.editable_by(request.actor)
    carried_out = seen.filter(applied_at__isnull=False)
    latest = list(carried_out.order_by("-applied_at", "-pk")[:50])
    offers = campaign_queries.offers_of(latest, request.actor)
    context = {
        "crumbs": [(_("Party units"), reverse("members:unit_list"))],
        "drafts": queries.decision_rows(drafts),
        "waiting": [offer for offer in offers if not offer.is_applied],
        "carried_out": queries.decision_rows(carried_out),
    }
    return render(request, "campaigns/decisions/decision_list.html", context)


@require_safe
def decision_detail(request: AccountRequest, decision_id: int) -> HttpResponse:
    decision = seen_decision(request, decision_id)
    is_draft = UnitDecision.objects.editable_by(request.actor).filter(pk=decision.pk)
    context = {
        "crumbs": crumbs(),
        "decision": decision,
        "is_draft": is_draft.exists(),
        "changes": queries.change_lines(decision, request.actor),
        "offers": campaign_queries.offers_of([decision], request.actor),
    }
    return render(request, "campaigns/decisions/decision_detail.html", context)


@acts.page_and_form
def decision_add(request: AccountRequest) -> HttpResponse:
    keepers = queries.keepers_for(request.actor)
    if not keepers:
        raise Http404
    initial = {"issuer": queries.issuer_of(keepers[0])}
    form = forms.NewDecisionForm(acts.sent(request), keepers=keepers, initial=initial)
    made: list[UnitDecision] = []

    def draft() -> None:
        made.append(
            decisions.draft_decision(
                keeper=form.cleaned_data["keeper"],
                facts=form.facts(),
                actor=request.actor,
                now=timezone.now(),
            )
        )

    if acts.did(request, form, draft, refusals=REFUSALS):
        return redirect("decision_detail", made[0].pk)
    return acts.page(
        request,
        form,
        title=_("A new decision on units"),
        lead=_(
            "First what stands at the head of the document. Nothing changes before the "
            "decision is carried out."
        ),
        button=_("Record the draft"),
        back=crumbs()[-1],
    )


@acts.page_and_form
def decision_edit(request: AccountRequest, decision_id: int) -> HttpResponse:
    decision = draft_of(request, decision_id)
    initial = forms.initial_facts(decision)
    form = forms.DecisionEditForm(acts.sent(request), initial=initial)

    def correct() -> None:
        decisions.correct_decision(
            decision=decision,
            version=form.cleaned_data["version"],
            facts=form.facts(),
            actor=request.actor,
            now=timezone.now(),
        )

    return acts.change(
        request,
        form,
        correct,
        refusals=REFUSALS,
        then=link(decision)[1],
        back=link(decision),
        title=_("Correct the draft %s") % decision.number,
        button=_("Record the correction"),
        stored=lambda _now: forms.initial_facts(draft_of(request, decision_id)),
    )


@acts.page_and_form
def decision_discard(request: AccountRequest, decision_id: int) -> HttpResponse:
    decision = draft_of(request, decision_id)

    def discard(version: int) -> None:
        decisions.discard_decision(
            decision=decision,
            version=version,
            actor=request.actor,
            now=timezone.now(),
        )

    return confirm(
        request,
        decision,
        discard,
        title=_("Throw the draft %s away") % decision.number,
        lead=_("Its changes go with it. The list of units stays as it is."),
        button=_("Throw the draft away"),
        then=reverse(LIST),
    )


@weighty
@acts.page_and_form
def decision_carry_out(request: AccountRequest, decision_id: int) -> HttpResponse:
    """Show what would change, by the act itself taken back; then do it."""
    decision = seen_decision(request, decision_id)
    if decision.applied_at is not None:
        return redirect("decision_detail", decision.pk)  # the same button, twice
    decision = draft_of(request, decision_id)
    is_stale = False
    if request.method == "POST":
        form = forms.VersionForm(request.POST)
        try:
            if form.is_valid():
                reorganising.carry_out(
                    decision=decision,
                    version=form.cleaned_data["version"],
                    actor=request.actor,
                    now=timezone.now(),
                )
                messages.success(request, _("The decision is carried out."))
                return redirect("decision_detail", decision.pk)
        except ChangedMeanwhile:
            is_stale = True
        except UnitNotChangeable:
            if reorganising.is_carried_out(decision):
                return redirect("decision_detail", decision.pk)
    return _carry_out_page(request, decision_id, is_stale=is_stale)


def _carry_out_page(
    request: AccountRequest, decision_id: int, *, is_stale: bool
) -> HttpResponse:
    decision = draft_of(request, decision_id)
    context: dict[str, Any] = {
        "crumbs": [*crumbs(), link(decision)],
        "decision": decision,
        "changes": queries.change_lines(decision, request.actor),
        "is_stale": is_stale,
    }
    try:
        context["carried"] = previewing.try_carry_out(
            decision=decision, actor=request.actor, now=timezone.now()
        )
    except UnitNotChangeable as refusal:
        context |= {"refusal": str(refusal), "refused_id": refusal.change_id}
    status = 200 if request.method != "POST" else 409 if is_stale else 422
    return render(
        request, "campaigns/decisions/decision_carry_out.html", context, status=status
    )


def seen_decision(request: AccountRequest, decision_id: int) -> UnitDecision:
    """Return a decision that the actor sees; 404 for everybody else."""
    seen = UnitDecision.objects.visible_to(request.actor)
    related = seen.select_related("keeper", "drafted_by", "applied_by")
    return get_object_or_404(related, pk=decision_id)


def draft_of(request: AccountRequest, decision_id: int) -> UnitDecision:
    """Return a draft that the actor keeps; 404 for everybody else."""
    drafts = UnitDecision.objects.editable_by(request.actor)
    return get_object_or_404(drafts.select_related("keeper"), pk=decision_id)


def crumbs() -> list[tuple[str, str]]:
    """Return the way to a decision."""
    return [
        (_("Party units"), reverse("members:unit_list")),
        (_("Decisions on units"), reverse(LIST)),
    ]


def link(decision: UnitDecision) -> tuple[str, str]:
    """Return name and address of a decision's page, for the way back."""
    url = reverse("decision_detail", args=[decision.pk])
    return _("Decision %s") % decision.number, url


def confirm(
    request: AccountRequest,
    decision: UnitDecision,
    act: Callable[[int], None],
    *,
    title: str,
    lead: str,
    button: str,
    then: str,
) -> HttpResponse:
    """Answer a page on which one only says yes, to the version that is shown."""
    form = forms.VersionForm(acts.sent(request), initial={"version": decision.version})
    return acts.change(
        request,
        form,
        lambda: act(form.cleaned_data["version"]),
        refusals=REFUSALS,
        then=then,
        back=link(decision),
        title=title,
        lead=lead,
        button=button,
        again=button,
        stored=lambda _now: forms.initial_facts(draft_of(request, decision.pk)),
        told=lambda _now: [(_("Changes"), said_in(decision, request), title)],
    )


def said_in(decision: UnitDecision, request: AccountRequest) -> str:
    """Return all that a decision says now, in one text."""
    lines = queries.change_lines(decision, request.actor)
    return " ".join(line.text for line in lines)
