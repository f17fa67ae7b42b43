"""Two versions of one row, side by side: what is recorded now and what was typed."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Manager, Model
from django.utils.translation import gettext as _

from members.dates import display_day

# Label, what is recorded now, what was typed.
Line = tuple[object, object, object]
Both = Sequence[Line]


def took_up(form: forms.BaseForm, version: object) -> None:
    """Let a form go on from the later version; what was written stays in it."""
    typed: Any = form.data
    data = typed.copy()
    data["version"] = str(version)
    form.data = data


def differences(form: forms.BaseForm, stored: Mapping[str, object]) -> Both:
    """Return what is recorded now and what was typed, in words, where they differ."""
    both = []
    for name, field in form.fields.items():
        typed = form[name].data
        is_left = isinstance(field, forms.FileField) and not typed
        if name == "version" or name not in stored or is_left:
            continue
        now, wrote = _in_words(field, stored[name]), _in_words(field, typed)
        if now != wrote:
            both.append((form[name].label, now, wrote))
    return both


def values_of(row: Any, form: forms.BaseForm) -> dict[str, object]:
    """Return what a row holds of the fields of a form, and its version."""
    values: dict[str, object] = {"version": row.version}
    for name in form.fields:
        if hasattr(row, name):
            value = getattr(row, name)
            values[name] = list(value.all()) if isinstance(value, Manager) else value
    return values


def shown_by(form: forms.BaseForm) -> dict[str, object]:
    """Return what a form shows before anything is typed."""
    return {
        name: form.get_initial_for_field(field, name)
        for name, field in form.fields.items()
    }


def _in_words(field: forms.Field, value: Any) -> str:
    """Return a value as its reader knows it: the words of a choice, a day, yes or no."""
    if isinstance(value, str):
        try:
            value = field.to_python(value)
        except ValidationError:
            return str(value)
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return display_day(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return _chosen_in_words(field, value)


def _chosen_in_words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ModelChoiceField) and isinstance(value, Model):
        return str(field.label_from_instance(value))
    value = "" if value is None else field.prepare_value(value)
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices  # flat pairs, as the forms of this site have them
        names_of = {str(each): str(name) for each, name in choices}
        if isinstance(value, list | tuple):
            return "\n".join(names_of.get(str(each), str(each)) for each in value)
        return names_of.get(str(value), str(value))
    return str(value).replace("\r\n", "\n")
