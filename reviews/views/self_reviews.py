"""Self-reviews: written by members, read and answered by the cell committee."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from campaigns.forms.written import WrittenForm
from campaigns.models import Campaign, CampaignUnit, DraftByPerson, Participant
from campaigns.queries.written.people import RollLine, counts_of
from campaigns.queries.written.reading import NoteBeside
from campaigns.services.written import openings, states
from campaigns.views.written import answering, writing
from campaigns.views.written.pages import (
    Pages,
    Words,
    cell,
    is_own,
    keeps,
    kept,
    to_figures,
    writer,
)
from members import acts
from members.http import AccountRequest, back_to_first
from members.policy import Area
from reviews.models import (
    SELF_REVIEWS,
    ReviewSuggestion,
    SelfReview,
    SelfReviewStatement,
)
from reviews.queries import remarks
from reviews.queries import self_reviews as queries
from reviews.queries.files import files_to_verify, own_deciding_units
from reviews.queries.notices import own_looking_units
from reviews.queries.opinions import own_committees
from reviews.queries.suggestions import own_suggesting_units
from reviews.services.self_reviews import writing as services

State = Participant.Review
DONE = (State.CONFIRMED, State.REVIEWED)
MOST_UNITS = 100
PAGES = Pages(
    kind=SELF_REVIEWS,
    names="reviews:self_review",
    save="reviews:self_review_save",
    own="self_review_own",
    listed="unit_self_reviews",
    printed="self_review_print",
    templates="reviews/self_reviews",
    words=Words(
        name=_("Self-review"),
        of=_("Self-review of %s"),
        of_unit=_("Self-reviews of %s"),
        begin=_("Begin the self-review"),
        sent=_("The self-review is sent to the cell."),
        changed=_("The self-review was changed meanwhile: read it over again."),
        confirm=_("Confirm the self-review of %s"),
        confirmed=_("The self-review of %s is confirmed."),
        confirm_lead=_(
            "The cell committee confirms that it is complete; it goes to the review "
            "meeting as it stands, and nothing of it can be changed."
        ),
        give_back=_("Return the self-review of %s for completion"),
        open=_("Open the self-review"),
        my=_("My self-review"),
        to_print=_("Print the self-review (PDF)"),
        typed_from=_("The cell typed this self-review from the paper signed on %s."),
    ),
)


@require_safe
def self_review_own(request: AccountRequest) -> HttpResponse:
    """Show somebody their own self-reviews, this year's first, and those to be kept."""
    actor = request.actor
    is_kept = actor.reaches(Area.WORK_EDIT) or actor.deciding(Area.TEXTS)
    if actor.member_id is None and not is_kept:
        raise Http404
    units = CampaignUnit.objects.visible_to(actor, Area.PLEDGES).filter(
        campaign__in=Campaign.objects.visible_to(actor, Area.WORK).running(),
        closed_on=None,
    )
    context = {
        **PAGES.shown_in_lists(),
        "crumbs": back_to_first(),
        "rows": queries.own_self_reviews(actor, today=timezone.localdate()),
        "suggesting": own_suggesting_units(actor),
        "deciding": own_deciding_units(actor),
        "committees": own_committees(actor),
        "verified": files_to_verify(actor),
        "looking": own_looking_units(actor),
        "cells": units.select_related("campaign").order_by("-campaign__year", "path")[
            :MOST_UNITS
        ],
    }
    return render(request, PAGES.template("own"), context)


