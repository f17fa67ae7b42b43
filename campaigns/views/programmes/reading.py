"""The programme as the members of its unit and its co-chair read it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from campaigns.lifecycle import TAKES_ACTS
from campaigns.models import Campaign, CoChair, Programme
from campaigns.queries import programmes as queries
from campaigns.queries.work import units_of_work
from campaigns.views.programmes.shared import drafted_by, one_of
from campaigns.views.work import address_of, home, may_edit, seen_unit, start
from members.http import AccountRequest

State = Programme.State


@require_safe
def programme(request: AccountRequest, campaign_id: int, unit_id: int) -> HttpResponse:
    """The programme as every member of the unit reads it."""
    unit = seen_unit(request, campaign_id, unit_id)
    found = Programme.objects.visible_to(request.actor).filter(unit=unit).first()
    context: dict[str, Any] = {
        "crumbs": [home(unit)],
        "unit": unit,
        "may_edit": may_edit(request, unit),
        "begin_url": reverse("work:programme_begin", args=address_of(unit)),
    }
    if found is not None:
        context |= _page_of(request, found)
    return render(request, "campaigns/work/programme.html", context)


@require_safe
def programme_named(request: AccountRequest, programme_id: int) -> HttpResponse:
    """The programme for its co-chair, who need not belong to the unit."""
    found = one_of(request, Programme.objects.visible_to(request.actor), programme_id)
    is_mine = units_of_work(request.actor).filter(pk=found.unit_id).exists()
    context = {
        "crumbs": [home(found.unit) if is_mine else start(request)],
        "unit": found.unit,
        "may_edit": may_edit(request, found.unit),
        **_page_of(request, found),
    }
    return render(request, "campaigns/work/programme.html", context)


def _page_of(request: AccountRequest, found: Programme) -> dict[str, Any]:
    actor = request.actor
    is_running = found.unit.campaign.state in TAKES_ACTS
    page = queries.programme_page(found, actor)
    waits = is_running and found.state == State.REPORTED
    signing = CoChair.objects.own(actor).in_force().filter(signed_on=None)
    own = list(signing.filter(programme=found)) if waits and actor.member_id else []
    return {
        "programme": found,
        "page": page,
        "has_texts": found.unit.campaign.mode == Campaign.Mode.FULL_TEXT,
        "may_draft": is_running
        and found.state in Programme.RUNNING
        and drafted_by(request).filter(pk=found.pk).exists(),
        "own_chairs": own,
        "may_answer": is_running
        and found.state == State.SENT
        and Programme.objects.receivable_by(actor).filter(pk=found.pk).exists(),
    }
