"""A unit for a form: from a select where they are few, else found by name before."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from members import acts, queries
from members.http import AccountRequest
from members.queries import number_in

MOST = 100  # units in a select
KEY = "to"


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
    before; where it may stay empty, none, and a way to find one. One query of few.
    """
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    units: Any = field.queryset
    if len(units.values("pk")[: MOST + 1]) <= MOST:
        return None
    chosen = _chosen(request, form, name)
    if chosen is None and (field.required or {KEY, "q"} & request.GET.keys()):
        return acts.choose(
            request,
            lambda text: queries.unit_choices(units, text),
            back=back,
            title=title,
            lead=_("First find the unit."),
            label=_("Name or code of the unit, with or without accents"),
            nothing=_("No unit is found. Accents may be left out."),
            most=queries.MOST_CHOICES,
        )
    field.queryset = units.filter(pk=chosen)
    field.help_text = format_html(
        '<a href="{}">{}</a>', _anew(request), _("Find a unit")
    )
    return None


def _chosen(request: AccountRequest, form: forms.BaseForm, name: str) -> int | None:
    if request.method == "POST":
        text = request.POST.get(name, "")
    elif "q" in request.GET:
        return None
    else:
        text = request.GET.get(KEY, str(form.initial.get(name) or ""))
    return number_in(text) or None


def _anew(request: AccountRequest) -> str:
    kept = request.GET.copy()
    kept[KEY] = ""
    return f"?{kept.urlencode()}"
