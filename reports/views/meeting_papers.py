"""What is printed before a meeting, for whoever records it."""

from collections.abc import Callable
from functools import partial

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.models import Meeting, MeetingGuest
from members.http import AccountRequest
from reports.documents.meeting_papers import (
    MeetingPaper,
    Named,
    assignments_printout,
    invitations_printout,
    programme_printout,
)
from reports.documents.preparing import (
    committee_minutes_printout,
    group_minutes_printout,
)
from reports.documents.printouts import Printout
from reports.queries.meeting_papers import meeting_paper
from reports.views.papers import printed_file


@require_safe
def meeting_invitations(
    request: AccountRequest,
    campaign_id: int,
    unit_id: int,
    meeting_id: int,
    extension: str,
) -> HttpResponseBase:
    """Give the invitations of everybody who is expected, and of guests; one a page."""
    meeting = _kept(request, campaign_id, unit_id, meeting_id)
    name = _("invitations-%s")
    return _file(request, meeting, invitations_printout, extension, name=name)


@require_safe
def guest_invitation(
    request: AccountRequest,
    campaign_id: int,
    unit_id: int,
    meeting_id: int,
    guest_id: int,
    extension: str,
) -> HttpResponseBase:
    """Give the invitation of one guest."""
    meeting = _kept(request, campaign_id, unit_id, meeting_id)
    guests = MeetingGuest.objects.editable_by(request.actor)
    guest = get_object_or_404(guests, pk=guest_id, meeting=meeting)
    invited = partial(invitations_printout, invited=[Named(guest.name, guest.post)])
    return _file(request, meeting, invited, extension, name=_("invitation-%s"))


@require_safe
def meeting_programme(
    request: AccountRequest,
    campaign_id: int,
    unit_id: int,
    meeting_id: int,
    extension: str,
) -> HttpResponseBase:
    """Give the programme: the agenda, and the order in which people are reviewed."""
    meeting = _kept(request, campaign_id, unit_id, meeting_id)
    name = _("programme-%s")
    return _file(request, meeting, programme_printout, extension, name=name)


@require_safe
def meeting_assignments(
    request: AccountRequest,
    campaign_id: int,
    unit_id: int,
    meeting_id: int,
    extension: str,
) -> HttpResponseBase:
    """Give who chairs, writes, counts, and what is in whose charge."""
    meeting = _kept(request, campaign_id, unit_id, meeting_id)
    name = _("assignments-%s")
    return _file(request, meeting, assignments_printout, extension, name=name)


@require_safe
def committee_minutes(
    request: AccountRequest,
    campaign_id: int,
    unit_id: int,
    meeting_id: int,
    extension: str,
) -> HttpResponseBase:
    """Give minutes to be written of the committee's meeting before a review."""
    meeting = _review(request, campaign_id, unit_id, meeting_id)
    name = _("committee-minutes-%s")
    return _file(
        request, meeting, committee_minutes_printout, extension, name=name, kind="BB"
    )


@require_safe
def group_minutes(
    request: AccountRequest,
    campaign_id: int,
    unit_id: int,
    meeting_id: int,
    extension: str,
) -> HttpResponseBase:
    """Give minutes to be written of a party group's meeting before a review."""
    meeting = _review(request, campaign_id, unit_id, meeting_id)
    name = _("group-minutes-%s")
    return _file(
        request, meeting, group_minutes_printout, extension, name=name, kind="BB"
    )


def _review(
    request: AccountRequest, campaign_id: int, unit_id: int, meeting_id: int
) -> Meeting:
    """Return a meeting that reviews the people of a unit; else 404."""
    meeting = _kept(request, campaign_id, unit_id, meeting_id)
    if meeting.kind != Meeting.Kind.REVIEW or meeting.body_id is not None:
        raise Http404
    return meeting


def _kept(
    request: AccountRequest, campaign_id: int, unit_id: int, meeting_id: int
) -> Meeting:
    kept = Meeting.objects.editable_by(request.actor).select_related(
        "unit__campaign", "unit__custodian", "unit__live_unit__parent", "body"
    )
    return get_object_or_404(
        kept, pk=meeting_id, unit__campaign=campaign_id, unit__live_unit=unit_id
    )


def _file(
    request: AccountRequest,
    meeting: Meeting,
    printout: Callable[[MeetingPaper], Printout],
    extension: str,
    *,
    name: str,
    kind: str = "GM",
) -> HttpResponseBase:
    unit = meeting.unit
    paper = meeting_paper(meeting, language=get_language(), kind=kind)
    return printed_file(
        request,
        partial(printout, paper),
        extension=extension,
        name=name % f"{meeting.on:%Y-%m-%d}",
        back=reverse(
            "meetings:meeting_detail",
            args=[unit.campaign_id, unit.live_unit_id, meeting.pk],
        ),
    )
