"""What was done for a form that was sent."""

from django.db import models

from members.fields import ByteOrderField
from members.models.accounts import Account


class FormReceipt(models.Model):
    """An act that an account's form has asked for, and the page that answered.

    Source: docs/interface.md, "A form that is sent twice".
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    digest = ByteOrderField(max_length=64)  # of the form's key and what was typed
    url = models.CharField(max_length=500, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["account", "digest"], name="formreceipt_once"
            ),
        )
