"""What the pages of meetings share: rows by a scope, addresses, two who write at once."""

from collections.abc import Callable
from functools import partial

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.models import CampaignBody, CampaignUnit, Meeting
from campaigns.services.meetings.shared import MeetingNotChangeable
from members import acts
from members.comparing import shown_by
from members.dates import display_day
from members.http import AccountRequest
from members.policy import Area

REFUSALS = (MeetingNotChangeable,)


def kept_meeting(
    request: AccountRequest, campaign_id: int, unit_id: int, meeting_id: int
) -> Meeting:
    """Return a meeting that one records."""
    kept = Meeting.objects.editable_by(request.actor)
    return one_of(kept, campaign_id, unit_id, meeting_id)


def one_of(
    scoped: QuerySet[Meeting], campaign_id: int, unit_id: int, meeting_id: int
) -> Meeting:
    """Return the meeting at an address, of those in a scope."""
    rows = scoped.select_related("unit__campaign", "unit__custodian", "body")
    return get_object_or_404(
        rows, pk=meeting_id, unit__campaign=campaign_id, unit__live_unit=unit_id
    )


def bodies_of(request: AccountRequest, unit: CampaignUnit) -> QuerySet[CampaignBody]:
    """Return the bodies of a unit whose meetings one records."""
    kept = CampaignBody.objects.visible_to(request.actor, Area.WORK_EDIT)
    return kept.filter(unit=unit).order_by("kind", "name", "pk")


def open_one(meeting: Meeting) -> Meeting:
    """Return a meeting whose page of an act exists: it is not closed."""
    if meeting.is_closed:
        raise Http404
    return meeting


def list_url(unit: CampaignUnit) -> str:
    """Return the address of a unit's year of meetings."""
    return reverse("meetings:meeting_list", args=[unit.campaign_id, unit.live_unit_id])


def url_of(meeting: Meeting, name: str = "meeting_detail") -> str:
    """Return the address of a page of one meeting."""
    unit = meeting.unit
    return reverse(
        f"meetings:{name}", args=[unit.campaign_id, unit.live_unit_id, meeting.pk]
    )


def title_of(meeting: Meeting) -> str:
    """Return what a meeting is called: its kind and its day."""
    return _("%(kind)s, %(day)s") % {
        "kind": meeting.get_kind_display(),
        "day": display_day(meeting.on),
    }


def act_on(
    request: AccountRequest,
    meeting: Meeting,
    build: Callable[..., forms.Form],
    act: Callable[..., object],
    *,
    title: str,
    button: str,
    lead: str = "",
) -> HttpResponse:
    """Answer the page of one act on a meeting, whose form brings its version."""
    form = build(acts.sent(request))
    return acts.change(
        request,
        form,
        partial(act, form),
        refusals=REFUSALS,
        then=url_of(meeting),
        back=(title_of(meeting), url_of(meeting)),
        title=title,
        lead=lead or title_of(meeting),
        button=button,
        again=button,
        stored=lambda _now: shown_by(build()),
    )
