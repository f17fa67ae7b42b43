"""A teller types the counts of a round; what is half typed survives."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from campaigns.views.typed import DRAFT_VERSION, keep_typed
from members import acts
from members.comparing import Both, differences, shown_by, took_up
from members.http import AccountRequest
from members.services.versions import ChangedMeanwhile
from reviews.forms.ballots import CountForm
from reviews.models import Ballot, BallotDraft
from reviews.queries import ballot_pages as queries
from reviews.queries.meetings import round_name
from reviews.services import balloting
from reviews.services.ballot_drafts import forget_draft, save_draft
from reviews.services.balloting import CountsDoNotAdd
from reviews.views.ballots import REFUSALS, countable, list_url, to_ballots

MISFIT = 422
CHANGED = 409


@acts.page_and_form
def ballot_enter(request: AccountRequest, ballot_id: int) -> HttpResponse:
    """Enter the papers of a round and one line a person, until it is locked."""
    ballot = countable(request, ballot_id)
    detail = reverse("reviews:ballot_detail", args=[ballot_id])
    if ballot is None:
        return redirect(detail)
    draft = _draft_of(request, ballot)
    build = partial(_form, ballot)
    form = build(acts.sent(request), draft=draft)

    def enter() -> None:
        balloting.enter_counts(
            ballot=ballot,
            version=form.cleaned_data["version"],
            papers=form.papers(),
            lines=form.counts(),
            actor=request.actor,
            now=timezone.now(),
        )

    try:
        if acts.did(request, form, enter, refusals=REFUSALS):
            messages.success(
                request, _("The counts are entered; another teller confirms them.")
            )
            return redirect(detail)
    except CountsDoNotAdd as refusal:
        form.tell(refusal)
    except ChangedMeanwhile as meanwhile:
        now: Any = meanwhile.current
        if now.state == Ballot.State.LOCKED:
            return redirect(detail)
        both = differences(form, shown_by(_form(now, draft=None)))
        took_up(form, now.version)
        return _page(request, ballot, form, draft, both=both, status=CHANGED)
    return _page(request, ballot, form, draft)


@never_cache
@require_POST
def ballot_save(request: AccountRequest, ballot_id: int) -> HttpResponse:
    """Keep what a teller is typing."""
    ballot = countable(request, ballot_id)
    if ballot is None:
        return HttpResponse(status=CHANGED)

    def save(version: int, draft_version: int, content: dict[str, str]) -> int:
        return save_draft(
            ballot=ballot,
            ballot_version=version,
            version=draft_version,
            content=content,
            actor=request.actor,
            now=timezone.now(),
        )

    return keep_typed(request, save, refusals=REFUSALS)


@require_POST
def ballot_draft_remove(request: AccountRequest, ballot_id: int) -> HttpResponse:
    """Give up what was typed and not entered."""
    ballot = countable(request, ballot_id)
    if ballot is None:
        return redirect("reviews:ballot_detail", ballot_id)
    forget_draft(ballot, request.actor)
    messages.success(request, _("What was not entered is taken away."))
    return redirect("reviews:ballot_enter", ballot_id)


def _draft_of(request: AccountRequest, ballot: Ballot) -> BallotDraft | None:
    return BallotDraft.objects.visible_to(request.actor).filter(ballot=ballot).first()


def _form(
    ballot: Ballot, data: object = None, *, draft: BallotDraft | None
) -> CountForm:
    return CountForm(
        data,
        ballot=ballot,
        lines=queries.lines_of(ballot),
        columns=queries.columns_of(ballot),
        present=queries.convoked_at(ballot.meeting).present,
        draft=draft,
    )


def _page(
    request: AccountRequest,
    ballot: Ballot,
    form: CountForm,
    draft: BallotDraft | None,
    *,
    both: Both = (),
    status: int = MISFIT,
) -> HttpResponse:
    context = {
        "crumbs": [to_ballots(ballot.meeting)],
        "meeting": ballot.meeting,
        "ballot": ballot,
        "title": round_name(ballot),
        "form": form,
        "columns": form.columns,
        "both": both,
        "draft": draft,
        "draft_version": DRAFT_VERSION,
        "key": acts.new_key(),
        "leave": list_url(ballot.meeting),
    }
    code = status if form.is_bound else 200
    return render(request, "reviews/ballots/ballot_enter.html", context, status=code)
