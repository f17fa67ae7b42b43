"""A programme is begun, written, adopted, amended, and checked at meetings."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.forms import programmes as forms
from campaigns.models import Meeting, Programme
from campaigns.queries import programmes as queries
from campaigns.services import programmes
from campaigns.views.programmes.shared import (
    REFUSALS,
    act_on,
    back_to,
    one_of,
    shown_of,
    url_of,
)
from campaigns.views.work import address_of, kept_unit
from members import acts
from members.forms.decisions import VersionForm
from members.http import AccountRequest


@acts.page_and_form
def programme_begin(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    unit = kept_unit(request, campaign_id, unit_id)
    form = forms.EmptyForm(acts.sent(request))

    def begin() -> None:
        programmes.begin(unit=unit, actor=request.actor, now=timezone.now())

    back = reverse("work:programme", args=address_of(unit))
    if acts.did(request, form, begin, refusals=REFUSALS):
        return redirect(back)
    return acts.page(
        request,
        form,
        back=(unit.name, back),
        title=_("Begin the action programme of %s") % unit.name,
        lead=_("Next come its items, then the day on which it is adopted."),
        button=_("Begin the programme"),
    )


@acts.page_and_form
def programme_write(request: AccountRequest, programme_id: int) -> HttpResponse:
    found = one_of(request, Programme.objects.editable_by(request.actor), programme_id)
    return act_on(
        request,
        found,
        forms.WriteForm(
            acts.sent(request),
            initial={"version": found.version, "application": found.application},
        ),
        programmes.write,
        title=_("How the programme applies the study topic"),
        button=_("Record the application"),
    )


@acts.page_and_form
def programme_adopt(request: AccountRequest, programme_id: int) -> HttpResponse:
    found = one_of(request, Programme.objects.editable_by(request.actor), programme_id)
    return act_on(
        request,
        found,
        forms.AdoptForm(acts.sent(request), initial=shown_of(found)),
        partial(programmes.adopt, opened_at=acts.opened_at(request)),
        title=_("Adopt the action programme"),
        lead=_("From then on it is checked at the meetings, and no item changes."),
        button=_("Record the adoption"),
    )


@acts.page_and_form
def programme_amend(request: AccountRequest, programme_id: int) -> HttpResponse:
    found = one_of(request, Programme.objects.editable_by(request.actor), programme_id)
    return act_on(
        request,
        found,
        VersionForm(acts.sent(request), initial={"version": found.version}),
        programmes.amend,
        title=_("Change the adopted programme"),
        lead=_("It is a draft again until it is adopted by a new document."),
        button=_("Change the programme"),
    )


@acts.page_and_form
def programme_check(request: AccountRequest, programme_id: int) -> HttpResponse:
    """All items are on track; whoever records changes the exceptions only."""
    found = one_of(request, Programme.objects.editable_by(request.actor), programme_id)
    meetings = queries.meetings_of(found.unit)
    form = forms.CheckForm(
        acts.sent(request),
        initial=_at_meeting(request, meetings),
        lines=queries.programme_page(found, request.actor).lines,
        meetings=meetings,
    )

    def check() -> None:
        programmes.check(
            programme=found,
            on=form.cleaned_data["on"],
            meeting=form.meeting_chosen(),
            found=form.found(),
            actor=request.actor,
            now=timezone.now(),
        )

    if acts.did(request, form, check, refusals=REFUSALS):
        messages.success(request, _("The check is recorded."))
        return redirect(url_of(found))
    return acts.page(
        request,
        form,
        back=back_to(found),
        title=_("Check the action programme at a meeting"),
        lead=_("Change only what is behind or done, with a note."),
        button=_("Record the check"),
    )


def _at_meeting(request: AccountRequest, meetings: list[Meeting]) -> dict[str, Any]:
    """Return the meeting from whose page somebody comes, with its day; else today."""
    today = timezone.localdate()
    for each in meetings:
        if str(each.pk) == request.GET.get("meeting") and each.on <= today:
            return {"on": each.on, "meeting": str(each.pk)}
    return {"on": today}
