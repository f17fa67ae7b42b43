"""Why a pledge cannot be begun now, told before anybody tries.

Source: docs/rules/pledges.md § 1, docs/rules/phases.md § 3.
"""

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef
from django.db.models.functions import Left, Length
from django.utils.translation import gettext as _

from campaigns.models import CriteriaSet, Participant, Placement, PledgeSetup
from campaigns.queries.written.people import out_of_time
from campaigns.steps import Step
from members.row_security import Purpose, opened_for


def not_to_begin(
    people: Sequence[Participant], *, is_keeper: bool, today: date
) -> dict[int, str]:
    """Return for each of those who cannot begin now why, by participant; three queries.

    `is_keeper`: the reader is of the cell's committee, and is sent to the office above.
    The caller got the people through a scope.
    """
    why = out_of_time(people, step=Step.PLEDGE, is_keeper=is_keeper, today=today)
    waiting = without_criteria(
        [each.pk for each in people],
        campaigns={each.campaign_id for each in people},
    )
    for person in waiting:
        why.setdefault(person, _("The criteria of the cell are not published yet."))
    return why


@opened_for(Purpose.RETALLY)
def without_criteria(people: Sequence[int], *, campaigns: set[int]) -> set[int]:
    """Return who of the participants waits for criteria of the cell; two queries.

    The caller got the people through a scope.
    """
    at_once = PledgeSetup.objects.filter(campaign__in=campaigns, needs_criteria=False)
    free = set(at_once.values_list("campaign", flat=True))
    published = CriteriaSet.objects.published().filter(
        unit__campaign=OuterRef("unit__campaign"),
        unit__path=Left(OuterRef("unit__path"), Length("unit__path")),
    )
    placed = Placement.objects.open().filter(~Exists(published), participant__in=people)
    waiting = placed.exclude(unit__campaign__in=free)
    return set(waiting.values_list("participant", flat=True))
