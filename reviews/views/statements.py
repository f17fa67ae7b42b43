"""Statements: that a self-review or a report meets the requirements, or does not."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.queries.written import reading
from campaigns.views.written.pages import REFUSALS as WRITTEN_REFUSALS
from members import acts
from members.http import AccountRequest
from reviews.forms.statements import StatementForm
from reviews.models import (
    COLLECTIVE_REPORTS,
    CollectiveSuggestion,
    ReviewSuggestion,
)
from reviews.services import stating
from reviews.services.occasions import ReviewNotRecordable
from reviews.views.ballots import kept_review, list_url, open_review
from reviews.views.collective_reports import PAGES, waiting_body
from reviews.views.remarks import REFUSALS, turn_of


@acts.page_and_form
def turn_statement(
    request: AccountRequest,
    campaign_id: int,
    unit_id: int,
    meeting_id: int,
    occasion_id: int,
) -> HttpResponse:
    """State at a meeting whether somebody's self-review meets the requirements."""
    meeting = open_review(kept_review(request, campaign_id, unit_id, meeting_id))
    occasion = turn_of(request, meeting, occasion_id)
    person = occasion.participant
    seen = ReviewSuggestion.objects.visible_to(request.actor)
    form = StatementForm(
        acts.sent(request),
        suggestions=list(seen.filter(participant=person)),
        version=occasion.version,
    )

    def state() -> None:
        stating.state_self_review(
            occasion=occasion,
            version=form.cleaned_data["version"],
            meeting=meeting,
            stated=form.stated(),
            actor=request.actor,
            now=timezone.now(),
        )

    return acts.change(
        request,
        form,
        state,
        refusals=REFUSALS,
        said=_("Recorded."),
        then=list_url(meeting, "turn_list"),
        back=(_("Review of each person"), list_url(meeting, "turn_list")),
        title=_("Self-review of %s: does it meet the requirements") % person.full_name,
        lead=_(
            "What does not is returned to the person, and both the self-review and the "
            "review of the person are done again. The person reads the statement."
        ),
        button=_("Record the statement"),
        again=_("Record the statement"),
        stored=lambda now: {"version": now.version},
    )


@acts.page_and_form
def collective_report_statement(request: AccountRequest, body_id: int) -> HttpResponse:
    """State for the level above whether a report meets the requirements."""
    body = waiting_body(request, body_id)
    seen = CollectiveSuggestion.objects.visible_to(request.actor)
    form = StatementForm(
        acts.sent(request),
        suggestions=list(seen.filter(body=body)),
        version=reading.last_number(COLLECTIVE_REPORTS, body),
    )

    def state() -> None:
        stating.state_report(
            body=body,
            number=form.cleaned_data["version"],
            stated=form.stated(),
            actor=request.actor,
            now=timezone.now(),
        )

    refusals = (*WRITTEN_REFUSALS, ReviewNotRecordable)
    if acts.did(request, form, state, refusals=refusals):
        messages.success(request, _("Recorded."))
        return redirect(PAGES.address("detail", body.pk))
    return acts.page(
        request,
        form,
        back=PAGES.to_detail(body),
        title=_("Report of %s: does it meet the requirements") % body.full_name,
        lead=_("What does not goes back to be done again. The collective reads this."),
        button=_("Record the statement"),
    )
