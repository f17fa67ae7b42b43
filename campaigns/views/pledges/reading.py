"""Pledges to be read: one's own, one person's, a cell's; and what one reads beside."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from campaigns.form_definitions import manifestations as reference
from campaigns.models import (
    PLEDGES,
    Campaign,
    CampaignUnit,
    CriteriaSet,
    Participant,
    Pledge,
)
from campaigns.models.campaign import CampaignUnitQuerySet
from campaigns.queries import pledges as queries
from campaigns.queries.steps_taken import TAKEN
from campaigns.queries.written.people import counts_of
from campaigns.services.written import openings, states
from campaigns.steps import Step
from campaigns.views.pledges.shared import PAGES
from campaigns.views.written.pages import cell, is_own, keeps, to_figures
from members.http import AccountRequest, back_to_first
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for

State = Participant.Pledge
MOST_UNITS = 100


@require_safe
def pledge_own(request: AccountRequest) -> HttpResponse:
    """Show somebody their own pledges, this year's first, and those to be kept."""
    actor = request.actor
    if actor.member_id is None and not actor.reaches(Area.WORK_EDIT):
        raise Http404
    running = Campaign.objects.visible_to(actor, Area.WORK).running()
    units = CampaignUnit.objects.visible_to(actor, Area.WORK).filter(
        campaign__in=running, closed_on=None
    )
    context = {
        **PAGES.shown_in_lists(),
        "crumbs": back_to_first(),
        "rows": queries.own_pledges(actor, today=timezone.localdate()),
        "cells": _of(units, actor, Area.PLEDGES),
        "criteria": _of(units, actor, Area.WORK_EDIT),
        "waiting": CriteriaSet.objects.receivable_by(actor).select_related(
            "unit__campaign"
        ),
        "campaigns": _of(units.filter(parent=None), actor, Area.CAMPAIGN),
    }
    return render(request, "pledges/pledge_own.html", context)


def _of(units: CampaignUnitQuerySet, actor: Actor, area: Area) -> CampaignUnitQuerySet:
    reached = units.visible_to(actor, area).select_related("campaign")
    return reached.order_by("-campaign__year", "path")[:MOST_UNITS]


@require_safe
def pledge_detail(request: AccountRequest, participant_id: int) -> HttpResponse:
    """Show what was sent, what the cell said, and how the items stand."""
    seen = Participant.objects.visible_to(request.actor, Area.TEXTS)
    found = seen.select_related("campaign").filter(pk=participant_id).first()
    if found is None:
        return _published(request, participant_id)
    pledge = Pledge.objects.visible_to(request.actor).filter(participant=found).first()
    is_mine = is_own(request, found)
    sent = queries.texts_of(pledge) if pledge else []
    texts = queries.with_links(sent, request.actor)
    if not is_mine and texts:
        openings.note(
            PLEDGES, participant=found, actor=request.actor, now=timezone.now()
        )
    writes = is_mine and found.presence == Participant.Presence.PRESENT
    begins = writes and found.pledge_state == State.NONE
    closed = _why_closed(found) if begins else ""
    unit = None if is_mine else states.unit_read_at(found)
    may_keep = unit is not None and keeps(unit, request.actor)
    context = {
        "crumbs": PAGES.ways_back(unit, request.actor) if unit else [PAGES.to_own()],
        **PAGES.shown(found, pledge),
        "texts": texts,
        "is_own": is_mine,
        "may_keep": may_keep,
        "may_write": writes and found.pledge_state in states.WRITABLE,
        "may_begin": begins and not closed,
        "closed": closed,
        "may_answer": may_keep and found.pledge_state == State.SENT and bool(texts),
        "may_close": may_keep and found.pledge_state == State.CONFIRMED,
        "may_report": is_mine and found.pledge_state == State.CONFIRMED,
        "openings": queries.openings_of(found) if is_mine else [],
        "language": get_language(),
    }
    return render(request, "pledges/detail.html", context)


def _why_closed(participant: Participant) -> str:
    today = timezone.localdate()
    why = queries.not_to_begin([participant], is_keeper=False, today=today)
    return why.get(participant.pk, "")


@opened_for(Purpose.RESULTS)
def _published(request: AccountRequest, participant_id: int) -> HttpResponse:
    """Show a fellow member's confirmed pledge where the campaign publishes them."""
    published = Pledge.objects.published_to(request.actor)
    pledge = get_object_or_404(
        published.select_related("participant__campaign"), participant=participant_id
    )
    text = queries.read_text(pledge)
    context = {
        "crumbs": [PAGES.to_own()],
        **PAGES.shown(pledge.participant, pledge),
        "texts": [queries.without_checks(text)] if text else [],
        "is_published": True,
        "language": get_language(),
    }
    return render(request, "pledges/detail.html", context)


@require_safe
def unit_pledges(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Show the cell's roll with the state of each pledge."""
    unit = cell(request, campaign_id, unit_id)
    lines = queries.roll_of(unit, actor=request.actor, today=timezone.localdate())
    context = {
        "crumbs": [to_figures(unit)],
        **PAGES.shown_in_lists(),
        "unit": unit,
        "lines": lines,
        "counts": counts_of(lines, done=[State.CONFIRMED]),
        "has_confirmed": any(line.state == State.CONFIRMED for line in lines),
        "has_missing": any(
            line.participant.owes_pledge and line.state not in TAKEN[Step.PLEDGE]
            for line in lines
        ),
        "is_on_paper": unit.campaign.mode == Campaign.Mode.RESULTS_ONLY,
    }
    return render(request, "pledges/unit_pledges.html", context)


@require_safe
def manifestations(request: AccountRequest) -> HttpResponse:
    """Show the 27 manifestations to be read; nothing is ticked or kept."""
    context = {
        "crumbs": [PAGES.to_own()] if request.actor.member_id else [],
        "lists": reference.load(),
        "language": get_language(),
    }
    return render(request, "pledges/manifestations.html", context)
