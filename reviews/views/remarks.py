"""One person's turn with all that is said, saved while it is typed; the reply to it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from campaigns.models import PLEDGES, Meeting
from campaigns.services.meetings.shared import MeetingNotChangeable
from campaigns.services.written import openings
from members import acts
from members.comparing import Both, took_up
from members.http import AccountRequest
from members.models import of_own_person
from members.services.versions import ChangedMeanwhile
from reviews.forms.remarks import ReplyForm, SaidForm
from reviews.models import SELF_REVIEWS, ReviewOccasion
from reviews.queries import remarks as queries
from reviews.queries import turns
from reviews.queries.ballot_pages import convoked_at
from reviews.queries.remarks import Said
from reviews.services import remarks as services
from reviews.services.occasions import ReviewNotRecordable
from reviews.services.opinions import recording
from reviews.views.ballots import kept_review, list_url

REFUSALS = (ReviewNotRecordable, MeetingNotChangeable)
MISFIT = 422
CHANGED = 409
REMOVE = "remove"  # the button that takes a remark out; without a script it saves, too
STAY = ("save", "add")


def one_turn(
    request: AccountRequest, meeting: Meeting, occasion: ReviewOccasion, then: str
) -> HttpResponse:
    """Answer the page of a turn that was got by a scope; `then` is where one goes on."""
    form = _form(occasion, meeting, acts.sent(request))
    return typed(
        request,
        form,
        act=partial(_act, request, meeting, occasion, form),
        page=partial(_page, request, meeting, occasion, form),
        said_now=queries.said_at,
        name=occasion.participant.full_name,
        then=then,
    )


def typed(
    request: AccountRequest,
    form: SaidForm,
    *,
    act: Callable[[str], Callable[[], object]],
    page: Callable[..., HttpResponse],
    said_now: Callable[[Any], Said],
    name: str,
    then: str,
) -> HttpResponse:
    """Answer a page on which what was said at a turn is typed.

    A button that stays keeps it; the other records the review of `name` and goes on.
    """
    button = request.POST.get("do", "")
    stays = button.partition(":")[0] in (*STAY, REMOVE)
    if stays:
        for name in ("chaired_by", "reason"):
            form.fields.get(name, form.fields["answer"]).required = False
    try:
        if acts.did(request, form, act(button if stays else ""), refusals=REFUSALS):
            if stays:
                return redirect(f"{request.path}#remarks")
            messages.success(request, _("Reviewed: %s.") % name)
            return redirect(then)
    except ChangedMeanwhile as meanwhile:
        now: Any = meanwhile.current
        both = form.differences(said_now(now))
        took_up(form, now.version)
        return page(both=both, status=CHANGED)
    return page()


def _act(
    request: AccountRequest,
    meeting: Meeting,
    occasion: ReviewOccasion,
    form: SaidForm,
    button: str,
) -> Callable[[], object]:
    """Return what a button does: keep what was said, or record the review with it."""
    kind, _colon, at = button.partition(":")

    def act() -> None:
        reason = form.cleaned_data.get("reason", "")
        record = partial(services.record_turn, reason=reason)
        service = services.note_said if button else record
        service(
            occasion=occasion,
            version=form.cleaned_data["version"],
            meeting=meeting,
            said=form.said(without=at if kind == REMOVE else ""),
            actor=request.actor,
            now=timezone.now(),
        )

    return act


@never_cache
@require_POST
def turn_save(
    request: AccountRequest,
    campaign_id: int,
    unit_id: int,
    meeting_id: int,
    occasion_id: int,
) -> HttpResponse:
    """Keep what is being typed at a turn: 204 with the new version.

    409 if another device has written, 422 in words if it does not fit.
    """
    meeting = kept_review(request, campaign_id, unit_id, meeting_id)
    occasion = turn_of(request, meeting, occasion_id)
    form = _form(occasion, meeting, request.POST, is_final=False)
    return kept(request, form, partial(services.note_said, occasion=occasion), meeting)


def kept(
    request: AccountRequest,
    form: SaidForm,
    note: Callable[..., Any],
    meeting: Meeting,
) -> HttpResponse:
    """Answer what a script sends while somebody types at a turn."""
    if not form.is_valid():
        return _told(form.first_error())
    try:
        noted = note(
            version=form.cleaned_data["version"],
            meeting=meeting,
            said=form.said(),
            actor=request.actor,
            now=timezone.now(),
        )
    except ChangedMeanwhile:
        return HttpResponse(status=CHANGED)
    except REFUSALS as refusal:
        return _told(str(refusal))
    return HttpResponse(status=204, headers={"Draft-Version": noted.version})


@acts.page_and_form
def turn_reply(request: AccountRequest, occasion_id: int) -> HttpResponse:
    """Let somebody add in writing what they say to what was said of them."""
    own = ReviewOccasion.objects.visible_to(request.actor).filter(
        of_own_person(request.actor, "participant__member"),
        state=ReviewOccasion.State.REVIEWED,
    )
    occasion = get_object_or_404(own.select_related("participant"), pk=occasion_id)
    form = ReplyForm(acts.sent(request))

    def reply() -> None:
        services.reply(
            occasion=occasion,
            text=form.cleaned_data["text"],
            actor=request.actor,
            now=timezone.now(),
        )

    back = reverse("reviews:self_review_detail", args=[occasion.participant_id])
    return acts.change(
        request,
        form,
        reply,
        refusals=REFUSALS,
        then=back,
        back=(_("My self-review"), back),
        title=_("Reply to what was said about me"),
        lead=_(
            "The reply stands beside the minutes of the meeting as you write it. It "
            "cannot be changed later; you may add another."
        ),
        button=_("Send the reply to the cell"),
        said=_("Your reply is sent to the cell."),
    )


def turn_of(
    request: AccountRequest, meeting: Meeting, occasion_id: int
) -> ReviewOccasion:
    """Return somebody's turn in the cell of a meeting, never the own, else 404."""
    kept = ReviewOccasion.objects.editable_by(request.actor)
    rows = kept.select_related("participant__campaign", "body__unit")
    return get_object_or_404(rows, pk=occasion_id, body__unit=meeting.unit)


