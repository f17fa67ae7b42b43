"""Rating a meeting, and the sheet of the committee by which that is done."""

from functools import partial

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.forms import meeting_ratings
from campaigns.models import MeetingRating, MeetingSheet
from campaigns.queries import meeting_sheets
from campaigns.queries import meetings as queries
from campaigns.services.meetings import rating
from campaigns.views.meeting_scopes import (
    REFUSALS,
    act_on,
    kept_meeting,
    list_url,
)
from campaigns.views.work import kept_unit
from members import acts
from members.comparing import shown_by
from members.http import AccountRequest


@acts.page_and_form
def meeting_rate(
    request: AccountRequest, campaign_id: int, unit_id: int, meeting_id: int
) -> HttpResponse:
    meeting = kept_meeting(request, campaign_id, unit_id, meeting_id)
    sheet = queries.sheet_for(meeting.unit)
    if sheet is None or not meeting.took_place:
        raise Http404
    rated = MeetingRating.objects.visible_to(request.actor).filter(meeting=meeting)
    before = rated.first()

    def rate(form: meeting_ratings.RatingForm) -> None:
        rating.rate_meeting(
            meeting=meeting,
            version=form.cleaned_data["version"],
            sheet=sheet,
            points=form.points(),
            on=form.cleaned_data["on"],
            actor=request.actor,
            now=timezone.now(),
        )

    return act_on(
        request,
        meeting,
        partial(
            meeting_ratings.RatingForm,
            criteria=sheet.criteria,
            given=[line["given"] for line in before.lines] if before else [],
            initial={"version": meeting.version, "on": timezone.localdate()},
        ),
        rate,
        title=_("Rate the meeting"),
        lead=_(
            "By the sheet of %(unit)s (%(basis)s). The meeting, not what anybody said."
        )
        % {"unit": sheet.unit.name, "basis": sheet.basis},
        button=_("Record the points"),
    )


@acts.page_and_form
def meeting_sheet(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Write the committee's sheet by which the units below rate their meetings."""
    unit = kept_unit(request, campaign_id, unit_id)
    if queries.is_cell(unit):  # it rates by its committee's
        raise Http404
    own = MeetingSheet.objects.visible_to(request.actor).filter(unit=unit)
    build = partial(
        meeting_ratings.SheetForm, initial=dict(meeting_sheets.lines_of(own))
    )
    form = build(acts.sent(request))

    def write() -> None:
        rating.write_sheet(
            unit=unit,
            version=form.cleaned_data["version"],
            facts=form.facts(),
            actor=request.actor,
            now=timezone.now(),
        )

    return acts.change(
        request,
        form,
        write,
        refusals=REFUSALS,
        said=_("The sheet is recorded."),
        then=list_url(unit),
        back=(unit.name, list_url(unit)),
        title=_("Sheet for rating meetings"),
        lead=_(
            "The units below rate each meeting by it. Ratings made before stay as they "
            "were."
        ),
        button=_("Record the sheet"),
        again=_("Record the sheet"),
        stored=lambda _now: shown_by(build()),
    )
