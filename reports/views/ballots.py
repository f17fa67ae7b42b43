"""The papers of a secret ballot: the blank paper, and the tellers' minutes."""

from collections.abc import Callable
from io import BytesIO

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.http import AccountRequest, attachment
from reports.documents.ballots import ballot_html, tellers_html
from reports.documents.pdf import DocumentNotRendered, html_to_pdf
from reports.queries.ballots import ballot_paper, tellers_paper
from reviews.models import Ballot

PDF = "application/pdf"
RELATED = (
    "meeting__unit__campaign",
    "meeting__unit__live_unit__parent",
    "meeting__unit__custodian",
)


@require_safe
def ballot_print(request: AccountRequest, ballot_id: int) -> HttpResponseBase:
    """Give whoever sees a round its blank paper, to be copied for every voter."""
    ballot = _seen(request, ballot_id)
    paper = ballot_paper(ballot, language=get_language())
    return _given(request, ballot, lambda: ballot_html(paper), name=_("ballot-%d.pdf"))


@require_safe
def tellers_print(request: AccountRequest, ballot_id: int) -> HttpResponseBase:
    """Give whoever sees the counts of a locked round the minutes to be signed."""
    ballot = _seen(request, ballot_id)
    if ballot.state != Ballot.State.LOCKED:
        raise Http404
    paper = tellers_paper(ballot, language=get_language())
    name = _("tellers-minutes-%d.pdf")
    return _given(request, ballot, lambda: tellers_html(paper), name=name)


def _seen(request: AccountRequest, ballot_id: int) -> Ballot:
    rounds = Ballot.objects.visible_to(request.actor).select_related(*RELATED)
    return get_object_or_404(rounds, pk=ballot_id)


def _given(
    request: AccountRequest, ballot: Ballot, html: Callable[[], str], *, name: str
) -> HttpResponseBase:
    try:
        content = html_to_pdf(html())
    except DocumentNotRendered as refusal:
        messages.error(request, str(refusal))
        return redirect("reviews:ballot_detail", ballot.pk)
    return attachment(BytesIO(content), name=name % ballot.pk, content_type=PDF)
