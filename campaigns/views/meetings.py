"""The year's meetings of a unit, one meeting, and its plan."""

from calendar import monthrange
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.forms import meetings as forms
from campaigns.models import CampaignUnit, Meeting
from campaigns.queries import agendas, meeting_counts
from campaigns.queries import meetings as queries
from campaigns.services.meetings import planning
from campaigns.views.meeting_scopes import (
    REFUSALS,
    bodies_of,
    kept_meeting,
    list_url,
    one_of,
    open_one,
    title_of,
    url_of,
)
from campaigns.views.work import kept_unit, opens
from members import acts
from members.comparing import shown_by
from members.http import AccountRequest, back_to_first, way_back
from members.policy import Area


@require_safe
def meeting_home(request: AccountRequest) -> HttpResponse:
    if not opens(request):
        raise Http404
    units = queries.units_to_begin_with(request.actor)
    if len(units) == 1:
        return redirect(list_url(units[0]))
    context = {
        "crumbs": back_to_first(),
        "units": [(unit, list_url(unit)) for unit in units],
    }
    return render(request, "campaigns/meetings/meeting_home.html", context)


@require_safe
def meeting_list(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    unit = queries.unit_for(request.actor, campaign_id=campaign_id, unit_id=unit_id)
    if unit is None:
        raise Http404
    today = timezone.localdate()
    kept = CampaignUnit.objects.visible_to(request.actor, Area.WORK_EDIT)
    seen = CampaignUnit.objects.visible_to(request.actor, Area.WORK)
    below = seen.directly_below(unit).order_by("path")
    may_record = queries.is_running(unit.campaign) and kept.filter(pk=unit.pk).exists()
    months = queries.year_of(unit, request.actor, today=today)
    context = {
        "crumbs": [_start(request)],
        "unit": unit,
        "months": months,
        "has_meetings": any(month.lines for month in months),
        "lacking": [month.first for month in months if month.lacks],
        "empty": [month.first for month in months if not (month.lines or month.lacks)],
        "today": today,
        "own_tasks": queries.own_tasks(request.actor, unit),
        "lines": [
            (line, list_url(line.unit))
            for line in meeting_counts.lines_below(unit, below, today=today)
        ],
        "sheet": queries.sheet_for(unit),
        "may_record": may_record,
        "may_write_sheet": may_record and not queries.is_cell(unit),
    }
    return render(request, "campaigns/meetings/meeting_list.html", context)


@acts.page_and_form
def meeting_add(
    request: AccountRequest, campaign_id: int, unit_id: int
) -> HttpResponse:
    """Plan the next meeting, filled in from the last one."""
    unit = kept_unit(request, campaign_id, unit_id)
    initial = _next(unit, today=timezone.localdate())
    form = forms.PlanForm(
        acts.sent(request),
        bodies=bodies_of(request, unit),
        contents=agendas.contents_in_order(unit.campaign),
        initial=initial,
    )
    made: list[Meeting] = []

    def plan() -> None:
        made.append(
            planning.plan_meeting(
                unit=unit,
                facts=form.facts(),
                agenda=form.agenda_lines,
                contents=form.contents_chosen,
                actor=request.actor,
                now=timezone.now(),
            )
        )

    if acts.did(request, form, plan, refusals=REFUSALS):
        messages.success(request, _("The meeting is planned."))
        return redirect(url_of(made[0]))
    return acts.page(
        request,
        form,
        title=_("Plan the next meeting"),
        lead=unit.name,
        button=_("Plan the meeting"),
        back=(unit.name, list_url(unit)),
    )


@require_safe
def meeting_detail(
    request: AccountRequest, campaign_id: int, unit_id: int, meeting_id: int
) -> HttpResponse:
    seen = Meeting.objects.visible_to(request.actor)
    meeting = one_of(seen, campaign_id, unit_id, meeting_id)
    kept = Meeting.objects.editable_by(request.actor).filter(pk=meeting.pk)
    may_record = kept.exists() and queries.is_running(meeting.unit.campaign)
    context = {
        "crumbs": [(meeting.unit.name, list_url(meeting.unit))],
        "meeting": meeting,
        "title": title_of(meeting),
        "body": forms.body_name(meeting.body) if meeting.body else "",
        "page": queries.page_of(meeting, request.actor),
        "sections": queries.sections_of(meeting, request.actor),
        "has_come": meeting.on <= timezone.localdate(),
        "may_record": may_record,
        "may_rate": may_record
        and meeting.took_place
        and queries.sheet_for(meeting.unit) is not None,
    }
    return render(request, "campaigns/meetings/meeting_detail.html", context)


@acts.page_and_form
def meeting_edit(
    request: AccountRequest, campaign_id: int, unit_id: int, meeting_id: int
) -> HttpResponse:
    meeting = open_one(kept_meeting(request, campaign_id, unit_id, meeting_id))
    build = partial(
        forms.PlanForm,
        bodies=bodies_of(request, meeting.unit),
        contents=agendas.contents_in_order(meeting.unit.campaign),
        initial=_stored(meeting),
    )
    form = build(acts.sent(request))

    def change() -> None:
        planning.change_plan(
            meeting=meeting,
            version=form.cleaned_data["version"] or 0,
            facts=form.facts(),
            agenda=form.agenda_lines,
            contents=form.contents_chosen,
            actor=request.actor,
            now=timezone.now(),
        )

    return acts.change(
        request,
        form,
        change,
        refusals=REFUSALS,
        then=url_of(meeting),
        back=(title_of(meeting), url_of(meeting)),
        title=_("Change day, topic or agenda"),
        lead=title_of(meeting),
        button=_("Record the change"),
        stored=lambda _now: shown_by(build()),
    )


@acts.page_and_form
def meeting_cancel(
    request: AccountRequest, campaign_id: int, unit_id: int, meeting_id: int
) -> HttpResponse:
    meeting = open_one(kept_meeting(request, campaign_id, unit_id, meeting_id))
    build = partial(forms.CancelForm, initial={"version": meeting.version})
    form = build(acts.sent(request))

    def cancel() -> None:
        planning.cancel_meeting(
            meeting=meeting,
            actor=request.actor,
            now=timezone.now(),
            **form.cleaned_data,
        )

    return acts.change(
        request,
        form,
        cancel,
        refusals=REFUSALS,
        then=list_url(meeting.unit),
        back=(title_of(meeting), url_of(meeting)),
        title=_("The meeting was not held"),
        lead=title_of(meeting),
        button=_("Record that it was not held"),
        again=_("Record that it was not held"),
        stored=lambda _now: shown_by(build()),
    )


def _start(request: AccountRequest) -> tuple[str, str]:
    is_passed_over = len(queries.units_to_begin_with(request.actor)) == 1
    url = reverse("meetings:meeting_home")
    return way_back(_("Monthly meetings"), url, is_passed_over=is_passed_over)


def _stored(meeting: Meeting) -> dict[str, Any]:
    """Return what the form of a plan shows of a meeting that was got by a scope."""
    plan = {name: getattr(meeting, name) for name in forms.PLAN_FIELDS}
    return {
        **plan,
        "version": meeting.version,
        "agenda": queries.agenda_text(meeting),
        "contents": queries.contents_on_agenda(meeting),
    }


def _next(unit: CampaignUnit, *, today: date) -> dict[str, Any]:
    """Return the next regular meeting as the last one was: a month later, same place."""
    last = queries.last_meeting(unit)
    if last is None:
        return {"on": today, "kind": Meeting.Kind.REGULAR}
    return {
        "kind": Meeting.Kind.REGULAR,
        "on": _a_month_after(last.on),
        "begins_at": last.begins_at,
        "place": last.place,
        "agenda": queries.agenda_text(last),
    }


def _a_month_after(day: date) -> date:
    year, month = divmod(day.year * 12 + day.month, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
