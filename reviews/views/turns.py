"""The review meeting: its steps, and one person after the other."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.forms.meetings import VersionedForm
from campaigns.models import Campaign, Meeting
from campaigns.views.meeting_scopes import title_of, url_of
from members import acts
from members.comparing import shown_by, values_of
from members.http import AccountRequest
from reviews.forms.turns import TurnForm
from reviews.models import ReviewOccasion
from reviews.queries import turns as queries
from reviews.queries.ballot_pages import convoked_at
from reviews.queries.collective_turns import comes_first, turn_at
from reviews.services import occasions
from reviews.views.ballots import CLOSED, kept_review, list_url, open_review
from reviews.views.remarks import REFUSALS, one_turn, turn_of


@require_safe
def turn_list(
    request: AccountRequest, campaign_id: int, unit_id: int, meeting_id: int
) -> HttpResponse:
    """Show the steps of a review meeting, and everybody in its order."""
    meeting = kept_review(request, campaign_id, unit_id, meeting_id)
    turns = queries.turns_at(meeting, request.actor)
    is_open = meeting.state not in CLOSED
    collective = turn_at(meeting)
    context = {
        "crumbs": [(title_of(meeting), url_of(meeting))],
        "meeting": meeting,
        "convoked": convoked_at(meeting),
        "turns": turns,
        "is_open": is_open,
        "collective": collective,
        "waits_for_collective": comes_first(meeting)
        and not (collective and collective.is_recorded),
        "next": next((each for each in turns if each.is_open), None)
        if is_open
        else None,
        "reviewed": sum(each.occasion.state == "REVIEWED" for each in turns),
    }
    return render(request, "reviews/turns/turn_list.html", context)


@acts.page_and_form
def turn_call(
    request: AccountRequest, campaign_id: int, unit_id: int, meeting_id: int
) -> HttpResponse:
    """Place everybody whom the cell still has to review in the order of the meeting."""
    meeting = open_review(kept_review(request, campaign_id, unit_id, meeting_id))
    build = partial(VersionedForm, initial={"version": meeting.version})
    form = build(acts.sent(request))

    def call() -> None:
        occasions.call_up(
            meeting=meeting,
            version=form.cleaned_data["version"],
            actor=request.actor,
            now=timezone.now(),
        )

    return acts.change(
        request,
        form,
        call,
        refusals=REFUSALS,
        then=list_url(meeting, "turn_list"),
        back=_back(meeting),
        title=_("Call up in order"),
        lead=_(
            "Secretary, deputy secretary, committee, then the others by name. Who was "
            "reviewed at an earlier meeting stays so."
        ),
        button=_("Call up in order"),
        again=_("Call up in order"),
        stored=lambda now: {"version": now.version},
    )


@acts.page_and_form
def turn_edit(
    request: AccountRequest,
    campaign_id: int,
    unit_id: int,
    meeting_id: int,
    occasion_id: int,
) -> HttpResponse:
    """Record what was said of somebody, that they were reviewed, and go on to the next.

    Where the campaign keeps no texts it is the number of remarks alone.
    """
    meeting = open_review(kept_review(request, campaign_id, unit_id, meeting_id))
    occasion = turn_of(request, meeting, occasion_id)
    then = _after(request, meeting, occasion)
    if meeting.unit.campaign.mode == Campaign.Mode.RESULTS_ONLY:
        return _counted(request, meeting, occasion, then)
    return one_turn(request, meeting, occasion, then)


def _counted(
    request: AccountRequest, meeting: Meeting, occasion: ReviewOccasion, then: str
) -> HttpResponse:
    is_reviewed = occasion.state == ReviewOccasion.State.REVIEWED
    build = partial(
        TurnForm,
        is_chair=queries.is_chair(occasion, meeting),
        initial={
            "version": occasion.version,
            "remarks_made": occasion.remarks_made if is_reviewed else None,
            "chaired_by": occasion.chaired_by,
        },
    )
    form = build(acts.sent(request))

    def review() -> None:
        occasions.mark_reviewed(
            occasion=occasion,
            meeting=meeting,
            actor=request.actor,
            now=timezone.now(),
            **form.cleaned_data,
        )
        messages.success(request, _("Reviewed: %s.") % occasion.participant.full_name)

    return acts.change(
        request,
        form,
        review,
        refusals=REFUSALS,
        then=then,
        back=_back(meeting),
        title=occasion.participant.full_name,
        lead=_(
            "Only that the person was reviewed and how many remarks were made; no level "
            "is spoken of here."
        ),
        button=_("Save and go on to the next person"),
        stored=lambda now: {**shown_by(build()), **values_of(now, form)},
    )


@acts.page_and_form
def turn_leave(
    request: AccountRequest,
    campaign_id: int,
    unit_id: int,
    meeting_id: int,
    occasion_id: int,
) -> HttpResponse:
    """Leave somebody's turn, to come back to it."""
    meeting = open_review(kept_review(request, campaign_id, unit_id, meeting_id))
    occasion = turn_of(request, meeting, occasion_id)
    build = partial(VersionedForm, initial={"version": occasion.version})
    form = build(acts.sent(request))

    def leave() -> None:
        occasions.leave_for_later(
            occasion=occasion,
            version=form.cleaned_data["version"],
            actor=request.actor,
            now=timezone.now(),
        )

    return acts.change(
        request,
        form,
        leave,
        refusals=REFUSALS,
        then=list_url(meeting, "turn_list"),
        back=_back(meeting),
        title=_("Leave for later: %s") % occasion.participant.full_name,
        lead=_("The person is reviewed later at this meeting, or at the next."),
        button=_("Leave for later, come back"),
        again=_("Leave for later, come back"),
        stored=lambda now: {"version": now.version},
    )


def _back(meeting: Meeting) -> tuple[str, str]:
    return _("Review of each person"), list_url(meeting, "turn_list")


def _after(request: AccountRequest, meeting: Meeting, occasion: ReviewOccasion) -> str:
    """Return where one goes on: to the next who waits, or to the list."""
    turns = queries.turns_at(meeting, request.actor)
    following = queries.next_turn(turns, occasion)
    if following is None:
        return list_url(meeting, "turn_list")
    unit = meeting.unit
    arguments = [unit.campaign_id, unit.live_unit_id, meeting.pk]
    return reverse("reviews:turn_edit", args=[*arguments, following.occasion.pk])
