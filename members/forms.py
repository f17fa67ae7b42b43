"""The form of the log-in page."""

from typing import Any

from django.contrib.auth import forms as auth_forms
from django.utils.translation import gettext_lazy as _


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
