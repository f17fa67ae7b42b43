"""A secret ballot on paper: who counts, which rounds there are, what was counted."""

from collections.abc import Callable
from functools import partial

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.forms.meetings import VersionedForm
from campaigns.models import Meeting
from campaigns.services.meetings.shared import MeetingNotChangeable
from campaigns.views.meeting_scopes import one_of, title_of, url_of
from members import acts
from members.comparing import shown_by
from members.http import AccountRequest
from members.views.confirming import weighty
from reviews.forms import ballots as forms
from reviews.models import Ballot, Teller
from reviews.queries import ballot_pages as queries
from reviews.queries.ballots import voters_at
from reviews.queries.meetings import round_name
from reviews.services import balloting
from reviews.services.tellers import (
    BallotNotChangeable,
    name_tellers,
    secretaries_of,
)

REFUSALS = (BallotNotChangeable, MeetingNotChangeable)
CLOSED = (Meeting.State.SIGNED, Meeting.State.CANCELLED)


def kept_review(
    request: AccountRequest, campaign_id: int, unit_id: int, meeting_id: int
) -> Meeting:
    """Return a review meeting that one records, else 404."""
    kept = Meeting.objects.editable_by(request.actor)
    return one_of(_reviews(kept), campaign_id, unit_id, meeting_id)


def open_review(meeting: Meeting) -> Meeting:
    """Return a review meeting whose minutes are not closed, else 404."""
    if meeting.state in CLOSED:
        raise Http404
    return meeting


