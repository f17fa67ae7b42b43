"""The table of proposals for an organisation, and the decision on them, on paper."""

from functools import partial

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.http import AccountRequest
from reports.documents.organisations import (
    body_decision_printout,
    proposals_printout,
)
from reports.documents.verifying import decision_minutes_printout
from reports.queries.organisations import (
    body_decision_paper,
    body_minutes_paper,
    proposals_paper,
)
from reports.views.papers import printed_file
from reviews.models import BodyDecision
from reviews.queries.organisations import deciding_units
from reviews.views.organisations import read_body


@require_safe
def body_proposals_print(
    request: AccountRequest, body_id: int, extension: str
) -> HttpResponseBase:
    """Give the table of proposals for one organisation."""
    body = read_body(request, body_id)
    paper = proposals_paper(body, request.actor, language=get_language())
    if paper is None:
        raise Http404
    return printed_file(
        request,
        partial(proposals_printout, paper),
        extension=extension,
        name=_("proposals-%s") % body.unit.code,
        back=reverse("reviews:body_proposals", args=[body.pk]),
    )


@require_safe
def body_decision_print(
    request: AccountRequest, body_decision_id: int, extension: str
) -> HttpResponseBase:
    """Give a decision with its list to the committee that decided."""
    decision = _decision(request, body_decision_id)
    paper = body_decision_paper(decision, request.actor, language=get_language())
    return printed_file(
        request,
        partial(body_decision_printout, paper),
        extension=extension,
        name=_("decision-on-organisations-%d") % decision.pk,
        back=reverse("reviews:body_decision_detail", args=[decision.pk]),
    )


@require_safe
def body_decision_minutes_print(
    request: AccountRequest, body_decision_id: int, extension: str
) -> HttpResponseBase:
    """Give the minutes of the meeting that decided, with the counts."""
    decision = _decision(request, body_decision_id)
    paper = body_minutes_paper(decision, request.actor, language=get_language())
    return printed_file(
        request,
        partial(decision_minutes_printout, paper),
        extension=extension,
        name=_("minutes-on-organisations-%d") % decision.pk,
        back=reverse("reviews:body_decision_detail", args=[decision.pk]),
    )


def _decision(request: AccountRequest, body_decision_id: int) -> BodyDecision:
    decisions = BodyDecision.objects.visible_to(request.actor).filter(
        unit__in=deciding_units(request.actor)
    )
    return get_object_or_404(
        decisions.select_related("unit__campaign", "unit__live_unit__parent"),
        pk=body_decision_id,
    )
