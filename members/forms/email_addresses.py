"""One's own e-mail address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import Account


class EmailForm(forms.ModelForm):
    """Where reminders come, in which language; empty: nowhere."""

    class Meta:
        model = Account
        fields = ("email", "email_language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email = self.fields["email"]
        email.label = _("E-mail address")
        email.help_text = _("Optional. Leave it empty to get no e-mails.")
        email.widget.attrs.update(autocomplete="email", inputmode="email")
        email.error_messages["invalid"] = _(
            "This is no e-mail address; one looks like ten@example.vn."
        )


class EmailConfirmForm(forms.Form):
    """The proof that came by e-mail."""

    proof = forms.CharField(max_length=1000, widget=forms.HiddenInput())
