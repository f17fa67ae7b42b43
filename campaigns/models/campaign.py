"""One year's round under one rule set, and its own copy of the tree of units."""

from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Left, Length, Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from campaigns import lifecycle, rulesets
from members.fields import ByteOrderField, NFCField
from members.models import within
from members.models.units import PATH_LENGTH
from members.policy import Actor, Area


def in_reach(actor: Actor, area: Area, unit: str = "") -> Q:
    """Return the filter for rows whose campaign unit the actor reaches in `area`.

    `unit` is the look-up to the `CampaignUnit` with its separator ("unit__"), empty
    for units themselves.
    Source: docs/rules/lifecycle.md § 5.
    """
    if actor.is_system:
        return Q()
    by_unit = Q(**{f"{unit}custodian__in": actor.units(area)})
    in_subtrees = within(actor.subtrees(area), f"{unit}custodian__path")
    return in_subtrees | by_unit & _is_no_part(unit)


def _is_no_part(unit: str = "") -> Q:
    """Return the filter for units that show no part of what their custodian was."""
    custodian_above = CampaignUnit.objects.filter(
        campaign=OuterRef(f"{unit}campaign"),
        live_unit=OuterRef(f"{unit}custodian"),
        path__lt=OuterRef(f"{unit}path"),
        path=Left(OuterRef(f"{unit}path"), Length("path")),
    )
    return Q(~Exists(custodian_above), **{f"{unit}custody_by_closing": False})


def _is_undivided() -> Q:
    below = CampaignUnit.objects.directly_below(OuterRef("pk"))
    return Q(~Exists(below)) & _is_no_part()


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def visible_to(self, actor: Actor, area: Area = Area.FIGURES) -> Self:
        """Return the campaigns that have a unit in the actor's reach."""
        if actor.is_system:
            return self
        units = CampaignUnit.objects.filter(campaign=OuterRef("pk"))
        return self.filter(Exists(units.filter(in_reach(actor, area))))

    def editable_by(self, actor: Actor) -> Self:
        """Return the campaigns that the actor reaches as a whole, the root included."""
        reached = within(actor.subtrees(Area.UNITS), "custodian__path")
        roots = CampaignUnit.objects.filter(campaign=OuterRef("pk"), parent=None)
        return self.filter(Exists(roots.filter(reached)))

    def coded(self, code: str) -> Self:
        """Return the campaign of this code, in upper or lower case, blanks forgiven."""
        return self.filter(code__iexact=code.strip())

    def run_by(self, actor: Actor) -> Self:
        """Return those that the actor makes and runs: of a root in reach; drafts too."""
        reached = within(actor.subtrees(Area.CAMPAIGN), "root_unit__path")
        kept = within(actor.subtrees(Area.CAMPAIGN), "custodian__path")
        roots = CampaignUnit.objects.filter(campaign=OuterRef("pk"), parent=None)
        is_draft = Q(state=lifecycle.State.DRAFT)
        return self.filter(reached & is_draft | Exists(roots.filter(kept)))

    def readable_by(self, actor: Actor, area: Area = Area.PROGRESS) -> Self:
        """Return those whose plan the actor reads: in reach, run, or taken part in."""
        if actor.is_system:
            return self
        units = CampaignUnit.objects.filter(in_reach(actor, area))
        run = Campaign.objects.run_by(actor)
        # People are written down after campaigns, so the model is asked for by name.
        own = apps.get_model("campaigns.Participant").objects.own(actor)
        return self.filter(
            Q(pk__in=units.values("campaign"))
            | Q(pk__in=own.values("campaign"))
            | Q(pk__in=run.values("pk"))
        )

    def running(self) -> Self:
        """Return those that take acts: opened, and not closed."""
        return self.filter(state__in=lifecycle.TAKES_ACTS)

    def opened(self) -> Self:
        """Return those that run, and those that are closed: all but drafts."""
        return self.filter(state__in=lifecycle.OPENED)


