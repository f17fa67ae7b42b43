"""The day of a peak, and what was done on it."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from campaigns.models import Meeting
from members.forms.fields import TOO_LONG, CleanTextField, DayField


class MeetingField(forms.ModelChoiceField):
    """A meeting by its kind, day and topic."""

    def label_from_instance(self, obj: Meeting) -> str:
        return f"{obj}: {obj.topic}" if obj.topic else str(obj)


class PeakDayForm(forms.Form):
    """At which meeting it was held; else which day is set, and what was done on it."""

    meeting = MeetingField(
        label=_("Held at the meeting"),
        queryset=Meeting.objects.none(),
        required=False,
        empty_label=_("at none that is recorded here"),
        help_text=_("Then day and people present are those of the meeting."),
    )
    on = DayField(label=_("Day"), required=False)
    is_held = forms.BooleanField(label=_("It was held"), required=False)
    attendance = forms.IntegerField(
        label=_("People present"), required=False, min_value=0, max_value=100_000
    )
    outcome = CleanTextField(
        label=_("Resulting tasks"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, meetings: QuerySet[Meeting], initial: dict[str, Any]
    ) -> None:
        super().__init__(data, initial=initial)
        offered = self.fields["meeting"]
        assert isinstance(offered, forms.ModelChoiceField)
        if meetings.exists():
            offered.queryset = meetings
        else:
            del self.fields["meeting"]
