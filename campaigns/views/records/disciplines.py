"""Discipline: the list, a decision, entering, correcting and changing it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.forms import records as forms
from campaigns.models import Discipline
from campaigns.queries import records
from campaigns.services.records import decisions
from campaigns.views.records import shared
from members import acts
from members.http import AccountRequest

FIELDS = ("form", "ground", "body", "document", "on", "version")
CHANGED = ("changed_form", "changed_on", "change_document", "version")


@require_safe
def discipline_list(request: AccountRequest) -> HttpResponse:
    rows = Discipline.objects.visible_to(request.actor)
    crumbs = [(_("Inspection and supervision"), reverse("records:inspection_list"))]
    return shared.record_list(
        request, rows, "campaigns/records/discipline_list.html", {"crumbs": crumbs}
    )


@require_safe
def discipline_detail(request: AccountRequest, discipline_id: int) -> HttpResponse:
    row = shared.found(Discipline.objects.visible_to(request.actor), discipline_id)
    mine = Discipline.objects.editable_by(request.actor).filter(pk=row.pk)
    context = {
        "crumbs": [_back()],
        "title": records.what_of(row),
        "about": records.about(row),
        "facts": records.facts_of(row),
        "edit_url": reverse("records:discipline_edit", args=[row.pk]),
        "change_url": reverse("records:discipline_change", args=[row.pk]),
        "may_edit": mine.exists(),
    }
    return render(request, "campaigns/records/record_detail.html", context)


@acts.page_and_form
def discipline_add(request: AccountRequest) -> HttpResponse:
    title = _("Enter a decision of discipline")
    placed = shared.placed_or_page(request, back=_back(), title=title)
    if isinstance(placed, HttpResponse):
        return placed
    form = forms.DisciplineRecordForm(
        acts.sent(request),
        is_member=placed.subject.member is not None,
        initial={"on": timezone.localdate()},
    )
    return shared.add(
        request,
        form,
        lambda: decisions.record_discipline(
            unit=placed.unit,
            subject=placed.subject,
            facts=form.facts(),
            **shared.now_of(request),
        ),
        back=_back(),
        title=title,
        lead=_(
            "About: %(about)s. By a body of %(unit)s. An expulsion takes nobody off the"
            " roll: whoever keeps the roll does, by the same document."
        )
        % {"about": placed.about, "unit": placed.unit.name},
        button=_("Keep the record"),
    )


@acts.page_and_form
def discipline_edit(request: AccountRequest, discipline_id: int) -> HttpResponse:
    row = shared.found(Discipline.objects.editable_by(request.actor), discipline_id)
    form = forms.DisciplineRecordForm(
        acts.sent(request),
        is_member=row.member is not None,
        initial=_stored(row),
    )
    return shared.correct(
        request,
        form,
        lambda: decisions.correct_discipline(
            discipline=row,
            version=form.cleaned_data["version"] or 0,
            facts=form.facts(),
            **shared.now_of(request),
        ),
        record=row,
        stored=_stored,
        title=_("Correct what was typed wrongly"),
    )


@acts.page_and_form
def discipline_change(request: AccountRequest, discipline_id: int) -> HttpResponse:
    row = shared.found(Discipline.objects.editable_by(request.actor), discipline_id)
    form = forms.DisciplineChangeForm(
        acts.sent(request),
        is_member=row.member is not None,
        initial={**_changed(row), "changed_on": timezone.localdate()},
    )

    def change() -> None:
        decisions.change_discipline(
            discipline=row, **form.cleaned_data, **shared.now_of(request)
        )

    return acts.change(
        request,
        form,
        change,
        refusals=shared.REFUSALS,
        said=_("The change is recorded."),
        then=shared.detail_url(row),
        back=(records.about(row), shared.detail_url(row)),
        title=_("Record a later decision on this discipline"),
        lead=_("The first decision stays in the record; counts follow the later one."),
        button=_("Record the change"),
        stored=_changed,
    )


def _stored(row: Discipline) -> dict[str, object]:
    return {name: getattr(row, name) for name in FIELDS}


def _changed(row: Discipline) -> dict[str, object]:
    return {name: getattr(row, name) for name in CHANGED}


def _back() -> tuple[str, str]:
    return _("Discipline"), reverse("records:discipline_list")