def _form(
    occasion: ReviewOccasion,
    meeting: Meeting,
    data: object = None,
    *,
    is_final: bool = True,
) -> SaidForm:
    return SaidForm(
        data,
        said=queries.said_at(occasion),
        version=occasion.version,
        is_chair=turns.is_chair(occasion, meeting),
        is_final=is_final,
        is_published=occasion.state == ReviewOccasion.State.REVIEWED,
    )


def _page(
    request: AccountRequest,
    meeting: Meeting,
    occasion: ReviewOccasion,
    form: SaidForm,
    *,
    both: Both = (),
    status: int = MISFIT,
) -> HttpResponse:
    person = occasion.participant
    beside = queries.beside_turn(person, request.actor)
    for kind, text in ((SELF_REVIEWS, beside.self_review), (PLEDGES, beside.pledge)):
        if text and not form.is_bound:
            now = timezone.now()
            openings.note(kind, participant=person, actor=request.actor, now=now)
    if beside.opinions and not form.is_bound:
        recording.note_read(person, meeting.unit, request.actor, timezone.now())
    in_order = [each.occasion.pk for each in turns.turns_at(meeting, request.actor)]
    context = {
        "crumbs": [(_("Review of each person"), list_url(meeting, "turn_list"))],
        "meeting": meeting,
        "occasion": occasion,
        "number": in_order.index(occasion.pk) + 1,
        "all": len(in_order),
        "convoked": convoked_at(meeting),
        "form": form,
        "beside": beside,
        "both": both,
        "key": acts.new_key(),
    }
    code = status if form.is_bound else 200
    return render(request, "reviews/turns/turn_edit.html", context, status=code)


def _told(text: str) -> HttpResponse:
    return HttpResponse(text, status=MISFIT, content_type="text/plain; charset=utf-8")
