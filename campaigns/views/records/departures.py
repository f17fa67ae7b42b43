"""Decisions on leaving a post: the list, one of them, entering and correcting it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.forms import records as forms
from campaigns.models import Departure
from campaigns.queries import records
from campaigns.services.records import departures
from campaigns.views.records import shared
from members import acts
from members.http import AccountRequest

FIELDS = ("kind", "post", "ground", "body", "document", "on", "version")


@require_safe
def departure_list(request: AccountRequest) -> HttpResponse:
    rows = Departure.objects.visible_to(request.actor)
    crumbs = [(_("Inspection and supervision"), reverse("records:inspection_list"))]
    return shared.record_list(
        request, rows, "campaigns/records/departure_list.html", {"crumbs": crumbs}
    )


@require_safe
def departure_detail(request: AccountRequest, departure_id: int) -> HttpResponse:
    row = shared.found(Departure.objects.visible_to(request.actor), departure_id)
    mine = Departure.objects.editable_by(request.actor).filter(pk=row.pk)
    context = {
        "crumbs": [_back()],
        "title": records.what_of(row),
        "about": records.about(row),
        "facts": records.facts_of(row),
        "edit_url": reverse("records:departure_edit", args=[row.pk]),
        "may_edit": mine.exists(),
    }
    return render(request, "campaigns/records/record_detail.html", context)


@acts.page_and_form
def departure_add(request: AccountRequest) -> HttpResponse:
    title = _("Enter a decision on leaving a post")
    placed = shared.placed_or_page(
        request, back=_back(), title=title, members_only=True
    )
    if isinstance(placed, HttpResponse):
        return placed
    form = forms.DepartureForm(acts.sent(request), initial={"on": timezone.localdate()})
    return shared.add(
        request,
        form,
        lambda: departures.record_departure(
            unit=placed.unit,
            subject=placed.subject,
            facts=form.facts(),
            **shared.now_of(request),
        ),
        back=_back(),
        title=title,
        lead=_(
            "About: %(about)s. By a body of %(unit)s. The record ends no post here: that "
            "is recorded at the post, by the same document."
        )
        % {"about": placed.about, "unit": placed.unit.name},
        button=_("Keep the record"),
    )


@acts.page_and_form
def departure_edit(request: AccountRequest, departure_id: int) -> HttpResponse:
    row = shared.found(Departure.objects.editable_by(request.actor), departure_id)
    form = forms.DepartureForm(acts.sent(request), initial=_stored(row))
    return shared.correct(
        request,
        form,
        lambda: departures.correct_departure(
            departure=row,
            version=form.cleaned_data["version"] or 0,
            facts=form.facts(),
            **shared.now_of(request),
        ),
        record=row,
        stored=_stored,
        title=_("Correct what was typed wrongly"),
    )


def _stored(row: Departure) -> dict[str, object]:
    return {name: getattr(row, name) for name in FIELDS}


def _back() -> tuple[str, str]:
    return _("Leaving a post"), reverse("records:departure_list")
