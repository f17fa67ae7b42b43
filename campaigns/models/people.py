"""Who takes part in a campaign, where they were when, and their results."""

from collections.abc import Collection
from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns import contents
from campaigns.models.campaign import in_reach
from campaigns.rulesets.model import MEMBER_LEVELS
from members import names
from members.fields import ByteOrderField, NFCField, PartialDateField
from members.models import Exemplarity as ExemplarityLevel
from members.models import Gender, of_own_person, within
from members.paths import ancestry
from members.policy import Actor, Area, PostInForce
from members.row_security import Purpose, opened_for


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def visible_to(self, actor: Actor, area: Area = Area.LEVELS) -> Self:
        """Return those placed in units in reach, whom one's unit decides on, oneself."""
        if actor.is_system:
            return self
        placed = Placement.objects.open().filter(in_reach(actor, area, "unit__"))
        own = of_own_person(actor)
        decided = of_deciders(actor, area)
        return self.filter(Q(pk__in=placed.values("participant")) | own | decided)

    def read_with_reason(self, post: PostInForce) -> Self:
        """Return those below a post that reads for a stated reason, and only then."""
        below = within([post.unit_path], "unit__custodian__path")
        placed = Placement.objects.open().filter(below)
        return self.filter(pk__in=placed.values("participant"))

    def decided_at(self, post: PostInForce) -> Self:
        """Return those on whose level the unit of a post decides, or decided."""
        return self.filter(_of_decider([post.unit_id]))

    def own(self, actor: Actor) -> Self:
        """Return oneself in every campaign."""
        return self.filter(of_own_person(actor))

    def owing_pledges(self) -> Self:
        """Return those who owe a pledge (docs/rules/progress.md § 1)."""
        return self.counted().exclude(status__in=contents.OWES_NO_PLEDGE)

    def counted(self) -> Self:
        """Return those who are present: neither left nor dead."""
        return self.filter(presence=Participant.Presence.PRESENT)


def of_deciders(actor: Actor, area: Area, person: str = "") -> Q:
    """Return the filter for people on whose level a unit of the actor's posts decides.

    From when the file in which they stand is sent there until it is returned; and on
    whom it decided, however long ago. `person` is the look-up to the participant with
    its separator. Source: docs/policy.md § 1, DECIDED.
    """
    units = actor.deciding(area)
    return _of_decider(units, person) if units else Q(pk__in=[])


def _of_decider(units: Collection[int], person: str = "") -> Q:
    # What a campaign comes to is written down above it, so it is asked for by name.
    proposals = apps.get_model("reviews.Proposal").objects.before_deciders(units)
    lines = apps.get_model("reviews.DecisionLine").objects.of_deciders(units)
    decided = apps.get_model("campaigns.CampaignUnit").objects.filter(
        custodian__in=units
    )
    return (
        Q(**{f"{person}decided_by__in": decided})
        | Q(**{f"{person}pk__in": proposals.values("participant")})
        | Q(**{f"{person}pk__in": lines.values("participant")})
    )


class Participant(models.Model):
    """One person in one campaign, with the state of every step.

    Names and dates are copies: a later correction of the roll changes no report.
    A person without a decided level counts under `status`.
    """

    class Presence(models.TextChoices):
        PRESENT = "PRESENT", _("present")
        LEFT = "LEFT", _("left")
        DIED = "DIED", _("died")

    class Status(models.TextChoices):
        ASSESSED = contents.Status.ASSESSED, _("Assessed")
        EXEMPT = contents.Status.EXEMPT, _("Exempt from work and meetings")
        NOT_REVIEWED = contents.Status.NOT_REVIEWED, _("Not yet reviewed")
        SUSPENDED = contents.Status.SUSPENDED, _("Suspended from party activity")
        UNDER_SIX_MONTHS = (
            contents.Status.UNDER_SIX_MONTHS,
            _("Admitted less than six months ago"),
        )
        OTHER = contents.Status.OTHER, _("Other")

    Exemplarity = ExemplarityLevel

    class Pledge(models.TextChoices):
        NONE = "NONE", _("not begun")
        DRAFT = "DRAFT", _("being written")
        SENT = "SENT", _("sent to the cell")
        RETURNED = "RETURNED", _("returned for completion")
        CONFIRMED = "CONFIRMED", _("confirmed by the cell")

    class Review(models.TextChoices):
        NONE = "NONE", _("not begun")
        DRAFT = "DRAFT", _("being written")
        SENT = "SENT", _("sent to the cell")
        RETURNED = "RETURNED", _("returned for completion")
        CONFIRMED = "CONFIRMED", _("confirmed by the cell")
        REVIEWED = "REVIEWED", _("reviewed")

    campaign = models.ForeignKey(
        "campaigns.Campaign", models.CASCADE, related_name="+", db_index=False
    )
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="+")
    full_name = NFCField(max_length=255)
    sort_key = ByteOrderField(max_length=names.SORT_KEY_LENGTH)
    born_on = PartialDateField()
    gender = models.CharField(
        max_length=1, choices=Gender.choices, blank=True, default=""
    )
    admitted_on = PartialDateField()
    official_on = PartialDateField()
    presence = models.CharField(
        max_length=10, choices=Presence.choices, default=Presence.PRESENT
    )
    status = models.CharField(
        max_length=20, choices=Status.choices, default=Status.NOT_REVIEWED
    )
    exemplarity = models.CharField(
        max_length=10, choices=Exemplarity.choices, default=Exemplarity.MEMBER
    )
    pledge_state = models.CharField(
        max_length=10, choices=Pledge.choices, default=Pledge.NONE
    )
    # The first day on which it was confirmed; None also where nobody noted it.
    pledge_confirmed_on = models.DateField(null=True)
    review_state = models.CharField(
        max_length=10, choices=Review.choices, default=Review.NONE
    )
    proposed_level = ByteOrderField(max_length=40, blank=True, default="")
    level = ByteOrderField(max_length=40, blank=True, default="")
    reason = ByteOrderField(max_length=40, blank=True, default="")
    decided_by = models.ForeignKey(
        "campaigns.CampaignUnit",
        models.PROTECT,
        null=True,
        related_name="+",
    )
    is_imported = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["campaign", "member"], name="participant_once_per_campaign"
            ),
            # Members have these four under every rule set; others have no column.
            models.CheckConstraint(
                condition=Q(level__in=["", *MEMBER_LEVELS]),
                name="participant_level_is_one_that_members_have",
            ),
            models.CheckConstraint(
                condition=Q(status="ASSESSED") & ~Q(level="")
                | ~Q(status="ASSESSED") & Q(level=""),
                name="participant_assessed_means_a_level",
            ),
            models.CheckConstraint(
                condition=Q(level="NOT_COMPLETED") & ~Q(reason="")
                | ~Q(level="NOT_COMPLETED") & Q(reason=""),
                name="participant_reason_only_if_not_completed",
            ),
            models.CheckConstraint(
                condition=Q(level="")
                | Q(is_imported=True)
                | Q(decided_by__isnull=False),
                name="participant_level_has_a_decider_or_an_import",
            ),
        )

    def __str__(self) -> str:
        return self.full_name

    @property
    def owes_pledge(self) -> bool:
        """As `owing_pledges` asks it, of somebody who is present."""
        return self.status not in contents.OWES_NO_PLEDGE


