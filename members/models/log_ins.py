"""How one comes in and stays: slips, failed tries, sessions."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.fields import ByteOrderField
from members.models.accounts import Account
from members.policy import Actor


class Slip(models.Model):
    """The slip of an account that waits to be used; a newer one takes its place.

    Source: docs/rules/accounts.md § 1.
    """

    account = models.OneToOneField(Account, models.CASCADE, related_name="+")
    code_hash = ByteOrderField(max_length=64)
    printed_at = models.DateTimeField()
    printed_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+"
    )  # None: a command on the server

    class Meta:
        verbose_name = _("slip")


class FailedTry(models.Model):
    """A log-in that is being tried, or has failed, by what was typed as a name.

    Source: docs/rules/accounts.md § 2.
    """

    name_hash = ByteOrderField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["name_hash", "at"], name="failedtry_by_name"),)


class AccountSessionQuerySet(models.QuerySet["AccountSession"]):
    def visible_to(self, actor: Actor) -> Self:
        """Return one's own sessions; nobody sees another's."""
        return self.filter(account_id=actor.account_id)


class AccountSession(models.Model):
    """What Django's own row of a session does not say; it goes with that row.

    Source: docs/rules/accounts.md § 3.
    """

    session = models.OneToOneField("sessions.Session", models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    begun_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    browser = models.CharField(max_length=60, blank=True)

    objects = AccountSessionQuerySet.as_manager()
