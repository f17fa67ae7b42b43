"""The tree of units, its dated states, and the decisions that change it."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members import dates
from members.fields import ByteOrderField, CodeKeyField, NFCField
from members.models.scope import reachable, within
from members.paths import MAX_DEPTH, SEGMENT
from members.policy import Actor, Area

PATH_LENGTH = MAX_DEPTH * SEGMENT


class PartyUnitQuerySet(models.QuerySet["PartyUnit"]):
    def visible_to(self, actor: Actor, area: Area = Area.FIGURES) -> Self:
        """Return the units that the actor's posts reach in `area`."""
        return self.filter(reachable(actor, area))

    def editable_by(self, actor: Actor) -> Self:
        """Return the units whose fate the actor decides on: below the own, not it."""
        own = actor.subtrees(Area.UNITS)
        return self.visible_to(actor, Area.UNITS).exclude(path__in=own)

    def open(self) -> Self:
        return self.filter(closed_on__isnull=True)

    def in_subtree_of(self, unit: "PartyUnit") -> Self:
        """Return the unit itself and everything below it."""
        return self.filter(within([unit.path]))


class PartyUnit(models.Model):
    """A party organisation as it is today; `UnitState` says how it was."""

    code = NFCField(_("code"), max_length=40)
    code_key = CodeKeyField()
    name = NFCField(_("name"), max_length=255)
    kind = ByteOrderField(_("kind of party body"), max_length=40)
    sector = ByteOrderField(_("sector"), max_length=40, blank=True, default="")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+"
    )
    path = ByteOrderField(max_length=PATH_LENGTH, editable=False)
    opened_on = models.DateField(_("since"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PartyUnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        constraints = (
            models.UniqueConstraint(
                fields=["code_key"],
                name="partyunit_code_once",
                violation_error_message=_("This unit code is taken."),
            ),
            models.UniqueConstraint(fields=["path"], name="partyunit_path_once"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="partyunit_closed_after_it_opened",
            ),
        )

    def __str__(self) -> str:
        return self.name


class UnitDecisionQuerySet(models.QuerySet["UnitDecision"]):
    def visible_to(self, actor: Actor, area: Area = Area.UNITS) -> Self:
        """Return what is kept in reach, and what was carried out on a unit in reach."""
        if actor.is_system:
            return self
        named = UnitChange.objects.filter(
            reachable(actor, area, "unit__") | reachable(actor, area, "target__")
        )
        carried_out = Q(applied_at__isnull=False, pk__in=named.values("decision"))
        return self.filter(reachable(actor, area, "keeper__") | carried_out)

    def editable_by(self, actor: Actor) -> Self:
        """Return the drafts that the actor keeps: what was carried out stays as it is."""
        return self.drafts().filter(reachable(actor, Area.UNITS, "keeper__"))

    def drafts(self) -> Self:
        return self.filter(applied_at__isnull=True)


class UnitDecision(models.Model):
    """A dated decision on the tree: number, day, and the changes it makes.

    A draft until it is carried out; afterwards nothing of it changes.
    """

    number = NFCField(_("document number"), max_length=60)
    issuer = NFCField(_("issued by"), max_length=255)
    signed_on = models.DateField(_("signed on"))
    effective_on = models.DateField(_("in force from"))
    title = NFCField(_("subject"), max_length=500)
    keeper = models.ForeignKey(
        PartyUnit,
        models.PROTECT,
        verbose_name=_("kept by"),
        null=True,
        related_name="+",
    )  # whose office drafts it and carries it out; none for a command on the server
    drafted_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    applied_at = models.DateTimeField(null=True, blank=True, editable=False)
    applied_by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = UnitDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision on units")
        constraints = (
            models.UniqueConstraint(
                fields=["issuer", "number", "signed_on"], name="unitdecision_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} ({dates.display_day(self.signed_on)})"


HAS_TARGET = Q(target__isnull=False) | Q(target_change__isnull=False)


class UnitChange(models.Model):
    """One change that a decision makes, in order; replayed in campaigns on demand."""

    class Act(models.TextChoices):
        CREATE = "CREATE", _("is created")
        RENAME = "RENAME", _("is renamed")
        MOVE = "MOVE", _("moves under another unit")
        MERGE = "MERGE", _("is merged into another unit")
        DIVIDE = "DIVIDE", _("is divided: a part goes to another unit")
        CLOSE = "CLOSE", _("is closed")

    decision = models.ForeignKey(UnitDecision, models.CASCADE, related_name="changes")
    position = models.PositiveSmallIntegerField()
    act = models.CharField(max_length=10, choices=Act.choices)
    unit = models.ForeignKey(
        PartyUnit, models.PROTECT, null=True, blank=True, related_name="+"
    )  # none until a CREATE is carried out
    target = models.ForeignKey(
        PartyUnit, models.PROTECT, null=True, blank=True, related_name="+"
    )  # the new unit above, or the successor
    target_change = models.ForeignKey(
        "self", models.RESTRICT, null=True, blank=True, related_name="+"
    )  # the change of this decision that creates the target; it has none until then
    code = NFCField(max_length=40, blank=True, default="")
    name = NFCField(max_length=255, blank=True, default="")
    kind = ByteOrderField(max_length=40, blank=True, default="")
    sector = ByteOrderField(max_length=40, blank=True, default="")

    class Meta:
        ordering = ("decision", "position")
        constraints = (
            models.UniqueConstraint(
                fields=["decision", "position"], name="unitchange_position_once"
            ),
            models.CheckConstraint(
                condition=~Q(act="CREATE")
                | HAS_TARGET & ~Q(code="") & ~Q(name="") & ~Q(kind=""),
                name="unitchange_creates_a_described_unit",
            ),
            models.CheckConstraint(
                condition=Q(act="CREATE") | Q(unit__isnull=False),
                name="unitchange_names_its_unit",
            ),
            models.CheckConstraint(
                condition=~Q(act__in=["MOVE", "MERGE", "DIVIDE"]) | HAS_TARGET,
                name="unitchange_names_its_target",
            ),
        )


class UnitPart(models.Model):
    """What a division gives away: a person of the unit, or a unit directly below it."""

    change = models.ForeignKey(UnitChange, models.CASCADE, related_name="parts")
    unit = models.ForeignKey(PartyUnit, models.PROTECT, null=True, related_name="+")
    member = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["change", "unit"], name="unitpart_unit_once"
            ),
            models.UniqueConstraint(
                fields=["change", "member"], name="unitpart_member_once"
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=False, member__isnull=True)
                | Q(unit__isnull=True, member__isnull=False),
                name="unitpart_is_a_unit_or_a_member",
            ),
        )


class UnitStateQuerySet(models.QuerySet["UnitState"]):
    def on(self, day: date) -> Self:
        """Return the states in force on a day: one for each unit that existed."""
        return self.filter(
            Q(until_on__isnull=True) | Q(until_on__gt=day), from_on__lte=day
        )


class UnitState(models.Model):
    """Name, kind, sector and place of a unit between two days (half-open)."""

    unit = models.ForeignKey(PartyUnit, models.CASCADE, related_name="+")
    name = NFCField(max_length=255)
    kind = ByteOrderField(max_length=40)
    sector = ByteOrderField(max_length=40, blank=True, default="")
    parent = models.ForeignKey(
        PartyUnit, models.PROTECT, null=True, blank=True, related_name="+"
    )
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    decision = models.ForeignKey(
        UnitDecision, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = UnitStateQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(until_on__isnull=True),
                name="unitstate_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gt=F("from_on")),
                name="unitstate_ends_after_it_begins",
            ),
        )


