"""What a pledge and a programme promise, one thing at a time."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.fields import NFCField


class MeasuredItem(models.Model):
    """What is to be done, how one sees that it is, by when, and what shows it.

    `goal` is the target as it is written: a number, a day, "yes", a text.
    """

    class Measure(models.TextChoices):
        NUMBER = "NUMBER", _("by a number")
        YES_NO = "YES_NO", _("by yes or no")
        DATE = "DATE", _("by a day")
        TEXT = "TEXT", _("by words")

    class Result(models.TextChoices):
        NONE = "", _("no result yet")
        DONE = "DONE", _("done")
        PARTLY = "PARTLY", _("done in part")
        NOT_DONE = "NOT_DONE", _("not done")

    position = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(_("what is to be done"))
    measure = models.CharField(
        _("measured"), max_length=10, choices=Measure.choices, default=Measure.TEXT
    )
    goal = NFCField(_("target"), max_length=500)
    unit_of_measure = NFCField(
        _("unit of measure"), max_length=60, blank=True, default=""
    )
    due_on = models.DateField(_("by"), null=True, blank=True)
    evidence = NFCField(_("evidence"), max_length=500, blank=True, default="")
    result = models.CharField(
        _("result"), max_length=10, choices=Result.choices, blank=True, default=""
    )
    result_note = models.TextField(_("note on the result"), blank=True, default="")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=~Q(goal=""), name="%(class)s_has_a_target"
            ),
        )

    def __str__(self) -> str:
        return self.text
