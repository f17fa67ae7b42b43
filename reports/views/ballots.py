"""The papers of a secret ballot: the blank paper, and the tellers' minutes."""

from functools import partial

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.http import AccountRequest
from reports.documents.ballots import ballot_printout, tellers_printout
from reports.queries.ballots import ballot_paper, tellers_paper
from reports.views.papers import printed_file
from reviews.models import Ballot

RELATED = (
    "meeting__unit__campaign",
    "meeting__unit__live_unit__parent",
    "meeting__unit__custodian",
)


@require_safe
def ballot_print(
    request: AccountRequest, ballot_id: int, extension: str
) -> HttpResponseBase:
    """Give whoever sees a round its blank paper, to be copied for every voter."""
    ballot = _seen(request, ballot_id)
    paper = ballot_paper(ballot, language=get_language())
    name = _("ballot-%d") % ballot.pk
    html = partial(ballot_printout, paper)
    return printed_file(
        request, html, extension=extension, name=name, back=_back(ballot)
    )


@require_safe
def tellers_print(
    request: AccountRequest, ballot_id: int, extension: str
) -> HttpResponseBase:
    """Give whoever sees the counts of a locked round the minutes to be signed."""
    ballot = _seen(request, ballot_id)
    if ballot.state != Ballot.State.LOCKED:
        raise Http404
    paper = tellers_paper(ballot, language=get_language())
    name = _("tellers-minutes-%d") % ballot.pk
    html = partial(tellers_printout, paper)
    return printed_file(
        request, html, extension=extension, name=name, back=_back(ballot)
    )


def _seen(request: AccountRequest, ballot_id: int) -> Ballot:
    rounds = Ballot.objects.visible_to(request.actor).select_related(*RELATED)
    return get_object_or_404(rounds, pk=ballot_id)


def _back(ballot: Ballot) -> str:
    return reverse("reviews:ballot_detail", args=[ballot.pk])
