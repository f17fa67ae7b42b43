"""What somebody shows beside the password: a card of codes, an app, a passkey.

Source: docs/rules/accounts.md § 4.
"""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.fields import SealedField
from members.models.accounts import Account
from members.policy import Actor


class OwnQuerySet(models.QuerySet[models.Model]):
    """Rows of an account, which are nobody else's."""

    def visible_to(self, actor: Actor) -> Self:
        """Return one's own; nobody sees another's."""
        return self.filter(account_id=actor.account_id)


class CodeCard(models.Model):
    """A printed card of one-time codes: the one in use, and one that waits for it."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    codes = SealedField()  # those not used yet, with blanks between
    printed_at = models.DateTimeField()
    printed_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+"
    )  # None: a command on the server
    taken_at = models.DateTimeField(
        null=True
    )  # by its first code, or printed by oneself

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("card of codes")
        constraints = (
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(taken_at__isnull=False),
                name="codecard_one_in_use",
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(taken_at__isnull=True),
                name="codecard_one_waits",
            ),
        )

    @property
    def left(self) -> int:
        """How many codes are not used yet."""
        return len(self.codes.split())


class Authenticator(models.Model):
    """An app that shows a new code every thirty seconds (TOTP, RFC 6238)."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="+")
    seed = SealedField()  # base32, as the app got it
    last_step = models.BigIntegerField()  # of the last code used; none before it counts
    added_at = models.DateTimeField()

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("code app")


class Passkey(models.Model):
    """A key pair whose secret half stays in a telephone, a computer or a stick."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    credential = models.BinaryField(unique=True)
    public_key = models.BinaryField()  # with the credential, as WebAuthn attests it
    device = models.CharField(max_length=60, blank=True)
    added_at = models.DateTimeField()

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("passkey")


class OidcLink(models.Model):
    """Whom an OpenID provider knows an account as; linked by its owner alone."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="+")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField()

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to a log-in elsewhere")
        constraints = (
            models.UniqueConstraint(
                fields=["issuer", "subject"], name="oidclink_of_one_account"
            ),
        )
