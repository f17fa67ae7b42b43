"""The forms of a meeting's plan, its guests and its signing; `facts` gives each to its service."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import CampaignBody, ContentItem, Meeting
from campaigns.models.meetings import LONGEST_MATTER
from members import names
from members.forms.fields import TOO_LONG, CleanTextField, DayField

MOST_AGENDA = 40
MOST_TEXT = 50_000
PLAN_FIELDS = ("kind", "on", "begins_at", "place", "topic", "body")
BODIES = (
    CampaignBody.Kind.AUTHORITY,
    CampaignBody.Kind.FATHERLAND_FRONT,
    CampaignBody.Kind.MASS_ORGANISATION,
)


def body_name(body: CampaignBody) -> str:
    """Return what a body is called; the unit's own has no name of its own."""
    return body.name or str(body.get_kind_display())


class BodyField(forms.ModelChoiceField):
    """A body that takes part and is known by headcount."""

    def label_from_instance(self, obj: CampaignBody) -> str:
        return body_name(obj)


class HourField(forms.TimeField):
    """A time of day, as people write it: 14:00, 14h00, 14h."""

    widget = forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        kwargs |= {"input_formats": ("%H:%M", "%Hh%M", "%Hh"), "required": False}
        kwargs.setdefault("help_text", _("hh:mm"))
        super().__init__(**kwargs)
        self.error_messages["invalid"] = _("This is no time of day: write 14:00.")


class LinesField(forms.CharField):
    """Lines of text, one matter each; empty lines are left out."""

    widget = forms.Textarea(attrs={"rows": 6})

    def __init__(self, *, most: int, length: int, **kwargs: Any) -> None:
        self.most, self.length = most, length
        super().__init__(**kwargs)

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if len(lines) > self.most:
            raise forms.ValidationError(
                _("At most %(most)d lines; these are %(count)d."),
                params={"most": self.most, "count": len(lines)},
            )
        for number, line in enumerate(lines, start=1):
            if len(line) > self.length:
                raise forms.ValidationError(
                    _("Line %(number)d is too long: at most %(most)d characters."),
                    params={"number": number, "most": self.length},
                )
        try:
            return [names.clean_text(line) for line in lines]
        except names.UnfitText as refusal:
            raise forms.ValidationError(
                _("The text holds a character that cannot be seen (%(name)s)."),
                params={"name": refusal.name},
            ) from refusal


class VersionedForm(forms.Form):
    """A form that brings the version of the meeting that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class PlanForm(forms.ModelForm):
    """Day, kind, topic and agenda of a meeting."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    contents = forms.MultipleChoiceField(
        label=_("On the agenda from the campaign's plan"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("They stand first, in the words of the plan."),
    )
    agenda = LinesField(
        label=_("Further matters of the agenda, one a line"),
        most=MOST_AGENDA,
        length=LONGEST_MATTER,
        required=False,
    )

    class Meta:
        model = Meeting
        fields = PLAN_FIELDS
        field_classes: ClassVar[dict[str, Any]] = {
            "on": DayField,
            "begins_at": HourField,
            "place": CleanTextField,
            "topic": CleanTextField,
            "body": BodyField,
        }
        labels: ClassVar[dict[str, Any]] = {"place": _("Place")}

    def __init__(
        self,
        data: Any = None,
        *,
        bodies: Any,
        contents: Sequence[ContentItem],
        initial: Mapping[str, Any],
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self._offer_contents(contents)
        field = self.fields["body"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = bodies.filter(kind__in=BODIES)
        field.empty_label = str(_("Members of the unit"))
        field.label = _("Whose meeting")
        if not field.queryset.exists():
            del self.fields["body"]

    def _offer_contents(self, contents: Sequence[ContentItem]) -> None:
        """Offer what the plan has; without anything of the plan the agenda is its own."""
        self._contents = {str(each.pk): each for each in contents}
        field = self.fields["contents"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (key, f"– {each.text}" if each.parent_id else each.text)
            for key, each in self._contents.items()
        ]
        if not contents:
            del self.fields["contents"]
            self.fields["agenda"].label = _("Agenda, one matter a line")

    def facts(self) -> dict[str, Any]:
        """Return the columns that the plan sets."""
        return {name: getattr(self.instance, name) for name in PLAN_FIELDS}

    @property
    def agenda_lines(self) -> list[str]:
        """The matters, in their order."""
        lines: list[str] = self.cleaned_data["agenda"]
        return lines

    @property
    def contents_chosen(self) -> list[ContentItem]:
        """What is taken from the plan, in its order."""
        chosen = set(self.cleaned_data.get("contents", ()))
        return [each for key, each in self._contents.items() if key in chosen]


class CancelForm(VersionedForm):
    """Why a meeting was not held."""

    reason = CleanTextField(
        label=_("Why it was not held"),
        max_length=500,
        error_messages={"required": _("Write the reason."), "max_length": TOO_LONG},
    )


class GuestForm(VersionedForm):
    """Who comes from above, by which decision, and what was directed."""

    name = CleanTextField(label=_("Full name"), max_length=255)
    post = CleanTextField(label=_("Post"), max_length=255)
    decision = CleanTextField(
        label=_("By document (number, date)"),
        max_length=255,
        help_text=_("For example: “Quyết định số 12-QĐ/ĐU, ngày 05/9/2026”"),
    )
    direction = forms.CharField(
        label=_("Direction given at the meeting"),
        max_length=MOST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def facts(self) -> dict[str, str]:
        """Return the columns of the guest."""
        return {
            name: self.cleaned_data[name]
            for name in ("name", "post", "decision", "direction")
        }


class SignForm(VersionedForm):
    """Who signed the printed minutes, and when."""

    chair = CleanTextField(label=_("Chair"), max_length=255)
    recorder = CleanTextField(label=_("Recorder"), max_length=255)
    signed_on = DayField(label=_("Signed on"))
    paper = CleanTextField(
        label=_("Minutes on paper: number, where they are kept"),
        max_length=255,
        required=False,
    )

    def __init__(self, *args: Any, is_on_paper: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_on_paper:
            del self.fields["paper"]


class MinutesCorrectionForm(VersionedForm):
    """What signed minutes should say, and why."""

    text = forms.CharField(
        label=_("What the minutes should say"),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    reason = CleanTextField(label=_("Reason"), max_length=500)
