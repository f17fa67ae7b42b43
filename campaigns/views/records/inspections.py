"""Inspection and supervision: the list, a record, entering and correcting it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.forms import records as forms
from campaigns.models import Inspection
from campaigns.queries import records
from campaigns.services.records import inspections
from campaigns.views.records import shared
from campaigns.vocabulary.records import record_lists
from members import acts
from members.http import AccountRequest, back_to_first

FIELDS = (
    "kind",
    "body",
    "outside_body",
    "on",
    "document",
    "finding",
    "follow_up",
    "follow_up_due_on",
    "followed_up_on",
    "version",
)


@require_safe
def inspection_list(request: AccountRequest) -> HttpResponse:
    rows = Inspection.objects.visible_to(request.actor)
    kind = request.GET.get("kind", "")
    if kind in record_lists().inspection_kinds:
        rows = rows.filter(kind=kind)
    elif kind == "open":
        rows = rows.filter(document="")
    context = {
        "kind": kind,
        "kinds": forms.choices_of(record_lists().inspection_kinds),
        "crumbs": back_to_first(),
    }
    return shared.record_list(
        request, rows, "campaigns/records/inspection_list.html", context
    )


@require_safe
def inspection_detail(request: AccountRequest, inspection_id: int) -> HttpResponse:
    row = shared.found(Inspection.objects.visible_to(request.actor), inspection_id)
    context = {
        "crumbs": [_back()],
        "title": records.what_of(row),
        "about": records.about(row),
        "facts": records.facts_of(row),
        "edit_url": reverse("records:inspection_edit", args=[row.pk]),
        "may_edit": _mine(request, row),
        "is_open": not row.document,
    }
    return render(request, "campaigns/records/record_detail.html", context)


@acts.page_and_form
def inspection_add(request: AccountRequest) -> HttpResponse:
    title = _("Enter an inspection or supervision")
    placed = shared.placed_or_page(request, back=_back(), title=title)
    if isinstance(placed, HttpResponse):
        return placed
    subject = placed.subject
    form = forms.InspectionForm(
        acts.sent(request),
        planned=records.plans_open_for(placed.unit, subject.unit),
        joined=records.cases_about(
            request.actor, placed.unit, subject.unit, subject.member
        ),
        initial={"on": timezone.localdate()},
    )
    return shared.add(
        request,
        form,
        lambda: inspections.record_inspection(
            unit=placed.unit,
            subject=subject,
            facts=form.facts(),
            **shared.now_of(request),
        ),
        back=_back(),
        title=title,
        lead=_("About: %(about)s. By a body of %(unit)s.")
        % {"about": placed.about, "unit": placed.unit.name},
        button=_("Keep the record"),
    )


@acts.page_and_form
def inspection_edit(request: AccountRequest, inspection_id: int) -> HttpResponse:
    row = shared.found(Inspection.objects.editable_by(request.actor), inspection_id)
    form = forms.InspectionForm(acts.sent(request), initial=_stored(row))
    return shared.correct(
        request,
        form,
        lambda: inspections.correct_inspection(
            inspection=row,
            version=form.cleaned_data["version"] or 0,
            facts=form.facts(),
            **shared.now_of(request),
        ),
        record=row,
        stored=_stored,
        title=_("Correct the record, or enter what followed"),
    )


def _mine(request: AccountRequest, row: Inspection) -> bool:
    return Inspection.objects.editable_by(request.actor).filter(pk=row.pk).exists()


def _stored(row: Inspection) -> dict[str, object]:
    return {name: getattr(row, name) for name in FIELDS}


def _back() -> tuple[str, str]:
    return _("Inspection and supervision"), reverse("records:inspection_list")
