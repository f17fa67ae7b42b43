"""What is held about oneself: results of the campaigns, and a copy of everything."""

from functools import partial
from io import BytesIO

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.models import Participant
from campaigns.queries.records import rows_about
from members.http import AccountRequest, attachment
from members.models import Member
from reports import queries
from reports.documents.pdf import DocumentNotRendered
from reports.documents.supplements import supplement_printout
from reports.queries.supplements import supplement_paper
from reports.services import records
from reports.views.papers import printed_file
from reviews.queries.notices import notices_of

RECORD_TYPES = {"pdf": "application/pdf", "json": "application/json"}


@require_safe
def own_results(request: AccountRequest) -> HttpResponse:
    """Show somebody what the campaigns hold about them."""
    own = Participant.objects.own(request.actor)
    if request.actor.member_id is None:
        raise Http404
    member = get_object_or_404(
        Member.objects.visible_to(request.actor), pk=request.actor.member_id
    )
    context = {
        "crumbs": [(_("My information"), reverse("members:own_record"))],
        "years": own.select_related("campaign").order_by("-campaign__year", "-pk"),
        "records": rows_about(member),
        "notices": notices_of(request.actor),
        "results": queries.result_cards(own, language=get_language()),
    }
    return render(request, "reports/own_results.html", context)


@require_safe
def supplement_print(
    request: AccountRequest, participant_id: int, extension: str
) -> HttpResponseBase:
    """Give somebody the yearly supplement to the own file, to be completed and signed."""
    own = Participant.objects.own(request.actor).select_related("campaign")
    person = get_object_or_404(own, pk=participant_id)
    paper = supplement_paper(person, request.actor, language=get_language())
    return printed_file(
        request,
        partial(supplement_printout, paper),
        extension=extension,
        name=_("supplement-%d") % person.campaign.year,
        back=reverse("own_results"),
    )


@require_safe
def own_record_file(request: AccountRequest, extension: str) -> HttpResponseBase:
    """Give somebody all that the system holds about them as a file."""
    members = Member.objects.visible_to(request.actor)
    member = get_object_or_404(members, pk=request.actor.member_id)
    try:
        content = records.own_copy(
            member=member,
            extension=extension,
            language=get_language(),
            actor=request.actor,
            now=timezone.now(),
        )
    except DocumentNotRendered as refusal:
        messages.error(request, str(refusal))
        return redirect("members:own_record")
    return attachment(
        BytesIO(content),
        name=f"thong-tin-{member.code}.{extension}",
        content_type=RECORD_TYPES[extension],
    )
