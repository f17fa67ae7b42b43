"""Figures from before the system: as they were entered, and entering them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members import acts, queries
from members.forms import opening_figures as forms
from members.http import AccountRequest
from members.models import OpeningFigure, PartyUnit
from members.policy import Area
from members.services import opening_figures

REFUSALS = (opening_figures.FigureNotPossible,)


@require_safe
def opening_list(request: AccountRequest, unit_id: int) -> HttpResponse:
    units = PartyUnit.objects.visible_to(request.actor)
    unit = get_object_or_404(units, pk=unit_id)
    context = {
        "crumbs": [(unit.name, queries.unit_url(unit.pk, None))],
        "unit": unit,
        "versions": queries.opening_versions(unit),
        "lines": queries.opening_lines(unit, request.actor),
        "may_enter": request.actor.reaches_below(Area.IMPORT, unit.path),
    }
    return render(request, "members/opening_list.html", context)


@acts.page_and_form
def opening_add(request: AccountRequest, unit_id: int) -> HttpResponse:
    units = PartyUnit.objects.visible_to(request.actor, Area.IMPORT)
    unit = get_object_or_404(units, pk=unit_id)
    today = timezone.localdate()
    term = queries.term_on(unit, today)
    form = forms.OpeningForm(
        acts.sent(request), initial={"from_on": term.from_on if term else None}
    )

    def enter() -> None:
        opening_figures.enter_figure(
            unit=unit, actor=request.actor, now=timezone.now(), **form.facts()
        )

    if acts.did(request, form, enter, refusals=REFUSALS):
        messages.success(request, _("The figure is entered."))
        return redirect("members:opening_list", unit.pk)
    return acts.page(
        request,
        form,
        back=_back(unit),
        title=_("Enter a figure from before the system: %s") % unit.name,
        lead=_("For the unit with everything below it, as it was published."),
        button=_("Enter the figure"),
    )


@acts.page_and_form
def opening_correct(request: AccountRequest, figure_id: int) -> HttpResponse:
    mine = OpeningFigure.objects.editable_by(request.actor).select_related("unit")
    figure = get_object_or_404(mine, pk=figure_id)
    form = forms.OpeningCorrectionForm(
        acts.sent(request), initial={"value": figure.value, "source": figure.source}
    )

    def correct() -> None:
        opening_figures.correct_figure(
            figure=figure,
            value=form.cleaned_data["value"],
            source=form.cleaned_data["source"],
            actor=request.actor,
            now=timezone.now(),
        )

    if acts.did(request, form, correct, refusals=REFUSALS):
        messages.success(request, _("The correction is recorded."))
        return redirect("members:opening_list", figure.unit_id)
    what = queries.figure_label(figure.kind)
    return acts.page(
        request,
        form,
        back=_back(figure.unit),
        title=_("Correct a figure from before the system"),
        lead=f"{what}, {queries.period_text(figure.from_on, figure.until_on)}",
        button=_("Record the correction"),
    )


def _back(unit: PartyUnit) -> tuple[str, str]:
    return (
        _("Figures from before the system"),
        reverse("members:opening_list", args=[unit.pk]),
    )
