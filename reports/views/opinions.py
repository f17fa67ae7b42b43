"""Sheets for other bodies on paper: one, those of a request, all that a unit waits for."""

from collections.abc import Iterable
from functools import partial

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.http import AccountRequest
from reports.documents.opinions import OpinionSheet, opinions_printout
from reports.queries.opinions import opinion_sheets
from reports.views.papers import printed_file
from reviews.models import Opinion
from reviews.services.opinions import recording
from reviews.views.opinions import asking_unit, kept_request


@require_safe
def opinion_print(
    request: AccountRequest, opinion_id: int, extension: str
) -> HttpResponseBase:
    """Give one sheet; whoever prints what was said of another has read it."""
    seen = Opinion.objects.visible_to(request.actor).select_related(
        "request__unit__custodian", "participant"
    )
    opinion = get_object_or_404(seen, pk=opinion_id)
    sheets = _sheets(Opinion.objects.visible_to(request.actor).filter(pk=opinion.pk))
    if opinion.participant and sheets[0].text:
        unit = opinion.request.unit
        recording.note_read(opinion.participant, unit, request.actor, timezone.now())
    back = (
        reverse("reviews:opinion_person", args=[opinion.participant_id])
        if opinion.participant_id
        else reverse("reviews:opinion_body", args=[opinion.body_id])
    )
    return _file(
        request,
        sheets,
        extension=extension,
        name=_("opinion-%d") % opinion.pk,
        back=back,
    )


@require_safe
def opinion_request_print(
    request: AccountRequest, opinion_request_id: int, extension: str
) -> HttpResponseBase:
    """Give the sheets of one body that have not come."""
    asked = kept_request(request, opinion_request_id)
    rows = Opinion.objects.visible_to(request.actor).filter(request=asked)
    waiting = _sheets(rows.filter(state=Opinion.State.ASKED))
    if not waiting:
        raise Http404
    return _file(
        request,
        waiting,
        extension=extension,
        name=_("opinions-%d") % asked.pk,
        back=reverse("reviews:opinion_request", args=[asked.pk]),
    )


@require_safe
def unit_opinions_print(
    request: AccountRequest, campaign_id: int, unit_id: int, extension: str
) -> HttpResponseBase:
    """Give every sheet that a unit waits for, body after body."""
    unit, _is_cell = asking_unit(request, campaign_id, unit_id)
    seen = Opinion.objects.visible_to(request.actor).waiting()
    sheets = _sheets(seen.filter(request__unit=unit))
    if not sheets:
        raise Http404
    return _file(
        request,
        sheets,
        extension=extension,
        name=_("opinions-%s") % unit.code,
        back=reverse("reviews:opinion_list", args=[campaign_id, unit_id]),
    )


def _sheets(opinions: Iterable[Opinion]) -> list[OpinionSheet]:
    return opinion_sheets(opinions, today=timezone.localdate())


def _file(
    request: AccountRequest,
    sheets: list[OpinionSheet],
    *,
    extension: str,
    name: str,
    back: str,
) -> HttpResponseBase:
    printout = partial(opinions_printout, sheets, language=get_language())
    return printed_file(request, printout, extension=extension, name=name, back=back)
