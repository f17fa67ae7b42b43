"""The forms of plain rows of a unit's work: fields from the model, checked by the house.

Where a campaign enters only results and figures, no form asks for a text
(`docs/rules/programmes.md` § 7).
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.forms.files import AttachmentField
from campaigns.models import (
    Activity,
    Campaign,
    CampaignUnit,
    Draft,
    DraftComment,
    InternalRule,
    Recommendation,
    StudyDocument,
    SupervisionFinding,
    TeamMember,
    TeamVisit,
    WorkingTeam,
)
from members.forms.fields import TOO_LONG, CleanTextField, DayField
from members.forms.uploads import NO_FILE
from members.policy import Actor, Area
from members.spreadsheets.cells import MEGABYTE

LONGEST = 10_000  # characters of a text of several lines
COMMENTS_BYTES = 2 * MEGABYTE
REQUIRED = _("Enter this, or choose it.")
TO_COME = _("This day is still to come.")
NO_SECRET = _("Do not enter what is a state secret.")


class LinesField(CleanTextField):
    """A text of several lines, each cleaned by itself."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, **kwargs: Any) -> None:
        # A column of unlimited length says None: it has a limit here all the same.
        kwargs["max_length"] = kwargs.get("max_length") or LONGEST
        kwargs["help_text"] = kwargs.get("help_text") or NO_SECRET
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        lines = (value or "").splitlines()
        if len(lines) < 2:
            return str(super().clean(value))
        forms.CharField.clean(self, value)
        return "\n".join(
            CleanTextField(required=False).clean(line) for line in lines
        ).strip()


def field_of(column: models.Field, **kwargs: Any) -> forms.Field | None:
    """Return the form field of a model's column, as this site asks for such a thing."""
    if isinstance(column, models.DateField):
        kwargs = {"form_class": DayField, **kwargs}
    elif isinstance(column, models.TextField):
        lines = forms.Textarea(attrs={"rows": 4})
        kwargs = {"form_class": LinesField, "widget": lines, **kwargs}
    elif isinstance(column, models.CharField) and not column.choices:
        kwargs = {"form_class": CleanTextField, **kwargs}
        if (column.max_length or 0) > 255:
            kwargs["widget"] = forms.Textarea(attrs={"rows": 2})
    field = column.formfield(**kwargs)
    if isinstance(field, forms.Field):
        if field.required:
            field.error_messages["required"] = REQUIRED
        field.error_messages["max_length"] = TOO_LONG
    return field


