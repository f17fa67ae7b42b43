"""What units are reminded of in this app: the file with their results, sent up.

Source: docs/rules/reminders.md § 3.1.
"""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy, ngettext_lazy

from campaigns.models import CampaignUnit, Tally
from campaigns.queries.matters.base import OfStep
from campaigns.reminding import Matter as Code
from campaigns.steps import Step
from members.policy import Area
from reviews.models import UnitFile

WITH_THE_COMMITTEE = (
    UnitFile.State.SENT,
    UnitFile.State.RECEIVED,
    UnitFile.State.DECIDED,
)


class Results(OfStep):
    """The file of a unit whose people have no level yet, to be sent to who decides."""

    code = Code.RESULTS
    step = Step.PROPOSAL
    area = Area.PLEDGES
    here = gettext_lazy("The file of %(unit)s with the proposed levels is not sent.")
    above = ngettext_lazy(
        "%(unit)s: %(count)d unit has not sent its file with the proposed levels.",
        "%(unit)s: %(count)d units have not sent their files with the proposed levels.",
        "count",
    )

    def not_through(
        self, units: QuerySet[CampaignUnit]
    ) -> Iterator[tuple[int, int, int]]:
        """Yield the units that have sent none, or got it back; one query."""
        sent = UnitFile.objects.filter(
            unit=OuterRef("pk"), state__in=WITH_THE_COMMITTEE
        )
        unrated = Tally.objects.filter(
            unit=OuterRef("pk"), subject=Tally.Subject.MEMBERS, not_reviewed__gt=0
        )
        waiting = units.filter(~Exists(sent), Exists(unrated))
        for pk in waiting.order_by("pk").values_list("pk", flat=True):
            yield pk, 1, 0
