"""Fields that several forms have, and the forms of the registry's own pages."""

from typing import Any

from django import forms
from django.contrib.auth import forms as auth_forms
from django.utils.translation import gettext_lazy as _

from members import names
from members.models import Post
from members.policy import Role

TOO_LONG = _("At most %(limit_value)s characters; these are %(show_value)s.")


class CleanTextField(forms.CharField):
    """One line of text in NFC; characters that cannot be seen are refused."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        try:
            return names.clean_text(text)
        except names.UnfitText as refusal:
            raise forms.ValidationError(
                _("The text holds a character that cannot be seen (%(name)s)."),
                params={"name": refusal.name},
            ) from refusal


class DayField(forms.DateField):
    """A whole day, written as people write it or chosen from the browser's calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y"])
        super().__init__(**kwargs)
        self.error_messages |= {
            "required": _("Enter the day."),
            "invalid": _("This is no day of the calendar: write dd/mm/yyyy."),
        }


def document_field() -> CleanTextField:
    """Return the field of a document: number and date, as one line."""
    return CleanTextField(
        label=_("By document (number, date)"),
        max_length=255,
        help_text=_("For example: Quyết định số 12-QĐ/ĐU, ngày 05/9/2026"),
        error_messages={
            "required": _("Enter number and date of the document."),
            "max_length": TOO_LONG,
        },
    )


class LoginForm(auth_forms.AuthenticationForm):
    """Account name and password, refused in sentences of this site."""

    error_messages = {
        "invalid_login": _(
            "There is no account with this name and password. Capital and small "
            "letters of the password differ."
        ),
        "inactive": _("This account can no longer be used."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].error_messages["required"] = _(
            "Enter the account name."
        )
        self.fields["password"].error_messages["required"] = _("Enter the password.")


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
