"""How one comes in: log-in, slip, password."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.contrib.auth import forms as auth_forms
from django.contrib.auth import password_validation
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.forms.fields import document_field
from members.models import Account, Member
from members.services import log_ins


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
        if self.data.get("username"):
            del self.fields["username"].widget.attrs["autofocus"]
            self.fields["password"].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        if not {"username", "password"} <= self.cleaned_data.keys():
            return super().clean()  # nothing is tried
        with _one_try(self.cleaned_data["username"]):
            return super().clean()


@contextmanager
def _one_try(login: str) -> Iterator[None]:
    try:
        with log_ins.one_try(login=login, now=timezone.now()):
            yield
    except log_ins.LockedOut as refusal:
        raise forms.ValidationError(str(refusal)) from refusal


class PasswordField(forms.CharField):
    """A password as it is typed, blanks included."""

    def __init__(self, *, autocomplete: str = "new-password", **options: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
        super().__init__(strip=False, widget=widget, **options)


class NewPasswordForm(forms.Form):
    """A password that is chosen: twice the same, and no weak one."""

    password = PasswordField(
        label=_("New password"),
        help_text=_(
            "At least 12 characters; a short sentence is easy to keep in mind. "
            "Vietnamese marks are part of it."
        ),
        error_messages={"required": _("Choose a password.")},
    )
    again = PasswordField(
        label=_("New password once more"),
        error_messages={"required": _("Type the new password once more.")},
    )

    def whose(self) -> Account:
        """Return the account for which the password must not be too easy."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        password, again = cleaned.get("password"), cleaned.get("again")
        if password and again and password != again:
            self.add_error("again", _("The two passwords differ."))
        if password:
            try:
                password_validation.validate_password(password, self.whose())
            except forms.ValidationError as refusal:
                self.add_error("password", refusal)
        return cleaned


class StartForm(NewPasswordForm):
    """What stands on a slip, and the password that its holder chooses."""

    login = forms.CharField(
        label=_("Account name"),
        max_length=60,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "data-from-address": "",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": _("Enter the account name.")},
    )
    code = forms.CharField(
        label=_("Code on the slip"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "data-from-address": "",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": _("Enter the code on the slip.")},
    )
    field_order = ("login", "code", "password", "again")

    def whose(self) -> Account:
        """Return what is typed: whether there is such an account is not told."""
        return Account(login=self.cleaned_data.get("login", ""))


class PresentPasswordForm(forms.Form):
    """The password that counts, of somebody who is logged in."""

    old = PasswordField(
        label=_("Present password"),
        autocomplete="current-password",
        error_messages={"required": _("Enter the present password.")},
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_old(self) -> str:
        old: str = self.cleaned_data["old"]
        with _one_try(self.account.login):
            if not self.account.check_password(old):
                raise forms.ValidationError(_("This is not the present password."))
        return old


class PasswordChangeForm(NewPasswordForm, PresentPasswordForm):
    """The password that counts so far, and the one that is to count."""

    field_order = ("old", "password", "again")

    def whose(self) -> Account:
        return self.account


class ConfirmForm(PresentPasswordForm):
    """The password once more before an act, unless it was typed a moment ago."""

    def __init__(self, *args: Any, is_fresh: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_fresh:
            del self.fields["old"]


class UnlockForm(PresentPasswordForm):
    """The password that opens a session again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old"].label = _("Password")
        self.fields["old"].widget.attrs["autofocus"] = True


class AgainForm(UnlockForm):
    """The password before an act of weight, and where one goes without it."""

    back = forms.CharField(required=False, widget=forms.HiddenInput())


class ShuttingForm(forms.Form):
    """By which paper an account is shut or opened again, and which of both is meant."""

    document = document_field()
    act = forms.ChoiceField(
        choices=[("shut", ""), ("reopen", "")], widget=forms.HiddenInput()
    )


class CodeForm(forms.Form):
    """A code of the card or of the app."""

    code = forms.CharField(
        label=_("One-time code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "autofocus": True,
            }
        ),
        error_messages={"required": _("Enter a code.")},
    )

    def digits(self) -> str:
        """Return the code without the blanks that paper and apps write into it."""
        return "".join(filter(str.isalnum, self.cleaned_data["code"]))


class PasskeyForm(forms.Form):
    """What the browser answers for a passkey, written into the form by the script."""

    answer = forms.CharField(
        max_length=20_000,
        widget=forms.HiddenInput(),
        error_messages={"required": _("The browser gave no passkey.")},
    )


class NewPasskeyForm(PasskeyForm, ConfirmForm):
    """A passkey that is to count."""


class AppForm(CodeForm, ConfirmForm):
    """The first code that a new app shows."""

    field_order = ("code", "old")


_NOT_HERE = {
    "invalid_choice": _("Somebody chosen is no longer on this roll."),
    "invalid_pk_value": _("Somebody chosen is no longer on this roll."),
}


class SlipsForm(forms.Form):
    """The people for whom slips, or cards of codes, are printed."""

    members = forms.ModelMultipleChoiceField(
        queryset=Member.objects.none(), required=False, error_messages=_NOT_HERE
    )
    accounts = forms.ModelMultipleChoiceField(
        queryset=Account.objects.none(), required=False, error_messages=_NOT_HERE
    )
    act = forms.ChoiceField(
        choices=[("slips", "slips"), ("cards", "cards")], required=False
    )

    def __init__(
        self,
        *args: Any,
        members: QuerySet[Member],
        accounts: QuerySet[Account],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("members", members), ("accounts", accounts)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelMultipleChoiceField)
            field.queryset = rows

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not (cleaned["members"] or cleaned["accounts"]):
            raise forms.ValidationError(_("Choose at least one person."))
        return cleaned