class PlacementQuerySet(models.QuerySet["Placement"]):
    def visible_to(self, actor: Actor, area: Area = Area.LEVELS) -> Self:
        """Return the open ones in units in reach, and of whom one's unit decides on."""
        return self.open().filter(
            in_reach(actor, area, "unit__") | of_deciders(actor, area, "participant__")
        )

    def open(self) -> Self:
        return self.filter(until_on__isnull=True)


def of_own_units(actor: Actor, unit: str = "") -> Q:
    """Return the filter for rows of the units that the person belongs to, and above.

    `unit` is the look-up to the `CampaignUnit` with its separator. Asks once where the
    person is placed: one's own placement is no row that the second lock shows.
    """
    units = Q(pk__in=[])
    for campaign_id, path in _own_places(actor):
        above = ancestry(path)
        units |= Q(**{f"{unit}campaign": campaign_id, f"{unit}path__in": above})
    return units


@opened_for(Purpose.RESULTS)
def _own_places(actor: Actor) -> list[tuple[int, str]]:
    if actor.member_id is None:
        return []
    own = Placement.objects.open().filter(participant__member=actor.member_id)
    return list(own.values_list("unit__campaign", "unit__path"))


def of_own_cell(actor: Actor, unit: str = "") -> Q:
    """Return the filter for rows of just the unit where the person is placed.

    `unit` as for `of_own_units`; asks as it does.
    """
    units = Q(pk__in=[])
    for campaign_id, path in _own_places(actor):
        units |= Q(**{f"{unit}campaign": campaign_id, f"{unit}path": path})
    return units


class Placement(models.Model):
    """Where a participant was between two days; the open one counts."""

    class Event(models.TextChoices):
        OPENING = "OPENING", _("on the roll at the opening")
        ADMISSION = "ADMISSION", _("admitted")
        TRANSFER = "TRANSFER", _("transferred")
        REORGANISATION = "REORGANISATION", _("unit reorganised")
        IMPORT = "IMPORT", _("imported")
        LATE = "LATE", _("changed after the roll was fixed")

    participant = models.ForeignKey(
        Participant, models.CASCADE, related_name="+", db_index=False
    )
    unit = models.ForeignKey("campaigns.CampaignUnit", models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    event = models.CharField(max_length=20, choices=Event.choices)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["participant"], name="placement_participant"),)
        constraints = (
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(until_on__isnull=True),
                name="placement_at_most_one_open",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="placement_ends_after_it_begins",
            ),
        )


class LateChangeQuerySet(models.QuerySet["LateChange"]):
    def visible_to(self, actor: Actor, area: Area = Area.LEVELS) -> Self:
        """Return those of people in reach, and of oneself."""
        people = Participant.objects.visible_to(actor, area)
        return self.filter(participant__in=people)


class LateChange(models.Model):
    """Why the campaign counts somebody elsewhere than when its roll was fixed.

    Source: docs/rules/lifecycle.md § 3.
    """

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    source = models.ForeignKey(
        "campaigns.CampaignUnit", models.PROTECT, null=True, related_name="+"
    )  # None: the campaign did not count the person before
    target = models.ForeignKey(
        "campaigns.CampaignUnit", models.PROTECT, null=True, related_name="+"
    )  # None: the person has left, or died
    on = models.DateField()
    document = NFCField(max_length=255)
    reason = NFCField(max_length=1000)
    at = models.DateTimeField()
    by = models.ForeignKey(
        "members.Account", models.PROTECT, null=True, related_name="+"
    )

    objects = LateChangeQuerySet.as_manager()