class Campaign(models.Model):
    """A frozen world: one root unit, its subtree, its people, one rule set."""

    class Mode(models.TextChoices):
        FULL_TEXT = "FULL_TEXT", _("Pledges and reviews are typed here")
        RESULTS_ONLY = "RESULTS_ONLY", _("Only results and figures are entered")

    class Format(models.TextChoices):
        SELF_CRITICISM = "SELF_CRITICISM", _("Self-criticism meetings")
        SEMINAR = "SEMINAR", _("Seminars and commissioned studies")
        STUDY = "STUDY", _("Study")

    class State(models.TextChoices):
        DRAFT = lifecycle.State.DRAFT, _("Being prepared")
        OPEN = lifecycle.State.OPEN, _("Open")
        ROLL_FIXED = lifecycle.State.ROLL_FIXED, _("Roll fixed")
        CLOSED = lifecycle.State.CLOSED, _("Closed")

    code = NFCField(_("code"), max_length=60)
    name = NFCField(_("name"), max_length=255)
    theme = NFCField(_("theme"), max_length=255, blank=True, default="")
    year = models.PositiveSmallIntegerField(_("year"))
    study_topic = NFCField(_("study topic"), max_length=500, blank=True, default="")
    focus = NFCField(_("focus of the year"), max_length=1000, blank=True, default="")
    formats = models.JSONField(_("formats"), default=list, blank=True)
    mode = models.CharField(
        _("mode"), max_length=20, choices=Mode.choices, default=Mode.FULL_TEXT
    )
    state = models.CharField(
        _("state"), max_length=20, choices=State.choices, default=State.DRAFT
    )
    root_unit = models.ForeignKey("members.PartyUnit", models.PROTECT, related_name="+")
    rule_set_code = ByteOrderField(_("rule set"), max_length=40)
    rule_set_resolved = models.JSONField(null=True, editable=False)
    rule_set_sha256 = ByteOrderField(max_length=64, blank=True, default="")
    opened_at = models.DateTimeField(null=True, editable=False)
    roll_fixed_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    # An imported campaign may be imported again while nothing else has written to it.
    imported_digest = ByteOrderField(max_length=64, blank=True, default="")
    only_imported = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        constraints = (
            models.UniqueConstraint(
                Lower("code"),
                name="campaign_code_once",
                violation_error_message=_("This campaign code is taken."),
            ),
            models.CheckConstraint(
                condition=Q(state="DRAFT")
                | Q(opened_at__isnull=False, rule_set_resolved__isnull=False),
                name="campaign_opens_with_its_rule_set",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["DRAFT", "OPEN"])
                | Q(roll_fixed_at__isnull=False),
                name="campaign_roll_fixed_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="CLOSED") | Q(closed_at__isnull=False),
                name="campaign_closed_at_a_moment",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @cached_property
    def rules(self) -> rulesets.RuleSet:
        """The rule set it was opened under; the file only while it is a draft."""
        if self.rule_set_resolved is None:
            return rulesets.load(self.rule_set_code)
        return rulesets.from_resolved(self.rule_set_resolved)

    @property
    def is_outside_its_rules(self) -> bool:
        """Whether the rule set is not in force at the end of the campaign's year."""
        return not self.rules.applies_in(self.year)


class CampaignUnitQuerySet(models.QuerySet["CampaignUnit"]):
    def visible_to(self, actor: Actor, area: Area = Area.FIGURES) -> Self:
        """Return the units in the actor's reach by their custodian, a live unit."""
        return self.filter(in_reach(actor, area))

    def visible_below_to(self, actor: Actor, area: Area = Area.FIGURES) -> Self:
        """Return the units in reach with all below them, and those with none below."""
        if actor.is_system:
            return self
        return self.filter(
            within(actor.subtrees(area), "custodian__path")
            | Q(custodian__in=actor.units(area)) & _is_undivided()
        )

    def undivided(self) -> Self:
        """Return the units whose report shows no part of them, nor of their custodian."""
        return self.filter(_is_undivided())

    def directly_below(self, unit: "CampaignUnit | OuterRef") -> Self:
        """Return the open units whose parent is this one."""
        return self.filter(parent=unit, closed_on=None)

    def in_subtree_of(self, unit: "CampaignUnit") -> Self:
        """Return the unit itself and everything below it in its campaign."""
        return self.filter(within([unit.path]), campaign_id=unit.campaign_id)


class CampaignUnit(models.Model):
    """A unit as the campaign froze it.

    `live_unit` is what it was copied from; `custodian` the live unit that today
    decides who may see it, moved by merge and closing; `custody_by_closing` if a
    closing had a part in that. `grassroots` is the grassroots unit at or above,
    `figure_sector` that unit's sector, else the own one.
    """

    campaign = models.ForeignKey(
        "campaigns.Campaign", models.CASCADE, related_name="+", db_index=False
    )
    live_unit = models.ForeignKey("members.PartyUnit", models.PROTECT, related_name="+")
    custodian = models.ForeignKey("members.PartyUnit", models.PROTECT, related_name="+")
    custody_by_closing = models.BooleanField(default=False)
    code = NFCField(max_length=40)
    name = NFCField(max_length=255)
    kind = ByteOrderField(max_length=40)
    sector = ByteOrderField(max_length=40, blank=True, default="")
    figure_sector = ByteOrderField(max_length=40, blank=True, default="")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    grassroots = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    path = ByteOrderField(max_length=PATH_LENGTH)
    closed_on = models.DateField(null=True)
    decision = models.ForeignKey(
        "members.UnitDecision", models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    objects = CampaignUnitQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["campaign", "path"], name="campaignunit_path_once"
            ),
            models.UniqueConstraint(
                fields=["campaign", "live_unit"], name="campaignunit_live_unit_once"
            ),
            models.UniqueConstraint(
                fields=["campaign"],
                condition=Q(parent__isnull=True),
                name="campaignunit_one_root",
            ),
        )

    def __str__(self) -> str:
        return self.name
