"""The collective's turn at a review meeting: one page, saved while it is typed."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from campaigns.models import Campaign, Meeting
from members import acts
from members.comparing import Both, shown_by, values_of
from members.http import AccountRequest
from reviews.forms.remarks import SaidForm
from reviews.forms.turns import TurnForm
from reviews.queries import collective_turns as queries
from reviews.queries.ballot_pages import convoked_at
from reviews.services import collective_turns as services
from reviews.views.ballots import kept_review, list_url, open_review
from reviews.views.remarks import MISFIT, REFUSALS, REMOVE, kept, typed


@acts.page_and_form
def collective_turn(
    request: AccountRequest, campaign_id: int, unit_id: int, meeting_id: int
) -> HttpResponse:
    """Record what was said of the collective, that it was reviewed, and go back.

    Where the campaign keeps no texts it is the number of remarks alone.
    """
    meeting = open_review(kept_review(request, campaign_id, unit_id, meeting_id))
    if meeting.unit.campaign.mode == Campaign.Mode.RESULTS_ONLY:
        return _counted(request, meeting)
    form = _form(meeting, acts.sent(request))
    return typed(
        request,
        form,
        act=partial(_act, request, meeting, form),
        page=partial(_page, request, meeting, form),
        said_now=queries.said_of_collective,
        name=meeting.unit.name,
        then=list_url(meeting, "turn_list"),
    )


@never_cache
@require_POST
def collective_turn_save(
    request: AccountRequest, campaign_id: int, unit_id: int, meeting_id: int
) -> HttpResponse:
    """Keep what is being typed: 204 with the new version, 409 or 422 in words."""
    meeting = kept_review(request, campaign_id, unit_id, meeting_id)
    form = _form(meeting, request.POST, is_final=False)
    return kept(request, form, services.note_said, meeting)


def _form(meeting: Meeting, data: object = None, *, is_final: bool = True) -> SaidForm:
    turn = queries.turn_at(meeting)
    return SaidForm(
        data,
        said=queries.said_of_collective(turn),
        version=turn.version if turn else 0,
        is_final=is_final,
        is_published=bool(turn and turn.is_recorded),
        comment=_("Conclusion of the chair"),
    )


def _act(
    request: AccountRequest, meeting: Meeting, form: SaidForm, button: str
) -> Callable[[], object]:
    """Return what a button does: keep what was said, or record the review with it."""
    kind, _colon, at = button.partition(":")

    def act() -> None:
        said = form.said(without=at if kind == REMOVE else "")
        facts = {
            "meeting": meeting,
            "version": form.cleaned_data["version"],
            "actor": request.actor,
            "now": timezone.now(),
        }
        if button:
            services.note_said(**facts, said=said)
        else:
            made = len(said.remarks)
            reason = form.cleaned_data.get("reason", "")
            services.record(**facts, said=said, remarks_made=made, reason=reason)

    return act


def _counted(request: AccountRequest, meeting: Meeting) -> HttpResponse:
    turn = queries.turn_at(meeting)
    build = partial(
        TurnForm,
        is_chair=False,
        initial={
            "version": turn.version if turn else 0,
            "remarks_made": turn.remarks_made if turn and turn.is_recorded else None,
        },
    )
    form = build(acts.sent(request))

    def review() -> None:
        services.record(
            meeting=meeting,
            said=None,
            actor=request.actor,
            now=timezone.now(),
            **form.cleaned_data,
        )
        messages.success(request, _("Reviewed: %s.") % meeting.unit.name)

    return acts.change(
        request,
        form,
        review,
        refusals=REFUSALS,
        then=list_url(meeting, "turn_list"),
        back=_back(meeting),
        title=_("Review of the collective"),
        lead=_("Only that it was reviewed and how many remarks were made."),
        button=_("Record the review of the collective"),
        stored=lambda now: {**shown_by(build()), **values_of(now, form)},
    )


def _page(
    request: AccountRequest,
    meeting: Meeting,
    form: SaidForm,
    *,
    both: Both = (),
    status: int = MISFIT,
) -> HttpResponse:
    body = queries.organisation_of(meeting)
    context = {
        "crumbs": [_back(meeting)],
        "meeting": meeting,
        "body": body,
        "convoked": convoked_at(meeting),
        "form": form,
        "beside": queries.beside_collective(body, request.actor),
        "both": both,
        "key": acts.new_key(),
        "save_url": (
            "" if form.is_published else list_url(meeting, "collective_turn_save")
        ),
    }
    code = status if form.is_bound else 200
    return render(request, "reviews/turns/collective_turn.html", context, status=code)


def _back(meeting: Meeting) -> tuple[str, str]:
    return _("Review of each person"), list_url(meeting, "turn_list")
