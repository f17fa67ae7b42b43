"""When each step of a campaign is taken: its own phases, and those of units below."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.parts import PlanPart
from campaigns.steps import Lasting, Step
from members.fields import NFCField

# The names of steps, in the order of the year.
STEPS = [
    (Step.STUDY, _("Study")),
    (Step.PROGRAMME, _("Action programmes of the units")),
    (Step.CRITERIA, _("Criteria for the pledges")),
    (Step.PLEDGE, _("Writing pledges")),
    (Step.CHECK, _("Checking pledges")),
    (Step.SELF_REVIEW, _("Writing self-reviews")),
    (Step.REVIEW_MEETING, _("Review meetings")),
    (Step.PROPOSAL, _("Ballots and proposals")),
    (Step.DECISION, _("Verification and decision")),
    (Step.REMEDIATION, _("Remedying shortcomings")),
]


class Phase(Lasting, PlanPart):
    """The days in which a step is taken: from one day until before another.

    Without a unit it is the campaign's; with one it is of that unit's local plan, and
    lies within the campaign's phase of the same step.
    Source: docs/rules/phases.md.
    """

    step = models.CharField(_("step"), max_length=20, choices=STEPS)
    name = NFCField(_("name"), max_length=255, blank=True, default="")
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))  # the first day after it

    class Meta:
        verbose_name = _("phase")
        constraints = (
            models.UniqueConstraint(
                fields=["campaign", "step"],
                condition=Q(unit__isnull=True),
                name="phase_once_per_step_of_a_campaign",
                violation_error_message=_("This step has its phase already."),
            ),
            models.UniqueConstraint(
                fields=["unit", "step"],
                condition=Q(unit__isnull=False),
                name="phase_once_per_step_of_a_unit",
                violation_error_message=_("This step has its phase already."),
            ),
            models.CheckConstraint(
                condition=Q(until_on__gt=F("from_on")),
                name="phase_ends_after_it_begins",
                violation_error_message=_("The last day is before the first."),
            ),
        )

    def __str__(self) -> str:
        return self.name or str(self.get_step_display())
