"""Suggestions to collectives: the committee above writes them and judges the answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.models import CampaignUnit
from campaigns.views.written.pages import REFUSALS
from members import acts
from members.http import AccountRequest
from reviews.forms.suggestions import SuggestionForm
from reviews.models import CollectiveSuggestion
from reviews.queries import collective_suggestions as queries
from reviews.services import suggesting
from reviews.views.collective_reports import PAGES
from reviews.views.suggestions import judged


def _unit(request: AccountRequest, campaign_id: int, unit_id: int) -> CampaignUnit:
    units = queries.suggesting_units(request.actor)
    return get_object_or_404(
        units.select_related("campaign", "custodian"),
        campaign=campaign_id,
        live_unit=unit_id,
    )


def _to_list(unit: CampaignUnit) -> tuple[str, str]:
    arguments = [unit.campaign_id, unit.live_unit_id]
    address = reverse("reviews:collective_suggestion_list", args=arguments)
    return _("Suggestions to collectives"), address


@require_safe
def collective_suggestion_list(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Show what a unit suggests to the collectives below, with their answers."""
    unit = _unit(request, campaign_id, unit_id)
    context = {
        "crumbs": [PAGES.to_cell(unit)],
        "unit": unit,
        "rows": queries.suggestions_of(unit, request.actor),
    }
    return render(request, "reviews/collective_reports/suggestions.html", context)


@acts.page_and_form
def collective_suggestion_add(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Suggest one matter to one collective."""
    unit = _unit(request, campaign_id, unit_id)
    bodies = {each.pk: each for each in queries.bodies_below(unit)}
    names = [(pk, each.full_name) for pk, each in bodies.items()]
    form = SuggestionForm(acts.sent(request), people=names)

    def suggest() -> None:
        facts = dict(form.cleaned_data)
        suggesting.suggest(
            author=bodies[facts.pop("person")],
            issuer=unit,
            actor=request.actor,
            now=timezone.now(),
            **facts,
        )

    if acts.did(request, form, suggest, refusals=REFUSALS):
        messages.success(request, _("Recorded. The collective reads it."))
        return redirect(_to_list(unit)[1])
    return acts.page(
        request,
        form,
        back=_to_list(unit),
        title=_("Suggest something to a collective"),
        lead=_("The report cannot be sent up before it is answered."),
        button=_("Record the suggestion"),
    )


@acts.page_and_form
def collective_suggestion_judge(
    request: AccountRequest, collective_suggestion_id: int
) -> HttpResponse:
    """Say whether the answer suffices."""
    seen = CollectiveSuggestion.objects.receivable_by(request.actor).select_related(
        "body__unit__campaign", "issuer__campaign", "issuer__custodian"
    )
    suggestion = get_object_or_404(seen, pk=collective_suggestion_id)
    [read] = queries.with_answers([suggestion], request.actor)
    back = _to_list(suggestion.issuer)
    return judged(request, suggestion, read.answer, back=back)