class UnitSuccession(models.Model):
    """What became of whom: a merged or divided unit and its successor.

    `is_part`: a division gave the successor a part; it looks after no old rows of the
    unit, because they show all of it (docs/rules/lifecycle.md § 5).
    """

    predecessor = models.ForeignKey(PartyUnit, models.PROTECT, related_name="+")
    successor = models.ForeignKey(PartyUnit, models.PROTECT, related_name="+")
    decision = models.ForeignKey(UnitDecision, models.PROTECT, related_name="+")
    on = models.DateField()
    is_part = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["predecessor", "successor", "decision", "is_part"],
                name="unitsuccession_once",
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="unitsuccession_not_of_itself",
            ),
        )


class Letterhead(models.Model):
    """What stands at the head and foot of a unit's own documents."""

    unit = models.OneToOneField(PartyUnit, models.CASCADE, related_name="+")
    superior = NFCField(_("organisation above"), max_length=255, blank=True, default="")
    issuer = NFCField(_("issuing body"), max_length=255)
    place = NFCField(_("place"), max_length=120, blank=True, default="")
    symbol = NFCField(_("symbol"), max_length=20, blank=True, default="")  # "HU"
    on_behalf_of = NFCField(
        _("on behalf of (T/M)"), max_length=255, blank=True, default=""
    )
    signatory_post = NFCField(
        _("post of the signatory"), max_length=255, blank=True, default=""
    )
    recipients = models.TextField(_("recipients"), blank=True, default="")

    class Meta:
        verbose_name = _("letterhead")
