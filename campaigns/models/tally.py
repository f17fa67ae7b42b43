"""Counts by unit, subject and sector, kept in the transaction of every change."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from campaigns.models.campaign import in_reach
from members.fields import ByteOrderField
from members.policy import Actor, Area

# The closed vocabulary of levels, reasons and not-assessed codes, column by column.
LEVEL_COLUMNS = {
    "EXCELLENT": "excellent",
    "GOOD": "good",
    "SATISFACTORY": "satisfactory",
    "NOT_COMPLETED": "not_completed",
    "CLEAN_STRONG_EXEMPLARY": "clean_strong_exemplary",
    "CLEAN_STRONG": "clean_strong",
    "WEAK": "weak",
}
REASON_COLUMNS = {
    "DEGRADATION": "reason_degradation",
    "UNDER_HALF_OF_TARGETS": "reason_under_half_of_targets",
    "STATE_RATING": "reason_state_rating",
    "DISCIPLINED": "reason_disciplined",
    "OTHER": "reason_other",
    "UNSTATED": "reason_unstated",
}
STATUS_COLUMNS = {
    "EXEMPT": "exempt",
    "NOT_REVIEWED": "not_reviewed",
    "SUSPENDED": "suspended",
    "UNDER_SIX_MONTHS": "under_six_months",
    "OTHER": "other_not_assessed",
}
# How far the pledges are of those who owe one (docs/rules/progress.md § 1).
PLEDGE_COLUMNS = {
    "DRAFT": "pledge_draft",
    "SENT": "pledge_sent",
    "RETURNED": "pledge_returned",
    "CONFIRMED": "pledge_confirmed",
}
# How far the self-reviews are of the same people (docs/rules/progress.md § 2).
REVIEW_COLUMNS = {
    "SENT": "review_sent",
    "CONFIRMED": "review_confirmed",
    "REVIEWED": "review_reviewed",
}
# Of the same people, who is asked to study something, and has studied all of it.
STUDY_COLUMNS = ("study_owed", "studied")
# The day on which the first of the confirmed pledges was; None: nobody noted it.
FIRST_CONFIRMED = "pledge_confirmed_from"
PROGRESS_COLUMNS = (
    *PLEDGE_COLUMNS.values(),
    *REVIEW_COLUMNS.values(),
    *STUDY_COLUMNS,
    FIRST_CONFIRMED,
)
COUNTED = (
    "present",
    *STATUS_COLUMNS.values(),
    *LEVEL_COLUMNS.values(),
    *REASON_COLUMNS.values(),
)


def _sum_of(columns: dict[str, str]) -> F:
    first, *others = columns.values()
    total = F(first)
    for column in others:
        total = total + F(column)  # type: ignore[assignment]  # a sum of columns
    return total


class TallyQuerySet(models.QuerySet["Tally"]):
    def visible_to(self, actor: Actor, area: Area = Area.FIGURES) -> Self:
        """Return the tallies of the units in reach."""
        return self.filter(in_reach(actor, area, "unit__"))


class Tally(models.Model):
    """How many, at one unit.

    People count at the unit where they are placed; organisations and collectives at
    the unit above what is rated, so that a path range holds a unit's figures without
    the unit itself. `sector` is that of the grassroots unit at or above what is
    counted. Written by `campaigns.services.tallies` alone.
    """

    class Subject(models.TextChoices):
        MEMBERS = "MEMBERS"
        CADRES = "CADRES"
        CELLS = "CELLS"
        GRASSROOTS = "GRASSROOTS"
        COLLECTIVES = "COLLECTIVES"

    unit = models.ForeignKey(
        "campaigns.CampaignUnit", models.CASCADE, related_name="+", db_index=False
    )
    subject = models.CharField(max_length=12, choices=Subject.choices)
    sector = ByteOrderField(max_length=40, blank=True, default="")
    present = models.PositiveIntegerField(default=0)
    exempt = models.PositiveIntegerField(default=0)
    not_reviewed = models.PositiveIntegerField(default=0)
    suspended = models.PositiveIntegerField(default=0)
    under_six_months = models.PositiveIntegerField(default=0)
    other_not_assessed = models.PositiveIntegerField(default=0)
    excellent = models.PositiveIntegerField(default=0)
    good = models.PositiveIntegerField(default=0)
    satisfactory = models.PositiveIntegerField(default=0)
    not_completed = models.PositiveIntegerField(default=0)
    clean_strong_exemplary = models.PositiveIntegerField(default=0)
    clean_strong = models.PositiveIntegerField(default=0)
    weak = models.PositiveIntegerField(default=0)
    reason_degradation = models.PositiveIntegerField(default=0)
    reason_under_half_of_targets = models.PositiveIntegerField(default=0)
    reason_state_rating = models.PositiveIntegerField(default=0)
    reason_disciplined = models.PositiveIntegerField(default=0)
    reason_other = models.PositiveIntegerField(default=0)
    reason_unstated = models.PositiveIntegerField(default=0)
    pledge_draft = models.PositiveIntegerField(default=0)
    pledge_sent = models.PositiveIntegerField(default=0)
    pledge_returned = models.PositiveIntegerField(default=0)
    pledge_confirmed = models.PositiveIntegerField(default=0)
    pledge_confirmed_from = models.DateField(null=True)
    review_sent = models.PositiveIntegerField(default=0)
    review_confirmed = models.PositiveIntegerField(default=0)
    review_reviewed = models.PositiveIntegerField(default=0)
    study_owed = models.PositiveIntegerField(default=0)
    studied = models.PositiveIntegerField(default=0)

    objects = TallyQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["unit", "subject", "sector"], name="tally_once"
            ),
            models.CheckConstraint(
                condition=Q(present=_sum_of({**STATUS_COLUMNS, **LEVEL_COLUMNS})),
                name="tally_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(
                    subject__in=["CADRES", "CELLS", "GRASSROOTS", "COLLECTIVES"]
                )
                | Q(not_completed=_sum_of(REASON_COLUMNS)),
                name="tally_reasons_add_up",
            ),
            models.CheckConstraint(
                condition=Q(
                    present__gte=F("exempt") + F("suspended") + _sum_of(PLEDGE_COLUMNS)
                ),
                name="tally_pledges_are_of_those_who_owe_one",
            ),
            models.CheckConstraint(
                condition=Q(
                    present__gte=F("exempt") + F("suspended") + _sum_of(REVIEW_COLUMNS)
                ),
                name="tally_self_reviews_are_of_those_who_owe_one",
            ),
            models.CheckConstraint(
                condition=Q(study_owed__gte=F("studied"))
                & Q(present__gte=F("exempt") + F("suspended") + F("study_owed")),
                name="tally_studied_are_of_those_who_are_called",
            ),
        )
