"""Commendations: the list, a title, entering and correcting it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.forms import records as forms
from campaigns.models import Commendation, SummaryConference
from campaigns.queries import records
from campaigns.services.records import decisions
from campaigns.views.records import shared
from campaigns.vocabulary.records import record_lists
from members import acts
from members.http import AccountRequest, back_to_first

FIELDS = ("title", "field", "body", "document", "on", "version")


@require_safe
def commendation_list(request: AccountRequest) -> HttpResponse:
    rows = Commendation.objects.visible_to(request.actor)
    field = request.GET.get("field", "")
    if field in record_lists().fields:
        rows = rows.filter(field=field)
    context = {
        "field": field,
        "fields": forms.choices_of(record_lists().fields),
        "crumbs": back_to_first(),
    }
    return shared.record_list(
        request, rows, "campaigns/records/commendation_list.html", context
    )


@require_safe
def commendation_detail(request: AccountRequest, commendation_id: int) -> HttpResponse:
    row = shared.found(Commendation.objects.visible_to(request.actor), commendation_id)
    mine = Commendation.objects.editable_by(request.actor).filter(pk=row.pk)
    context = {
        "crumbs": [_back()],
        "title": records.what_of(row),
        "about": records.about(row),
        "facts": records.facts_of(row),
        "edit_url": reverse("records:commendation_edit", args=[row.pk]),
        "may_edit": mine.exists(),
    }
    return render(request, "campaigns/records/record_detail.html", context)


@acts.page_and_form
def commendation_add(request: AccountRequest) -> HttpResponse:
    title = _("Enter a commendation")
    placed = shared.placed_or_page(request, back=_back(), title=title)
    if isinstance(placed, HttpResponse):
        return placed
    conferences = SummaryConference.objects.editable_by(request.actor)
    form = forms.CommendationForm(
        acts.sent(request),
        is_member=placed.subject.member is not None,
        conferences=conferences.filter(unit=placed.unit).order_by("-year"),
        initial={"on": timezone.localdate()},
    )
    return shared.add(
        request,
        form,
        lambda: decisions.record_commendation(
            unit=placed.unit,
            subject=placed.subject,
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
def commendation_edit(request: AccountRequest, commendation_id: int) -> HttpResponse:
    mine = Commendation.objects.editable_by(request.actor)
    row = shared.found(mine, commendation_id)
    conferences = SummaryConference.objects.editable_by(request.actor)
    form = forms.CommendationForm(
        acts.sent(request),
        is_member=row.member is not None,
        conferences=conferences.filter(unit=row.unit).order_by("-year"),
        initial=_stored(row),
    )
    return shared.correct(
        request,
        form,
        lambda: decisions.correct_commendation(
            commendation=row,
            version=form.cleaned_data["version"] or 0,
            facts=form.facts(),
            **shared.now_of(request),
        ),
        record=row,
        stored=_stored,
        title=_("Correct what was typed wrongly"),
    )


def _stored(row: Commendation) -> dict[str, object]:
    stored = {name: getattr(row, name) for name in FIELDS}
    return {**stored, "conference": row.conference_id}


def _back() -> tuple[str, str]:
    return _("Commendations"), reverse("records:commendation_list")
