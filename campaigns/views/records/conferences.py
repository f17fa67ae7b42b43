"""Summary conferences: the list, one of them, entering and correcting it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.forms import records as forms
from campaigns.models import (
    Commendation,
    ConferenceDelegation,
    ConferenceTask,
    SummaryConference,
)
from campaigns.queries import record_subjects, records
from campaigns.services.records import conferences
from campaigns.views.records import shared
from members import acts
from members.dates import display_day
from members.http import AccountRequest
from members.models import PartyUnit
from members.policy import Area

FIELDS = ("year", "on", "place", "chair", "report", "conclusions", "version")


@require_safe
def conference_list(request: AccountRequest) -> HttpResponse:
    if not request.actor.reaches(Area.RECORDS):
        raise Http404
    rows = SummaryConference.objects.visible_to(request.actor)
    kept = record_subjects.units_kept(request.actor)
    own = [post.unit_id for post in request.actor.posts]
    context = {
        "crumbs": [(_("Commendations"), reverse("records:commendation_list"))],
        "rows": rows.select_related("unit").order_by("-on", "-pk")[: records.PAGE_SIZE],
        "units": kept.filter(pk__in=own).order_by("path"),
    }
    return render(request, "campaigns/records/conference_list.html", context)


@require_safe
def conference_detail(request: AccountRequest, conference_id: int) -> HttpResponse:
    seen = SummaryConference.objects.visible_to(request.actor).select_related("unit")
    row = get_object_or_404(seen, pk=conference_id)
    mine = SummaryConference.objects.editable_by(request.actor).filter(pk=row.pk)
    delegations = ConferenceDelegation.objects.visible_to(request.actor)
    tasks = ConferenceTask.objects.visible_to(request.actor)
    given = Commendation.objects.visible_to(request.actor)
    context = {
        "crumbs": [_back()],
        "conference": row,
        "delegations": delegations.filter(conference=row).order_by("position"),
        "tasks": tasks.filter(conference=row).order_by("position"),
        "awards": records.awards_at(given, row),
        "may_edit": mine.exists(),
    }
    return render(request, "campaigns/records/conference_detail.html", context)


@acts.page_and_form
def conference_add(request: AccountRequest, unit_id: int) -> HttpResponse:
    units = PartyUnit.objects.visible_to(request.actor, Area.RECORDS_EDIT)
    unit = get_object_or_404(units, pk=unit_id)
    today = timezone.localdate()
    form = forms.ConferenceForm(
        acts.sent(request), initial={"year": today.year, "on": today}
    )
    made: list[SummaryConference] = []

    def record() -> None:
        made.append(
            conferences.record_conference(
                unit=unit, **_said(form), **shared.now_of(request)
            )
        )

    if acts.did(request, form, record, refusals=shared.REFUSALS):
        messages.success(request, _("The record is kept."))
        return redirect("records:conference_detail", made[0].pk)
    return acts.page(
        request,
        form,
        back=_back(),
        title=_("Enter the summary conference of %s") % unit.name,
        button=_("Keep the record"),
    )


@acts.page_and_form
def conference_edit(request: AccountRequest, conference_id: int) -> HttpResponse:
    mine = SummaryConference.objects.editable_by(request.actor).select_related("unit")
    row = get_object_or_404(mine, pk=conference_id)
    form = forms.ConferenceForm(acts.sent(request), initial=_stored(row))

    def correct() -> None:
        conferences.correct_conference(
            conference=row,
            version=form.cleaned_data["version"] or 0,
            **_said(form),
            **shared.now_of(request),
        )

    url = reverse("records:conference_detail", args=[row.pk])
    return acts.change(
        request,
        form,
        correct,
        refusals=shared.REFUSALS,
        said=_("The correction is recorded."),
        then=url,
        back=(str(row.year), url),
        title=_("Correct the summary conference of %s") % row.unit.name,
        button=_("Record the correction"),
        stored=_stored,
    )


def _said(form: forms.ConferenceForm) -> dict[str, Any]:
    data = dict(form.cleaned_data)
    del data["version"]
    lines = conferences.Lines(data.pop("delegations"), data.pop("tasks"))
    return {"facts": data, "lines": lines}


def _stored(row: SummaryConference) -> dict[str, object]:
    delegations, tasks = records.lines_of(row)
    return {
        **{name: getattr(row, name) for name in FIELDS},
        "delegations": "\n".join(f"{each.body}; {each.count}" for each in delegations),
        "tasks": "\n".join(
            f"{each.text}; {display_day(each.due_on)}" if each.due_on else each.text
            for each in tasks
        ),
    }


def _back() -> tuple[str, str]:
    return _("Summary conferences"), reverse("records:conference_list")
