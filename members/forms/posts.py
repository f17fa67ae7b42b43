"""Posts: given, delegated, ended."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms.fields import TOO_LONG, CleanTextField, DayField, document_field
from members.models import PartyUnit, Post
from members.policy import Role

FIELD_LENGTH = 120


class DocumentForm(forms.Form):
    """An act that needs nothing but its document."""

    document = document_field()


class DelegationForm(DocumentForm):
    """Until when somebody may act as well."""

    until = DayField(label=_("Until (included)"))

    field_order = ("until", "document")


class ChargeForm(forms.Form):
    """The units and fields in the charge of who holds a committee post."""

    units = forms.ModelMultipleChoiceField(
        PartyUnit.objects.none(),
        label=_("Units in charge"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    fields_of_work = forms.CharField(
        label=_("Fields of work in charge, one a line"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["units"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = units

    def clean_fields_of_work(self) -> list[str]:
        """Return the lines that say something, each once."""
        line = CleanTextField(required=False, max_length=FIELD_LENGTH)
        text: str = self.cleaned_data["fields_of_work"]
        lines = [line.clean(each) for each in text.splitlines()]
        return list(dict.fromkeys(filter(None, lines)))


class PostForm(DocumentForm):
    """A role, from a day, perhaps with a planned end."""

    role = forms.ChoiceField(label=_("Post"), choices=Post.RoleChoice.choices)
    title = CleanTextField(
        label=_("Title, where it differs"), required=False, max_length=255
    )
    from_on = DayField(label=_("From"))
    planned_until = DayField(
        label=_("Planned until"),
        required=False,
        help_text=_("A reminder only: the post ends by an act, not by this day."),
    )

    field_order = ("role", "title", "from_on", "planned_until", "document")

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        begins, ends = data.get("from_on"), data.get("planned_until")
        if begins and ends and ends <= begins:
            self.add_error("planned_until", _("This is not after the first day."))
        return data
