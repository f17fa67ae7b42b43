"""Terms of a unit between two congresses, and the documents numbered in them."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members.fields import NFCField
from members.models.scope import reachable
from members.models.units import PartyUnit
from members.policy import Actor, Area


class UnitTermQuerySet(models.QuerySet["UnitTerm"]):
    def visible_to(self, actor: Actor, area: Area = Area.FIGURES) -> Self:
        """Return the terms of the units in reach."""
        return self.filter(reachable(actor, area, "unit__"))

    def editable_by(self, actor: Actor) -> Self:
        """Return the terms of the units whose posts the actor records."""
        return self.filter(reachable(actor, Area.POSTS, "unit__"))

    def on(self, day: date) -> Self:
        """Return the terms that run on a day: of each unit one at most."""
        return self.filter(
            Q(until_on__isnull=True) | Q(until_on__gt=day), from_on__lte=day
        )


class UnitTerm(models.Model):
    """From one congress to the next (half-open); the last one may have no end yet."""

    unit = models.ForeignKey(PartyUnit, models.PROTECT, related_name="+")
    ordinal = models.PositiveSmallIntegerField(_("which congress"))
    name = NFCField(_("name of the term"), max_length=60)  # "nhiệm kỳ 2020–2025"
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    document = NFCField(_("document"), max_length=255)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = UnitTermQuerySet.as_manager()

    class Meta:
        verbose_name = _("congress term")
        constraints = (
            models.UniqueConstraint(
                fields=["unit", "ordinal"], name="unitterm_ordinal_once"
            ),
            models.UniqueConstraint(
                fields=["unit", "from_on"], name="unitterm_begins_once"
            ),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(until_on__isnull=True),
                name="unitterm_one_without_end",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
                name="unitterm_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(ordinal__gte=1), name="unitterm_ordinal_from_one"
            ),
        )

    def __str__(self) -> str:
        return self.name


class DocumentNumberQuerySet(models.QuerySet["DocumentNumber"]):
    def visible_to(self, actor: Actor, area: Area = Area.POSTS) -> Self:
        """Return the numbers of the units whose office the actor keeps."""
        return self.filter(reachable(actor, area, "term__unit__"))


class DocumentNumber(models.Model):
    """A number that was given to a document: by kind, counted anew with each term.

    What was given stays given: a number is no other document's.
    """

    term = models.ForeignKey(UnitTerm, models.PROTECT, related_name="+")
    kind = NFCField(_("kind of document"), max_length=10)
    number = models.PositiveIntegerField(_("number"))
    symbol = NFCField(max_length=30)  # "BC/ĐU", as it was that day
    signed_on = models.DateField(_("signed on"))
    subject = NFCField(_("subject"), max_length=255)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )

    objects = DocumentNumberQuerySet.as_manager()

    class Meta:
        verbose_name = _("document number")
        constraints = (
            models.UniqueConstraint(
                fields=["term", "kind", "number"], name="documentnumber_once_in_a_term"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="documentnumber_from_one"
            ),
        )

    def __str__(self) -> str:
        """Return number and symbol as they are printed: "05-BC/ĐU"."""
        return f"{self.number:02}-{self.symbol}"
