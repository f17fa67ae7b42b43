"""Text as it is kept, and the form of the log-in page."""

from typing import Any

from django import forms
from django.contrib.auth import forms as auth_forms
from django.utils.translation import gettext_lazy as _

from members import names


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
