"""A unit for a form: from a select where they are few, else found by name before."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _

from members import acts, queries
from members.http import CSRF, AccountRequest
from members.queries import number_in

MOST = 100  # units in a select
KEY = "to"
# Fields of the page on which one finds the unit of a form that was begun.
FIND, CHOSEN, SOUGHT = "find_unit", "unit_found", "unit_sought"
NOT_CARRIED = (CSRF, acts.KEY, FIND, CHOSEN, SOUGHT)

Finding = Callable[..., HttpResponse]


def unit_first(
    request: AccountRequest,
    form: forms.BaseForm,
    name: str,
    *,
    back: tuple[str, str],
    title: str,
) -> HttpResponse | None:
    """Return the page on which one finds the unit; None once the form can be shown.

    Of many units the field `name` then offers the one that was found, sent or held
    before; where it may stay empty, none, and a button to find one. What was typed
    goes along by that button, and comes back. One query of few.
    """
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    units: Any = field.queryset
    if len(units.values("pk")[: MOST + 1]) <= MOST:
        return None
    find = partial(
        acts.choose,
        request,
        lambda text: queries.unit_choices(units, text),
        back=back,
        title=title,
        label=_("Name or code of the unit, with or without accents"),
        nothing=_("No unit is found. Accents may be left out."),
        most=queries.MOST_CHOICES,
    )
    if request.method == "POST" and (FIND in request.POST or SOUGHT in request.POST):
        return _find_beside(request, name, find)
    chosen = _chosen(request, form, name)
    if CHOSEN in request.POST:
        _fill_in(request, form, name)
    elif chosen is None and (field.required or {KEY, "q"} & request.GET.keys()):
        return find(lead=_("First find the unit."))
    field.queryset = units.filter(pk=chosen)
    field.help_text = _(
        "Another unit is found by the button below; what is typed stays."
    )
    form.finds_unit = True  # type: ignore[attr-defined]  # read by act.html
    return None


def _find_beside(request: AccountRequest, name: str, find: Finding) -> HttpResponse:
    """Return the page on which one finds the unit of a form that was begun."""
    carried = [
        (key, text)
        for key, texts in request.POST.lists()
        if key not in (*NOT_CARRIED, name)
        for text in texts
    ]
    return find(
        lead=_("Find the unit; what you typed before is kept."),
        carried=carried,
        sought=(SOUGHT, CHOSEN),
    )


def _fill_in(request: AccountRequest, form: forms.BaseForm, name: str) -> None:
    """Show the form as it was left, with the unit that was found: nothing is done yet."""
    form.initial = {
        key: field.widget.value_from_datadict(request.POST, request.FILES, key)
        for key, field in form.fields.items()
    } | {name: request.POST[CHOSEN]}
    form.is_bound = False


def _chosen(request: AccountRequest, form: forms.BaseForm, name: str) -> int | None:
    if request.method == "POST":
        text = request.POST.get(CHOSEN) or request.POST.get(name, "")
    elif "q" in request.GET:
        return None
    else:
        text = request.GET.get(KEY, str(form.initial.get(name) or ""))
    return number_in(text) or None
