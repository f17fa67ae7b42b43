"""Log-in accounts. What an account may see comes from posts, never from here."""

import unicodedata
from typing import Any, ClassVar, Self

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Value
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from members.fields import NFCField, PasswordField
from members.policy import Actor


class AccountQuerySet(models.QuerySet["Account"]):
    def visible_to(self, actor: Actor) -> Self:
        """Return one's own account; nobody reads another's."""
        if actor.is_system:
            return self
        return self.filter(pk=actor.account_id)

    def mailed(self) -> Self:
        """Return those that get e-mails: confirmed by their owner, who may log in."""
        confirmed = self.exclude(email="").filter(email_confirmed_at__isnull=False)
        return confirmed.filter(is_active=True)

    def with_password(self) -> Self:
        """Return those that can be logged in to by a password."""
        return self.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)


class AccountManager(BaseUserManager.from_queryset(AccountQuerySet)):  # type: ignore[misc]  # a base made at run time
    def create_user(self, login: str, password: str, **columns: Any) -> "Account":
        account: Account = self.model(login=login, **columns)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, login: str | None) -> "Account":
        """Return the account of a login name, however its letters are cased."""
        typed = Lower(Value(login, output_field=NFCField()))
        account: Account = self.alias(folded=Lower("login")).get(folded=typed)
        return account


class Account(AbstractBaseUser):
    """Somebody who can log in; usually, but not always, a member."""

    password = PasswordField(_("password"), max_length=128)
    login = NFCField(_("login name"), max_length=60, unique=True)
    display_name = NFCField(_("name shown"), max_length=255)
    # Entered by its owner alone; counts once its owner has confirmed it.
    email = models.EmailField(_("e-mail"), blank=True)
    email_confirmed_at = models.DateTimeField(null=True, editable=False)
    email_language = models.CharField(
        _("language of e-mails"),
        max_length=2,
        choices=[("vi", "Tiếng Việt"), ("en", "English")],
        default="vi",
    )
    member = models.OneToOneField(
        "members.Member", models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_active = models.BooleanField(_("can log in"), default=True)
    # Of an account that is shut: since when, by whom (nobody: by the server), why.
    shut_at = models.DateTimeField(null=True, editable=False)
    shut_by = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="+"
    )
    shut_document = NFCField(max_length=255, blank=True, default="", editable=False)
    is_technical = models.BooleanField(
        _("technical administrator"),
        default=False,
        help_text=_("Runs the machine; sees no record of anybody."),
    )
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        verbose_name = _("account")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(email="")
                | models.Q(email_confirmed_at__isnull=True),
                name="account_confirms_an_address",
            ),
            models.UniqueConstraint(
                Lower("login"),
                name="account_login_once",
                violation_error_message=_("This login name is taken."),
            ),
        )

    def __str__(self) -> str:
        return self.display_name

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(raw_password and _as_typed(raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        return super().check_password(raw_password and _as_typed(raw_password))


def _as_typed(password: str) -> str:
    """Vietnamese keyboards write "ậ" as one, two or three characters: all are one."""
    return unicodedata.normalize("NFC", password)
