"""Two versions of one row in words, and a form that goes on from the later one."""

from datetime import date, time

import pytest
from django import forms
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
