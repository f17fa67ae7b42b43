"""The forms of a plan: the campaign as a whole, each kind of part, what is reported."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from campaigns import rulesets
from campaigns.forms.files import AttachmentField
from campaigns.forms.naming import campaign_code_field, year_field
from campaigns.models import (
    Campaign,
    CampaignUnit,
    ContentItem,
    ForeseenBody,
    Peak,
    Phase,
    PlanDocument,
    PlanPart,
    PlanTask,
    WantedReminder,
)
from campaigns.queries import plans as queries
from members import dates
from members.forms.fields import TOO_LONG, CleanTextField, DayField
from members.models import PartyUnit

DAY = timedelta(days=1)
MOST_TEXT = 5_000
MISSING = {"required": _("Fill this in."), "max_length": TOO_LONG}


def _text(
    label: Any, *, most: int = 255, rows: int = 0, **kwargs: Any
) -> CleanTextField:
    if rows:
        kwargs["widget"] = forms.Textarea(attrs={"rows": rows})
    return CleanTextField(
        label=label, max_length=most, error_messages=MISSING, **kwargs
    )


class CampaignForm(forms.Form):
    """What the campaign is as a whole."""

    name = _text(_("Name of the campaign"))
    theme = _text(
        _("Theme"), required=False, help_text=_("For example: “Tự soi, tự sửa”")
    )
    study_topic = _text(_("Study topic"), most=500, rows=2, required=False)
    focus = _text(_("Focus of the year"), most=1000, rows=2, required=False)
    year = year_field()
    rule_set_code = forms.ChoiceField(label=_("Rules applied"))
    formats = forms.MultipleChoiceField(
        label=_("Formats"),
        choices=Campaign.Format.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    mode = forms.ChoiceField(
        label=_("Mode"),
        choices=Campaign.Mode.choices,
        widget=forms.RadioSelect,
        initial=Campaign.Mode.FULL_TEXT,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rule_sets = self.fields["rule_set_code"]
        assert isinstance(rule_sets, forms.ChoiceField)
        rule_sets.choices = rulesets.labelled(get_language() or "vi")


class CampaignMakingForm(CampaignForm):
    """The same for a new one: of which unit, and by the plan of which year."""

    code = campaign_code_field()
    root_unit = forms.ModelChoiceField(
        PartyUnit.objects.none(),
        label=_("Unit whose campaign this is"),
        empty_label=None,
    )
    copy_from = forms.ModelChoiceField(
        Campaign.objects.none(),
        label=_("Begin with the plan of"),
        required=False,
        empty_label=_("an empty plan"),
    )
    field_order = ("root_unit", "copy_from", "code", "name")

    def __init__(
        self,
        *args: Any,
        units: QuerySet[PartyUnit],
        campaigns: QuerySet[Campaign],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["root_unit"].queryset = units  # type: ignore[attr-defined]  # a choice of rows
        self.fields["copy_from"].queryset = campaigns  # type: ignore[attr-defined]  # a choice of rows


class CampaignChangeForm(CampaignForm):
    """The same for one that is there, with the version that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class _Written(forms.CharField):
    """A date known in part, shown as it is written."""

    def prepare_value(self, value: Any) -> Any:
        try:
            return dates.display_partial(dates.parse_partial(value or ""))
        except dates.NotADate:
            return value


def _field_of(column: models.Field, **kwargs: Any) -> forms.Field | None:
    """Return the field of a column, in this site's words."""
    if isinstance(column, models.DateField):
        return DayField(label=capfirst(column.verbose_name), required=not column.blank)
    if isinstance(column, models.TextField):
        return _text(capfirst(column.verbose_name), most=MOST_TEXT, rows=3)
    field = column.formfield(**kwargs)
    if field is not None:
        field.error_messages |= MISSING
    return field