@require_safe
def unit_self_reviews(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Show the cell's roll with the state of each self-review."""
    unit = cell(request, campaign_id, unit_id)
    lines = queries.roll_of(unit, actor=request.actor, today=timezone.localdate())
    context = {
        **PAGES.shown_in_lists(),
        "crumbs": [to_figures(unit)],
        "unit": unit,
        "lines": lines,
        "counts": counts_of(lines, done=DONE),
        "has_confirmed": queries.are_printable(
            [line.participant for line in lines if line.state in DONE], request.actor
        ),
        "first_sent": next(
            (line.participant for line in lines if _waits(line)),
            None,
        ),
        "is_on_paper": unit.campaign.mode == Campaign.Mode.RESULTS_ONLY,
    }
    return render(request, PAGES.template("roll"), context)


def _waits(line: RollLine) -> bool:
    return line.state == State.SENT and not line.is_own


@require_safe
def self_review_detail(request: AccountRequest, participant_id: int) -> HttpResponse:
    """Show what was sent, what the cell said, what is suggested to be answered."""
    seen = Participant.objects.visible_to(request.actor, Area.TEXTS)
    found = get_object_or_404(seen.select_related("campaign"), pk=participant_id)
    reviews = SelfReview.objects.visible_to(request.actor)
    review = reviews.filter(participant=found).first()
    is_mine = is_own(request, found)
    texts = queries.texts_of(review) if review else []
    turns = remarks.turns_read(found, request.actor)
    if not is_mine and (texts or turns):
        now = timezone.now()
        openings.note(SELF_REVIEWS, participant=found, actor=request.actor, now=now)
    writes = is_mine and found.presence == Participant.Presence.PRESENT
    begins = writes and found.review_state == State.NONE
    closed = _why_closed(found) if begins else ""
    unit = None if is_mine else states.unit_read_at(found)
    may_keep = unit is not None and keeps(unit, request.actor)
    waits = found.review_state == State.SENT and bool(texts)
    context = {
        **PAGES.shown(found, review),
        "crumbs": PAGES.ways_back(unit, request.actor) if unit else [PAGES.to_own()],
        "texts": texts,
        "suggestions": ReviewSuggestion.objects.visible_to(request.actor).filter(
            participant=found
        ),
        "turns": turns,
        "statements": SelfReviewStatement.objects.visible_to(request.actor)
        .filter(occasion__participant=found)
        .select_related("suggestion"),
        "is_own": is_mine,
        "may_keep": may_keep,
        "may_write": writes and found.review_state in states.WRITABLE,
        "may_begin": begins and not closed,
        "closed": closed,
        "may_answer": may_keep and waits,
        "following": queries.following(unit, found) if may_keep and unit else None,
        "openings": queries.openings_of(found) if is_mine else [],
        "language": get_language(),
    }
    return render(request, PAGES.template("detail"), context)


def _why_closed(participant: Participant) -> str:
    today = timezone.localdate()
    why = queries.why_closed([participant], is_keeper=False, today=today)
    return why.get(participant.pk, "")


@acts.page_and_form
def self_review_begin(request: AccountRequest, participant_id: int) -> HttpResponse:
    participant = writer(request, participant_id)
    codes = services.forms_for(participant)
    return writing.begin(request, PAGES, participant, codes=codes, act=services.begin)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def self_review_write(request: AccountRequest, participant_id: int) -> HttpResponse:
    draft = PAGES.draft(request, participant_id)
    return writing.write(
        request,
        PAGES,
        draft,
        beside=partial(_beside, request, draft),
        change=partial(writing.take, partial(_notes, request, draft)),
    )


@never_cache
@require_POST
def self_review_save(request: AccountRequest, participant_id: int) -> HttpResponse:
    return writing.save(request, PAGES, PAGES.draft(request, participant_id))


@never_cache
@acts.page_and_form
def self_review_send(request: AccountRequest, participant_id: int) -> HttpResponse:
    draft = PAGES.draft(request, participant_id)
    return writing.send(
        request,
        PAGES,
        draft,
        beside=partial(_beside, request, draft),
        as_read=partial(queries.draft_as_read, draft),
        act=services.send,
    )


@acts.page_and_form
def self_review_confirm(request: AccountRequest, participant_id: int) -> HttpResponse:
    return answering.confirm(request, PAGES, kept(request, participant_id))


@acts.page_and_form
def self_review_return(request: AccountRequest, participant_id: int) -> HttpResponse:
    return answering.give_back(request, PAGES, kept(request, participant_id))


@acts.page_and_form
def self_review_acknowledge(
    request: AccountRequest, participant_id: int
) -> HttpResponse:
    return answering.acknowledge(request, PAGES, participant_id)


@acts.page_and_form
def self_review_paper(request: AccountRequest, participant_id: int) -> HttpResponse:
    return answering.paper(request, PAGES, participant_id)


def _beside(
    request: AccountRequest, draft: DraftByPerson, form: WrittenForm
) -> Mapping[str, Any]:
    notes = _notes(request, draft)
    sections = form.sections(language=get_language(), guidance={}, beside=notes)
    return {"sections": sections}


def _notes(
    request: AccountRequest, draft: DraftByPerson
) -> Mapping[str, tuple[NoteBeside, ...]]:
    return queries.beside(draft.participant, request.actor)
