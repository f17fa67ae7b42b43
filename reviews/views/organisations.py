"""Levels of organisations: the table of proposals, and the decision of the committee."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.lifecycle import TAKES_ACTS
from campaigns.models import Campaign, CampaignBody, CampaignUnit
from campaigns.views.written.pages import to_figures
from members import acts
from members.http import AccountRequest
from members.policy import Area
from members.views.confirming import weighty
from reviews.forms.organisations import (
    BodyDecisionForm,
    BodyProposalForm,
    CollectiveForm,
)
from reviews.models import BodyDecision, BodyProposal
from reviews.queries import organisations as queries
from reviews.queries.verifying import ceiling_lines
from reviews.services import organisations
from reviews.services.deciding import DecidedMeanwhile, DecisionRefused
from reviews.views.files import CHANGED

FIELDS = ("party", "party_name", "level", "document", "on", "note", "version")


def _unit(request: AccountRequest, campaign_id: int, unit_id: int) -> CampaignUnit:
    """Return a unit that decides on organisations below, else 404."""
    units = queries.deciding_units(request.actor)
    return get_object_or_404(
        units.select_related("campaign", "custodian", "grassroots"),
        campaign=campaign_id,
        live_unit=unit_id,
    )


def read_body(request: AccountRequest, body_id: int) -> CampaignBody:
    """Return a collective whose work the actor reads, else 404."""
    bodies = CampaignBody.objects.visible_to(request.actor, Area.WORK)
    body: CampaignBody = get_object_or_404(
        queries.with_unit(bodies).select_related("unit__custodian"), pk=body_id
    )
    return body


def _kept_body(request: AccountRequest, body_id: int) -> CampaignBody:
    """Return one whose proposals the actor records: of the unit, or from right above."""
    own = CampaignBody.objects.editable_by(request.actor)
    below = CampaignBody.objects.receivable_by(request.actor)
    body: CampaignBody = get_object_or_404(
        queries.with_unit(own | below).select_related("unit__custodian"), pk=body_id
    )
    return body


def _runs(campaign: Campaign) -> bool:
    return campaign.state in TAKES_ACTS


def _to_list(unit: CampaignUnit) -> tuple[str, str]:
    address = reverse(
        "reviews:organisation_list", args=[unit.campaign_id, unit.live_unit_id]
    )
    return _("Levels of the organisations below"), address


def _to_body(body: CampaignBody) -> tuple[str, str]:
    return body.full_name, reverse("reviews:body_proposals", args=[body.pk])


@require_safe
def organisation_list(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Show who proposes what for each organisation on which a unit decides."""
    unit = _unit(request, campaign_id, unit_id)
    lines = queries.lines_of(unit, request.actor)
    decisions = BodyDecision.objects.visible_to(request.actor).filter(unit=unit)
    context = {
        "crumbs": [to_figures(unit)],
        "unit": unit,
        "lines": lines,
        "may_add": _runs(unit.campaign),
        "may_decide": _runs(unit.campaign) and any(not line.level for line in lines),
        "decisions": decisions,
    }
    return render(request, "reviews/organisations/list.html", context)


@require_safe
def body_proposals(request: AccountRequest, body_id: int) -> HttpResponse:
    """Show the table of proposals for one organisation."""
    body = read_body(request, body_id)
    own = CampaignBody.objects.editable_by(request.actor)
    below = CampaignBody.objects.receivable_by(request.actor)
    keeps = (own | below).filter(pk=body.pk).exists()
    rows = queries.proposals_of([body], request.actor)[body.pk]
    context = {
        "crumbs": [to_figures(body.unit)],
        "body": body,
        "rows": rows,
        "level": queries.level_words(body.campaign.rules).get(body.level, ""),
        "decider": queries.decider_of(body),
        "may_record": keeps and not body.level and _runs(body.campaign),
    }
    return render(request, "reviews/organisations/proposals.html", context)


@acts.page_and_form
def body_proposal_add(request: AccountRequest, body_id: int) -> HttpResponse:
    """Record what one body proposes."""
    body = _kept_body(request, body_id)
    form = BodyProposalForm(acts.sent(request), rules=body.campaign.rules)

    def record() -> None:
        organisations.record_proposal(
            body=body, facts=form.facts(), actor=request.actor, now=timezone.now()
        )

    refusals = (organisations.BodyProposalRefused,)
    if acts.did(request, form, record, refusals=refusals):
        messages.success(request, _("The proposal is recorded."))
        return redirect("reviews:body_proposals", body.pk)
    return acts.page(
        request,
        form,
        back=_to_body(body),
        title=_("Enter a proposal for %s") % body.full_name,
        button=_("Record the proposal"),
    )