class PartForm(forms.ModelForm):
    """A part of a plan, with the version that was shown; services save it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        abstract = True

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        instance: PlanPart,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        shown = {"version": instance.version, **(initial or {})}
        super().__init__(data, files, instance=instance, initial=shown)


class _SpanForm(PartForm):
    """A part from one day to another; what people write is the last day."""

    last_day = DayField(label=_("Last day"))

    def __init__(self, *args: Any, instance: Phase | Peak, **kwargs: Any) -> None:
        if instance.pk:
            kwargs["initial"] = {"last_day": instance.last_day}
        super().__init__(*args, instance=instance, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("from_on"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day is before the first."))
        if last:
            self.instance.until_on = last + DAY
        return cleaned


class PhaseForm(_SpanForm):
    class Meta:
        model = Phase
        fields = ("step", "name", "from_on")
        formfield_callback = _field_of


class PeakForm(_SpanForm):
    class Meta:
        model = Peak
        fields = ("occasion", "from_on", "expected")
        formfield_callback = _field_of

    field_order = ("occasion", "from_on", "last_day", "expected")


class DocumentForm(PartForm):
    file = AttachmentField(label=_("File"), is_removable=True)

    class Meta:
        model = PlanDocument
        fields = ("role", "title", "number", "dated_on", "issuer", "file")
        labels: ClassVar = {"title": _("Title of the document")}
        field_classes: ClassVar[Mapping[str, type[forms.Field]]] = {
            "dated_on": _Written
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "dated_on": _("dd/mm/yyyy; mm/yyyy or yyyy where no more is known."),
            "number": _("Empty for a speech or a plenum."),
        }


class ContentForm(PartForm):
    class Meta:
        model = ContentItem
        fields = ("text", "parent", "position", "documents")
        widgets: ClassVar[dict[str, Any]] = {"documents": forms.CheckboxSelectMultiple}
        formfield_callback = _field_of

    def __init__(self, *args: Any, instance: ContentItem, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        top = queries.top_items_of(instance.campaign)
        documents = queries.documents_of(instance.campaign)
        self.fields["parent"].queryset = top.exclude(pk=instance.pk)  # type: ignore[attr-defined]  # a choice of rows
        self.fields["documents"].queryset = documents  # type: ignore[attr-defined]  # a choice of rows


class TaskForm(PartForm):
    class Meta:
        model = PlanTask
        fields = ("text", "kind", "due_on", "responsible", "body")
        formfield_callback = _field_of

    def __init__(self, *args: Any, instance: PlanTask, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        above = (
            instance.unit.live_unit if instance.unit else instance.campaign.root_unit
        )
        units = queries.units_at_or_below(above)
        self.fields["responsible"].queryset = units  # type: ignore[attr-defined]  # a choice of rows

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_once = cleaned.get("kind") == PlanTask.Kind.ONCE
        if is_once and not cleaned.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", _("Enter the day by which it is to be done."))
        return cleaned


class BodyForm(PartForm):
    class Meta:
        model = ForeseenBody
        fields = ("kind", "name", "headcount")
        formfield_callback = _field_of


class ReminderForm(PartForm):
    class Meta:
        model = WantedReminder
        fields = ("matter", "days", "addressee")
        labels: ClassVar = {"days": _("Days before or after the last day")}
        help_texts: ClassVar = {
            "days": _("-3: three days before; 0: on the last day; 2: two days after.")
        }
        formfield_callback = _field_of


PARTS: dict[str, type[PartForm]] = {
    "documents": DocumentForm,
    "contents": ContentForm,
    "tasks": TaskForm,
    "bodies": BodyForm,
    "phases": PhaseForm,
    "peaks": PeakForm,
    "reminders": ReminderForm,
}
LOCAL = ("documents", "tasks", "phases")  # what a local plan may have of its own


class TaskReportForm(forms.Form):
    """Whether a task was done."""

    result = forms.ChoiceField(
        label=_("Result"), choices=PlanTask.Result.choices, required=False
    )
    note = _text(_("Note"), most=1000, rows=3, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class LongerTimeForm(forms.Form):
    """For whom, until when and why a step takes longer."""

    class Scope(models.TextChoices):
        PEOPLE = "PEOPLE", _("one person or several, by their codes")
        UNIT = "UNIT", _("one unit alone")
        SUBTREE = "SUBTREE", _("a unit and all below it")

    step = forms.ChoiceField(label=_("Step"))
    last_day = DayField(label=_("New last day"))
    scope = forms.ChoiceField(
        label=_("For"), choices=Scope.choices, widget=forms.RadioSelect
    )
    unit = forms.ModelChoiceField(
        CampaignUnit.objects.none(), label=_("Unit"), required=False
    )
    codes = forms.CharField(
        label=_("Codes of members"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or several, with blanks, commas or lines between them."),
        error_messages={"max_length": TOO_LONG},
    )
    reason = _text(_("Reason"), most=500, rows=2)

    def __init__(
        self, *args: Any, units: QuerySet[CampaignUnit], steps: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # a choice of rows
        self.fields["step"].choices = steps  # type: ignore[attr-defined]  # a choice

    def clean_codes(self) -> list[str]:
        codes: str = self.cleaned_data["codes"]
        return codes.replace(",", " ").replace(";", " ").split()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        scope = cleaned.get("scope")
        if scope == self.Scope.PEOPLE and not cleaned.get("codes"):
            self.add_error("codes", _("Enter the code of at least one person."))
        elif scope and scope != self.Scope.PEOPLE and not cleaned.get("unit"):
            self.add_error("unit", _("Choose the unit."))
        return cleaned
