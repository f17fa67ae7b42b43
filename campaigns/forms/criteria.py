"""Forms of criteria: one criterion, the approval, the return."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import Criterion
from campaigns.services.criteria import CriterionFacts
from members.forms.decisions import VersionForm
from members.forms.fields import (
    TOO_LONG,
    CleanTextField,
    document_field,
)

FIELDS = (
    "organisation",
    "occupation",
    "text",
    "measure",
    "goal",
    "unit_of_measure",
)


class CriterionForm(forms.ModelForm):
    """For whom, what, measured how."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    class Meta:
        model = Criterion
        fields = FIELDS
        field_classes = {name: CleanTextField for name in FIELDS if name != "measure"}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "organisation": _("Such as: rural cell, school, agency. Empty: all."),
            "occupation": _("Such as: teacher, retired, farmer. Empty: all."),
        }
        error_messages = {
            "text": {"required": _("Write the criterion."), "max_length": TOO_LONG}
        }

    def __init__(self, data: Any = None, *, instance: Criterion) -> None:
        initial = {"version": instance.version}
        super().__init__(data, instance=instance, initial=initial)

    def facts(self) -> CriterionFacts:
        """Return the checked columns by name."""
        data = self.cleaned_data
        return CriterionFacts(
            organisation=data["organisation"],
            occupation=data["occupation"],
            text=data["text"],
            measure=data["measure"],
            goal=data["goal"],
            unit_of_measure=data["unit_of_measure"],
        )


class PublishForm(VersionForm):
    """By which document the criteria are approved."""

    document = document_field()


class ReturnForm(VersionForm):
    """What is to be mended."""

    remark = forms.CharField(
        label=_("What is to be completed"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Say what is to be completed."),
            "max_length": TOO_LONG,
        },
    )
