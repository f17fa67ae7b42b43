"""What a unit does by a step of the year: its programme, its criteria.

Source: docs/rules/reminders.md § 3.1.
"""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Left, Length
from django.utils.translation import gettext_lazy, ngettext_lazy

from campaigns.models import (
    CampaignUnit,
    CriteriaSet,
    PledgeSetup,
    Programme,
    Tally,
)
from campaigns.queries.matters.base import OfStep
from campaigns.reminding import Matter as Code
from campaigns.steps import Step


class Programmes(OfStep):
    """The action programme, adopted by each unit that stands open."""

    code = Code.PROGRAMME
    step = Step.PROGRAMME
    here = gettext_lazy("The action programme of %(unit)s is not adopted.")
    above = ngettext_lazy(
        "%(unit)s: %(count)d unit has not adopted its action programme.",
        "%(unit)s: %(count)d units have not adopted their action programmes.",
        "count",
    )

    def not_through(
        self, units: QuerySet[CampaignUnit]
    ) -> Iterator[tuple[int, int, int]]:
        """Yield the units that have adopted none; one query."""
        adopted = Programme.objects.filter(unit=OuterRef("pk")).exclude(
            state=Programme.State.DRAFT
        )
        open_units = units.filter(~Exists(adopted), closed_on=None)
        for pk in open_units.order_by("pk").values_list("pk", flat=True):
            yield pk, 1, 0


class Criteria(OfStep):
    """The criteria of the pledges, where the campaign asks for them first.

    A unit in which people are placed is through once it has sent its own, or those of
    a unit above are published. Source: docs/rules/pledges.md § 2.
    """

    code = Code.CRITERIA
    step = Step.CRITERIA
    here = gettext_lazy("The criteria of %(unit)s are not sent to the level above.")
    above = ngettext_lazy(
        "%(unit)s: %(count)d unit has not sent its criteria.",
        "%(unit)s: %(count)d units have not sent their criteria.",
        "count",
    )

    def not_through(
        self, units: QuerySet[CampaignUnit]
    ) -> Iterator[tuple[int, int, int]]:
        """Yield the units without criteria; one query."""
        at_once = PledgeSetup.objects.filter(
            campaign=OuterRef("campaign"), needs_criteria=False
        )
        sent = CriteriaSet.objects.filter(
            unit=OuterRef("pk"), state=CriteriaSet.State.SENT
        )
        published = CriteriaSet.objects.published().filter(
            unit__campaign=OuterRef("campaign"),
            unit__path=Left(OuterRef("path"), Length("unit__path")),
        )
        placed = Tally.objects.filter(
            unit=OuterRef("pk"), subject=Tally.Subject.MEMBERS, present__gt=0
        )
        waiting = units.filter(
            ~Exists(at_once), ~Exists(sent), ~Exists(published), Exists(placed)
        )
        for pk in waiting.order_by("pk").values_list("pk", flat=True):
            yield pk, 1, 0