def _reviews(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    return meetings.filter(kind=Meeting.Kind.REVIEW, body=None)


def list_url(meeting: Meeting, name: str = "ballot_list") -> str:
    """Return the address of a page of the ballots of one meeting."""
    unit = meeting.unit
    arguments = [unit.campaign_id, unit.live_unit_id, meeting.pk]
    return reverse(f"reviews:{name}", args=arguments)


def to_ballots(meeting: Meeting) -> tuple[str, str]:
    """Return name and address of the ballots of one meeting."""
    return _("Secret ballot"), list_url(meeting)


def seen_ballot(request: AccountRequest, ballot_id: int) -> Ballot | None:
    """Return a round whose counts one sees."""
    rows = Ballot.objects.visible_to(request.actor)
    related = ("meeting__unit__campaign", "meeting__unit__custodian", "meeting__body")
    return rows.select_related(*related).filter(pk=ballot_id).first()


def countable(request: AccountRequest, ballot_id: int) -> Ballot | None:
    """Return a round that one counts; none if it is locked meanwhile, else 404."""
    rows = Ballot.objects.countable_by(request.actor)
    related = ("meeting__unit__campaign", "meeting__unit__custodian", "meeting__body")
    found = rows.select_related(*related).filter(pk=ballot_id).first()
    if found is None and queries.told_of(request.actor, ballot_id) is None:
        raise Http404
    return found


@require_safe
def ballot_list(
    request: AccountRequest, campaign_id: int, unit_id: int, meeting_id: int
) -> HttpResponse:
    """Show tellers and rounds to who keeps the meeting, and to the tellers."""
    seen = Meeting.objects.visible_to(request.actor)
    meeting = one_of(_reviews(seen), campaign_id, unit_id, meeting_id)
    kept = Meeting.objects.editable_by(request.actor).filter(pk=meeting.pk)
    keeps = kept.exists()
    if not keeps and not _counts_at(request, meeting):
        raise Http404
    rounds = queries.rounds_of(meeting)
    totals, sentences = queries.summary_of(meeting) if keeps else ([], [])
    is_running = any(each.state != Ballot.State.LOCKED for each in rounds)
    is_open = keeps and meeting.state not in CLOSED
    tellers = queries.tellers_of(meeting)
    context = {
        "crumbs": [(title_of(meeting), url_of(meeting))],
        "meeting": meeting,
        "convoked": queries.convoked_at(meeting),
        "tellers": tellers,
        "rounds": [(round_name(each), each) for each in rounds],
        "may_name": is_open and all(each.state == "COUNTING" for each in rounds),
        "next_rounds": queries.next_rounds(meeting)
        if is_open and tellers and not is_running
        else [],
        "results": queries.results_of(meeting) if keeps else [],
        "totals": totals,
        "sentences": sentences,
        "keeps": keeps,
    }
    return render(request, "reviews/ballots/ballot_list.html", context)


def _counts_at(request: AccountRequest, meeting: Meeting) -> bool:
    return Teller.objects.own(request.actor).filter(meeting=meeting).exists()


@acts.page_and_form
def teller_edit(
    request: AccountRequest, campaign_id: int, unit_id: int, meeting_id: int
) -> HttpResponse:
    """Name the tellers of a review meeting, in place of those before."""
    meeting = kept_review(request, campaign_id, unit_id, meeting_id)
    if meeting.state in CLOSED:
        raise Http404
    secretaries = secretaries_of(meeting)
    named = queries.tellers_of(meeting)
    build = partial(
        forms.TellersForm,
        people=[
            each for each in voters_at(meeting) if each.member_id not in secretaries
        ],
        initial={
            "version": meeting.version,
            "head": next((each.participant_id for each in named if each.is_head), ""),
            "others": [each.participant_id for each in named],
        },
    )
    form = build(acts.sent(request))

    def name() -> None:
        name_tellers(
            meeting=meeting,
            version=form.cleaned_data["version"],
            **forms.chosen(form.cleaned_data),
            actor=request.actor,
            now=timezone.now(),
        )

    return acts.change(
        request,
        form,
        name,
        refusals=REFUSALS,
        said=_("The tellers are named."),
        then=list_url(meeting),
        back=to_ballots(meeting),
        title=_("Name the tellers"),
        lead=_(
            "Two at least, of the full members; the secretary is none. One enters the "
            "counts, another confirms them."
        ),
        button=_("Name the tellers"),
        again=_("Name the tellers"),
        stored=lambda now: {**shown_by(build()), "version": now.version},
    )


@acts.page_and_form
def ballot_open(
    request: AccountRequest, campaign_id: int, unit_id: int, meeting_id: int
) -> HttpResponse:
    """Open the next round, on the persons whom it concerns."""
    meeting = kept_review(request, campaign_id, unit_id, meeting_id)
    rounds = queries.next_rounds(meeting)
    if meeting.state in CLOSED or not rounds:
        raise Http404
    initial = {"version": meeting.version, "kind": rounds[0].kind}
    build = partial(forms.RoundForm, rounds=rounds, initial=initial)
    form = build(acts.sent(request))

    def begin() -> None:
        balloting.open_ballot(
            meeting=meeting,
            version=form.cleaned_data["version"],
            kind=form.cleaned_data["kind"],
            actor=request.actor,
            now=timezone.now(),
        )

    return acts.change(
        request,
        form,
        begin,
        refusals=REFUSALS,
        said=_("The round is open: the tellers count it."),
        then=list_url(meeting),
        back=to_ballots(meeting),
        title=_("Open a round"),
        lead=_("Ballots are cast on paper. Only counts come in here, never a paper."),
        button=_("Open the round"),
        again=_("Open the round"),
        stored=lambda now: {**shown_by(build()), "version": now.version},
    )


@require_safe
def ballot_detail(request: AccountRequest, ballot_id: int) -> HttpResponse:
    """Show a round's counts; whoever counted it is told that it is locked."""
    ballot = seen_ballot(request, ballot_id)
    if ballot is None:
        told = queries.told_of(request.actor, ballot_id)
        if told is None:
            raise Http404
        context = {
            "crumbs": [to_ballots(told.meeting)],
            "meeting": told.meeting,
            "title": round_name(told),
        }
        return render(request, "reviews/ballots/ballot_told.html", context)
    actor, meeting = request.actor, ballot.meeting
    kept = Meeting.objects.editable_by(actor).filter(pk=meeting.pk)
    counted = Ballot.objects.countable_by(actor).filter(pk=ballot.pk)
    later = Ballot.objects.visible_to(actor).filter(replaces=ballot)
    counts, keeps = counted.exists(), kept.exists()
    is_entered = ballot.state == Ballot.State.ENTERED
    lines = queries.lines_of(ballot)
    context = {
        "crumbs": [to_ballots(meeting)] if keeps or counts else [],
        "meeting": meeting,
        "ballot": ballot,
        "title": round_name(ballot),
        "papers": queries.papers_of(ballot),
        "columns": queries.columns_of(ballot),
        "lines": lines,
        "open_names": [each.name for each in lines if each.is_open],
        "may_enter": counts,
        "may_confirm": counts
        and is_entered
        and ballot.entered_by_id != actor.account_id,
        "waits": counts and is_entered and ballot.entered_by_id == actor.account_id,
        "may_correct": keeps
        and ballot.state == Ballot.State.LOCKED
        and not later.exists(),
    }
    return render(request, "reviews/ballots/ballot_detail.html", context)


@weighty
@acts.page_and_form
def ballot_confirm(request: AccountRequest, ballot_id: int) -> HttpResponse:
    """Lock what another teller entered."""
    ballot = countable(request, ballot_id)
    detail = reverse("reviews:ballot_detail", args=[ballot_id])
    if ballot is None:
        return redirect(detail)
    return _act(
        request,
        ballot,
        VersionedForm,
        balloting.confirm_counts,
        said=_("The counts are confirmed, and the round is locked."),
        title=_("Confirm the counts"),
        lead=_(
            "You have compared the papers with the counts. This locks the round; the "
            "proposed levels follow from it."
        ),
        button=_("Confirm the counts"),
    )


@weighty
@acts.page_and_form
def ballot_correct(request: AccountRequest, ballot_id: int) -> HttpResponse:
    """Open a new edition of a locked round."""
    ballot = seen_ballot(request, ballot_id)
    if ballot is None:
        raise Http404
    kept = Meeting.objects.editable_by(request.actor).filter(pk=ballot.meeting_id)
    later = Ballot.objects.visible_to(request.actor).filter(replaces=ballot)
    if ballot.state != Ballot.State.LOCKED or not kept.exists() or later.exists():
        raise Http404
    return _act(
        request,
        ballot,
        forms.ParagraphForm,
        balloting.correct_counts,
        said=_("The correction is open: the tellers count it."),
        title=_("Correct a locked round"),
        lead=_(
            "The tellers enter and confirm it anew. Until then the counts stand as they "
            "are, and they are kept."
        ),
        button=_("Open the correction"),
    )


def _act(
    request: AccountRequest,
    ballot: Ballot,
    kind: type[VersionedForm],
    act: Callable[..., object],
    *,
    said: str,
    title: str,
    lead: str,
    button: str,
) -> HttpResponse:
    """Answer the page of one act on a round, whose form brings its version."""
    detail = reverse("reviews:ballot_detail", args=[ballot.pk])
    build = partial(kind, initial={"version": ballot.version})
    form = build(acts.sent(request))

    def do() -> None:
        now = timezone.now()
        act(ballot=ballot, actor=request.actor, now=now, **form.cleaned_data)

    return acts.change(
        request,
        form,
        do,
        refusals=REFUSALS,
        said=said,
        then=list_url(ballot.meeting),
        back=(round_name(ballot), detail),
        title=title,
        lead=lead,
        button=button,
        again=button,
        stored=lambda now: {"version": now.version},
    )