@acts.page_and_form
def body_proposal_edit(request: AccountRequest, body_proposal_id: int) -> HttpResponse:
    """Correct what is recorded of one body."""
    kept = BodyProposal.objects.editable_by(request.actor)
    row = get_object_or_404(kept, pk=body_proposal_id)
    row.body = _kept_body(request, row.body_id)
    form = BodyProposalForm(
        acts.sent(request), rules=row.body.campaign.rules, initial=_stored(row)
    )
    back = _to_body(row.body)
    return acts.change(
        request,
        form,
        lambda: organisations.correct_proposal(
            proposal=row,
            version=form.cleaned_data["version"] or 0,
            facts=form.facts(),
            actor=request.actor,
            now=timezone.now(),
        ),
        refusals=(organisations.BodyProposalRefused,),
        said=_("The correction is recorded."),
        then=back[1],
        back=back,
        title=_("Correct the proposal for %s") % row.body.full_name,
        button=_("Record the correction"),
        stored=_stored,
    )


def _stored(row: BodyProposal) -> dict[str, object]:
    return {name: getattr(row, name) for name in FIELDS}


@acts.page_and_form
def collective_add(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Add a collective, of a unit right below, that is rated beside the organisation."""
    unit = _unit(request, campaign_id, unit_id)
    below = queries.units_right_below(unit)
    form = CollectiveForm(acts.sent(request), units=below)

    def add() -> None:
        organisations.add_collective(
            **form.cleaned_data, actor=request.actor, now=timezone.now()
        )

    refusals = (organisations.BodyProposalRefused,)
    if acts.did(request, form, add, refusals=refusals):
        messages.success(request, _("The collective is on the list."))
        return redirect("reviews:organisation_list", campaign_id, unit_id)
    return acts.page(
        request,
        form,
        back=_to_list(unit),
        title=_("Enter a collective that is rated"),
        lead=_(
            "Beside the organisation itself: the committee or another leadership "
            "collective. It is counted in no figure of organisations."
        ),
        button=_("Add the collective"),
    )


@weighty
@acts.page_and_form
def body_decide(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Record the decision on organisations below, with what was proposed beside it."""
    unit = _unit(request, campaign_id, unit_id)
    sent = acts.sent(request)
    # One that was shown stays in the form when somebody else has decided on it since.
    shown = [
        line
        for line in queries.lines_of(unit, request.actor)
        if not line.body.level or (sent and sent.get(f"level_{line.body.pk}"))
    ]
    lines = [line for line in shown if not line.body.level]
    form = BodyDecisionForm(sent, lines=shown, rules=unit.campaign.rules)
    made: list[BodyDecision] = []
    codes: list[int] = []

    def decide() -> None:
        try:
            made.append(
                organisations.decide(
                    unit=unit,
                    papers=form.papers(),
                    chosen=form.chosen(),
                    actor=request.actor,
                    now=timezone.now(),
                )
            )
        except DecidedMeanwhile:
            codes.append(CHANGED)
            raise

    if acts.did(request, form, decide, refusals=(DecisionRefused,)):
        messages.success(request, _("Recorded. The units read their level."))
        return redirect("reviews:body_decision_detail", made[0].pk)
    code = (codes or [422])[0] if form.is_bound else 200
    alike = [
        (line.body, {each.proposal.level for each in line.proposals}) for line in lines
    ]
    agreed = [(body, next(iter(levels))) for body, levels in alike if len(levels) == 1]
    context = {
        "crumbs": [_to_list(unit)],
        "unit": unit,
        "form": form,
        "rows": [(line, form.fields_of(line)) for line in lines],
        "sentences": ceiling_lines(queries.ceilings_with(unit, agreed)),
        "key": acts.new_key(),
    }
    return render(request, "reviews/organisations/decide.html", context, status=code)


@require_safe
def body_decision_detail(
    request: AccountRequest, body_decision_id: int
) -> HttpResponse:
    """Show a decision with those of its organisations whom the reader sees."""
    seen = BodyDecision.objects.visible_to(request.actor)
    decision = get_object_or_404(
        seen.select_related("unit__campaign"), pk=body_decision_id
    )
    lines = queries.decided_lines(decision, request.actor)
    rules = decision.unit.campaign.rules
    words = queries.level_words(rules)
    decides = queries.deciding_units(request.actor).filter(pk=decision.unit_id)
    context = {
        "crumbs": [to_figures(decision.unit)],
        "decision": decision,
        "unit": decision.unit,
        "rows": [(line, words[line.level]) for line in lines],
        "may_print": decides.exists(),
    }
    return render(request, "reviews/organisations/decision.html", context)
