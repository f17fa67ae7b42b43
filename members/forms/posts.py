"""Posts: given, delegated, ended."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.forms.fields import CleanTextField, DayField, document_field
from members.models import Post
from members.policy import Role


class DocumentForm(forms.Form):
    """An act that needs nothing but its document."""

    document = document_field()


class DelegationForm(DocumentForm):
    """Until when somebody may act as well."""

    until = DayField(label=_("Until (included)"))

    field_order = ("until", "document")


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
