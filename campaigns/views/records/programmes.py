"""Programmes of inspection and supervision of a year."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.figures import Period
from campaigns.forms import records as forms
from campaigns.models import InspectionProgramme
from campaigns.queries import record_figures, record_subjects, records
from campaigns.services.records import inspections
from campaigns.views.records import shared
from members import acts
from members.http import AccountRequest
from members.models import PartyUnit
from members.policy import Area
from members.queries import number_in


@require_safe
def programme_list(request: AccountRequest) -> HttpResponse:
    if not request.actor.reaches(Area.RECORDS):
        raise Http404
    rows = InspectionProgramme.objects.visible_to(request.actor)
    kept = record_subjects.units_kept(request.actor)
    own = [post.unit_id for post in request.actor.posts]
    context = {
        "crumbs": [_to_inspections()],
        "rows": rows.select_related("unit").order_by("-year", "unit__path")[
            : records.PAGE_SIZE
        ],
        "units": kept.filter(pk__in=own).order_by("path"),
    }
    return render(request, "campaigns/records/inspection_programme_list.html", context)


@require_safe
def programme_detail(
    request: AccountRequest, inspection_programme_id: int
) -> HttpResponse:
    seen = InspectionProgramme.objects.visible_to(request.actor).select_related("unit")
    row = get_object_or_404(seen, pk=inspection_programme_id)
    mine = InspectionProgramme.objects.editable_by(request.actor).filter(pk=row.pk)
    rows = records.programme_rows(row)
    context = {
        "crumbs": [_back()],
        "programme": row,
        "rows": rows,
        "planned": len(rows),
        "done": sum(each.is_done for each in rows),
        "unplanned": record_figures.unplanned_by(row.unit, Period.of_year(row.year)),
        "may_edit": mine.exists(),
    }
    return render(request, "campaigns/records/inspection_programme.html", context)


@acts.page_and_form
def programme_add(request: AccountRequest, unit_id: int) -> HttpResponse:
    units = PartyUnit.objects.visible_to(request.actor, Area.RECORDS_EDIT)
    unit = get_object_or_404(units, pk=unit_id)
    form = forms.ProgrammeForm(
        acts.sent(request), initial={"year": timezone.localdate().year}
    )
    made: list[InspectionProgramme] = []

    def adopt() -> None:
        made.append(
            inspections.adopt_programme(
                unit=unit, **form.cleaned_data, **shared.now_of(request)
            )
        )

    if acts.did(request, form, adopt, refusals=shared.REFUSALS):
        messages.success(request, _("The programme is recorded. Add its visits now."))
        return redirect("records:programme_detail", made[0].pk)
    return acts.page(
        request,
        form,
        back=_back(),
        title=_("Record the inspection programme of %s") % unit.name,
        button=_("Record the programme"),
    )


@acts.page_and_form
def planned_add(request: AccountRequest, inspection_programme_id: int) -> HttpResponse:
    mine = InspectionProgramme.objects.editable_by(request.actor)
    row = get_object_or_404(mine.select_related("unit"), pk=inspection_programme_id)
    back = (_("Programme"), reverse("records:programme_detail", args=[row.pk]))
    title = _("Add a visit to the programme")
    below = record_subjects.units_below(row.unit)
    chosen = request.GET.get("to", "")
    if not chosen:
        return acts.choose(
            request,
            partial(record_subjects.unit_choices, below),
            back=back,
            title=title,
            lead=row.document,
            label=_("To which organisation?"),
            nothing=_("No organisation or member below this unit is found by this."),
        )
    subject = get_object_or_404(below, pk=number_in(chosen))
    form = forms.PlannedForm(acts.sent(request))

    def plan() -> None:
        inspections.plan_inspection(
            programme=row,
            subject=subject,
            **form.cleaned_data,
            **shared.now_of(request),
        )

    if acts.did(request, form, plan, refusals=shared.REFUSALS):
        messages.success(request, _("The visit is in the programme."))
        return redirect("records:programme_detail", row.pk)
    return acts.page(
        request,
        form,
        back=back,
        title=title,
        lead=subject.name,
        button=_("Add the visit"),
    )


def _to_inspections() -> tuple[str, str]:
    return _("Inspection and supervision"), reverse("records:inspection_list")


def _back() -> tuple[str, str]:
    return _("Programmes of inspection"), reverse("records:programme_list")
