"""Suggestions for reviews: the committee writes them, sees the answers, judges them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.models import CampaignUnit, Participant
from campaigns.services.written import states
from campaigns.views.written.pages import REFUSALS, to_figures
from members import acts
from members.http import AccountRequest
from members.policy import Area
from reviews.forms.suggestions import JudgementForm, SuggestionForm
from reviews.models import ReviewSuggestion, Suggested
from reviews.queries import suggestions as queries
from reviews.services import suggesting


def _unit(request: AccountRequest, campaign_id: int, unit_id: int) -> CampaignUnit:
    units = queries.suggesting_units(request.actor)
    return get_object_or_404(
        units.select_related("campaign", "custodian"),
        campaign=campaign_id,
        live_unit=unit_id,
    )


def _to_list(unit: CampaignUnit) -> tuple[str, str]:
    address = reverse(
        "reviews:suggestion_list", args=[unit.campaign_id, unit.live_unit_id]
    )
    return _("Suggestions for reviews"), address


@require_safe
def suggestion_list(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Show what is suggested to people at and below a unit, with their answers."""
    unit = _unit(request, campaign_id, unit_id)
    context = {
        "crumbs": [to_figures(unit)],
        "unit": unit,
        "rows": queries.suggestions_below(unit, request.actor),
    }
    return render(request, "reviews/suggestions/suggestion_list.html", context)


@acts.page_and_form
def suggestion_add(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Suggest one matter to one person."""
    unit = _unit(request, campaign_id, unit_id)
    people = queries.people_below(unit, request.actor)
    form = SuggestionForm(acts.sent(request), people=people)

    def suggest() -> None:
        facts = dict(form.cleaned_data)
        people = Participant.objects.visible_to(request.actor, Area.LEVELS)
        suggesting.suggest(
            author=people.get(pk=facts.pop("person")),
            issuer=unit,
            actor=request.actor,
            now=timezone.now(),
            **facts,
        )

    if acts.did(request, form, suggest, refusals=REFUSALS):
        messages.success(request, _("Recorded. The person and the cell read it."))
        return redirect(_to_list(unit)[1])
    return acts.page(
        request,
        form,
        back=_to_list(unit),
        title=_("Suggest something to be answered"),
        lead=_(
            "It goes to the person and to the cell committee. The self-review cannot be "
            "sent before it is answered."
        ),
        button=_("Record the suggestion"),
    )


@acts.page_and_form
def suggestion_judge(request: AccountRequest, suggestion_id: int) -> HttpResponse:
    """Say whether the answer suffices."""
    seen = ReviewSuggestion.objects.receivable_by(request.actor).select_related(
        "participant", "issuer__campaign", "issuer__custodian"
    )
    suggestion = get_object_or_404(seen, pk=suggestion_id)
    place = states.unit_read_at(suggestion.participant)
    back = _to_list(
        suggestion.issuer
        if queries.suggesting_units(request.actor)
        .filter(pk=suggestion.issuer_id)
        .exists()
        else place
    )
    [read] = queries.with_answers([suggestion], request.actor)
    return judged(request, suggestion, read.answer, back=back)


def judged(
    request: AccountRequest,
    suggestion: Suggested,
    answer: str,
    *,
    back: tuple[str, str],
) -> HttpResponse:
    """Answer the page on which a suggestion got by a scope is judged by its answer."""
    form = JudgementForm(acts.sent(request))

    def judge() -> None:
        suggesting.judge(
            suggestion=suggestion,
            actor=request.actor,
            now=timezone.now(),
            **form.cleaned_data,
        )

    if acts.did(request, form, judge, refusals=REFUSALS):
        messages.success(request, _("Recorded."))
        return redirect(back[1])
    return acts.page(
        request,
        form,
        back=back,
        title=_("Answer of %s") % suggestion.author.full_name,
        texts=[suggestion.text, answer or _("No answer is sent yet.")],
        button=_("Record whether it suffices"),
    )
