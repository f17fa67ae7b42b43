"""Two versions of one row in words, and a form that goes on from the later one."""

from datetime import date, time

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from members.comparing import differences, took_up
from members.forms.fields import DayField


class Form(forms.Form):
    kind = forms.ChoiceField(choices=[("A", "Loại A"), ("B", "Loại B")])
    kinds = forms.MultipleChoiceField(choices=[("1", "Một"), ("2", "Hai")])
    on = DayField()
    at = forms.TimeField(input_formats=("%H:%M", "%Hh%M"))
    is_held = forms.BooleanField(required=False)
    count = forms.IntegerField(required=False)
    text = forms.CharField(widget=forms.Textarea)
    file = forms.FileField(required=False)
    version = forms.IntegerField()


TYPED = "kind=B&kinds=1&kinds=2&on=05032024&at=14h00&count=&text=Một%0D%0AHai&version=1"
STORED = {
    "kind": "B", "kinds": [1, 2], "on": date(2024, 3, 5), "at": time(14),
    "is_held": False, "count": None, "text": "Một\nHai", "file": "a.pdf", "version": 2,
}  # fmt: skip


@pytest.mark.parametrize("typed", ["1122026", "112026", "011226", " 1122026 "])
def test_digits_that_could_be_two_days_are_refused_with_a_sentence(typed):
    with pytest.raises(ValidationError, match="tám chữ số") as refused:
        DayField().clean(typed)
    assert refused.value.code == "digits"


def test_eight_digits_and_strokes_are_a_day():
    for typed in ("01122026", "1/12/2026", "2026-12-01"):
        assert DayField().clean(typed) == date(2026, 12, 1)


def test_what_says_the_same_differs_in_nothing():
    assert differences(Form(QueryDict(TYPED)), STORED) == []


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("kind", "A", ("Loại A", "Loại B")),
        ("kinds", [2], ("Hai", "Một\nHai")),
        ("on", date(2024, 4, 1), ("01/04/2024", "05/03/2024")),
        ("at", time(9, 30), ("09:30", "14:00")),
        ("is_held", True, ("có", "không")),
        ("count", 12, ("12", "")),
        ("text", "Ba", ("Ba", "Một\nHai")),
    ],
)
def test_what_differs_stands_in_words(name, value, line):
    lines = differences(Form(QueryDict(TYPED)), {**STORED, name: value})

    assert [each[1:] for each in lines] == [line]


def test_the_form_goes_on_from_the_later_version_with_what_was_typed():
    form = Form(QueryDict(TYPED))

    took_up(form, 2)

    assert form.data["version"] == "2"
    assert form.data.getlist("kinds") == ["1", "2"]
