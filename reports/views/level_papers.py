"""The decision on levels with its minutes, and what leads to it, on paper."""

from functools import partial

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.http import AccountRequest
from reports.documents.level_papers import decision_printout, request_printout
from reports.documents.verifying import (
    decision_minutes_printout,
    verification_printout,
)
from reports.queries.level_papers import decision_paper, request_paper
from reports.queries.verifying import decision_minutes_paper, verification_paper
from reports.views.papers import printed_file
from reviews.models import Decision
from reviews.queries import files
from reviews.views.files import proposing_cell


@require_safe
def decision_print(
    request: AccountRequest, level_decision_id: int, extension: str
) -> HttpResponseBase:
    """Give a decision with its list to the committee that decided."""
    decision = _decision(request, level_decision_id)
    paper = decision_paper(decision, request.actor, language=get_language())
    if paper is None:
        raise Http404
    return printed_file(
        request,
        partial(decision_printout, paper),
        extension=extension,
        name=_("decision-%d") % level_decision_id,
        back=reverse("reviews:decision_detail", args=[level_decision_id]),
    )


@require_safe
def request_print(
    request: AccountRequest, campaign_id: int, unit_id: int, extension: str
) -> HttpResponseBase:
    """Give a cell the letter with which it sends its file up."""
    unit = proposing_cell(request, campaign_id, unit_id)
    file = files.last_file(unit)
    paper = request_paper(unit, file, language=get_language()) if file else None
    if paper is None:
        raise Http404
    return printed_file(
        request,
        partial(request_printout, paper),
        extension=extension,
        name=_("request-%s") % unit.code,
        back=reverse("reviews:proposal_list", args=[campaign_id, unit_id]),
    )


@require_safe
def decision_minutes_print(
    request: AccountRequest, level_decision_id: int, extension: str
) -> HttpResponseBase:
    """Give the minutes of the meeting that decided, with the counts, to its committee."""
    decision = _decision(request, level_decision_id)
    paper = decision_minutes_paper(decision, request.actor, language=get_language())
    return printed_file(
        request,
        partial(decision_minutes_printout, paper),
        extension=extension,
        name=_("minutes-of-decision-%d") % level_decision_id,
        back=reverse("reviews:decision_detail", args=[level_decision_id]),
    )


@require_safe
def verification_print(
    request: AccountRequest, campaign_id: int, unit_id: int, extension: str
) -> HttpResponseBase:
    """Give the report on received files to the committee, and to who verifies there."""
    units = files.verifying_units(request.actor)
    unit = get_object_or_404(
        units.select_related("campaign", "live_unit__parent"),
        campaign=campaign_id,
        live_unit=unit_id,
    )
    paper = verification_paper(unit, request.actor, language=get_language())
    if paper is None:
        raise Http404
    return printed_file(
        request,
        partial(verification_printout, paper),
        extension=extension,
        name=_("verification-%s") % unit.code,
        back=reverse("home"),
    )


def _decision(request: AccountRequest, level_decision_id: int) -> Decision:
    decisions = Decision.objects.visible_to(request.actor).filter(
        unit__in=files.deciding_units(request.actor)
    )
    return get_object_or_404(
        decisions.select_related("unit__campaign", "unit__live_unit__parent"),
        pk=level_decision_id,
    )