class RecordForm(forms.ModelForm):
    """A row of a unit's work; the version that was shown comes with a later one."""

    TEXTS: ClassVar[tuple[str, ...]] = ()  # not asked for where texts stay on paper
    NEEDED: ClassVar[tuple[str, ...]] = ()  # of the texts, where they are asked for
    COUNTS: ClassVar[tuple[str, ...]] = ()  # asked for only there, in their place
    PAST: ClassVar[tuple[str, ...]] = ()  # days of what was done: none is to come

    def __init__(self, *args: Any, mode: str, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        has_texts = mode == Campaign.Mode.FULL_TEXT
        for name in self.COUNTS if has_texts else self.TEXTS:
            del self.fields[name]
        for name in self.NEEDED if has_texts else ():
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = REQUIRED
        if self.instance.pk:
            self.fields["version"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=self.instance.version
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in self.PAST:
            self._refuse_to_come(name)
        return data

    def _refuse_to_come(self, name: str) -> None:
        """Refuse a day to come of what is told as done (rules/programmes.md § 3.3)."""
        day = self.cleaned_data.get(name)
        if day and day > timezone.localdate():
            self.add_error(name, TO_COME)

    @classmethod
    def shown_in(cls, mode: str) -> tuple[str, ...]:
        """Return the columns that a campaign of this mode fills in."""
        has_texts = mode == Campaign.Mode.FULL_TEXT
        left_out = cls.COUNTS if has_texts else cls.TEXTS
        return tuple(name for name in cls._meta.fields or () if name not in left_out)

    def facts(self) -> dict[str, Any]:
        """Return what was typed, without the version."""
        data = self.cleaned_data
        return {name: data[name] for name in data if name != "version"}


class DocumentForm(RecordForm):
    class Meta:
        model = StudyDocument
        formfield_callback = field_of
        fields = ("name", "number", "topic", "wants_essay", "judged_by")


class RuleForm(RecordForm):
    PAST = ("on",)

    class Meta:
        model = InternalRule
        formfield_callback = field_of
        fields = ("name", "outcome", "on", "document", "note")


class ActivityForm(RecordForm):
    product_file = AttachmentField(label=_("Product: file"), is_removable=False)

    class Meta:
        model = Activity
        formfield_callback = field_of
        fields = (
            "kind",
            "topic",
            "organiser",
            "on",
            "headcount",
            "product",
            "product_file",
        )

    def clean(self) -> dict[str, Any]:
        """Let a day to come be planned; who came is known once it has been."""
        data = super().clean()
        if data.get("headcount"):
            self._refuse_to_come("on")
        return data

    def clean_product_file(self) -> Any:
        file = self.cleaned_data["product_file"]
        if isinstance(file, UploadedFile):
            self.instance.product_name = getattr(file, "readable_name", "")
        return file

    def facts(self) -> dict[str, Any]:
        return {**super().facts(), "product_name": self.instance.product_name}


class RecommendationForm(RecordForm):
    PAST = ("answered_on",)

    class Meta:
        model = Recommendation
        formfield_callback = field_of
        fields = ("text", "addressee", "answer", "answered_on")


class TeamForm(RecordForm):
    class Meta:
        model = WorkingTeam
        formfield_callback = field_of
        fields = ("name", "decision", "from_on", "ends_on")


class TeamMemberForm(RecordForm):
    class Meta:
        model = TeamMember
        formfield_callback = field_of
        fields = ("name", "title", "is_leader")


class TeamVisitForm(RecordForm):
    class Meta:
        model = TeamVisit
        formfield_callback = field_of
        fields = ("unit", "on", "purpose", "is_held")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        root = self.instance.team.unit
        below = CampaignUnit.objects.visible_to(actor, Area.WORK)
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = below.in_subtree_of(root).filter(closed_on=None)
        field.queryset = field.queryset.order_by("path")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        team, on = self.instance.team, data.get("on")
        if on and not team.from_on <= on <= team.ends_on:
            self.add_error("on", _("The decision names the team for other days."))
        elif data.get("is_held"):
            self._refuse_to_come("on")
        return data


class DraftForm(RecordForm):
    class Meta:
        model = Draft
        formfield_callback = field_of
        fields = ("kind", "title", "document", "sent_on", "due_on")


class CommentForm(RecordForm):
    """One comment with its text; on paper only how many came, and how many count."""

    TEXTS = ("place", "text", "answer", "why")
    NEEDED = ("text",)
    COUNTS = ("total", "accepted")
    PAST = ("received_on",)

    class Meta:
        model = DraftComment
        formfield_callback = field_of
        fields = (
            "body_name",
            "received_on",
            "place",
            "text",
            "total",
            "accepted",
            "answer",
            "why",
        )


class FindingForm(RecordForm):
    TEXTS = ("text", "reply")
    NEEDED = ("text",)
    PAST = ("on", "replied_on")

    class Meta:
        model = SupervisionFinding
        formfield_callback = field_of
        fields = (
            "body_name",
            "document",
            "on",
            "text",
            "reply_document",
            "replied_on",
            "reply",
        )


class BodyForm(forms.Form):
    """For which body a workbook is written."""

    body_name = CleanTextField(
        label=_("Name of the body"),
        max_length=255,
        error_messages={"required": REQUIRED, "max_length": TOO_LONG},
    )


class AnsweredBodyForm(forms.Form):
    """To which body that has commented the answers go."""

    body_name = forms.ChoiceField(
        label=_("Name of the body"), error_messages={"required": REQUIRED}
    )

    def __init__(self, data: Any = None, *, bodies: Sequence[str]) -> None:
        super().__init__(data)
        field = self.fields["body_name"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(name, name) for name in bodies]


class CommentsForm(BodyForm):
    """A workbook of comments that has come back."""

    received_on = DayField(label=_("Received on"))
    file = forms.FileField(
        label=_("Excel workbook (.xlsx)"),
        help_text=_("At most 2 MB, one comment a row."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": NO_FILE, "missing": NO_FILE, "invalid": NO_FILE},
    )

    def clean_received_on(self) -> date:
        day: date = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(TO_COME)
        return day

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > COMMENTS_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(size)s."),
                params={"size": filesizeformat(COMMENTS_BYTES)},
            )
        return file
