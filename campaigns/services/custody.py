"""Who looks after the rows of units that are no more.

Source: docs/rules/lifecycle.md § 5.
"""

from collections.abc import Iterable

from campaigns.models import CampaignUnit
from members.models import PartyUnit, UnitSuccession


def custodians_of(live_unit_ids: Iterable[int]) -> dict[int, int]:
    """Return for each live unit the one that looks after its rows today.

    An open unit looks after its own; a merged one's successor does, a closed one's
    unit above, and so on until an open one. Two queries.
    """
    closed: dict[int, int | None] = dict(
        PartyUnit.objects.filter(closed_on__isnull=False).values_list("pk", "parent_id")
    )
    successors = dict(
        UnitSuccession.objects.order_by("on", "pk").values_list(
            "predecessor_id", "successor_id"
        )
    )

    def find(unit_id: int) -> int:
        while unit_id in closed:
            following = successors.get(unit_id, closed[unit_id])
            if following is None:
                break  # a closed root without a successor has nobody above
            unit_id = following
        return unit_id

    return {unit_id: find(unit_id) for unit_id in live_unit_ids}


def hand_over(closed_unit_ids: Iterable[int]) -> None:
    """Give what closed units looked after to those who do it now."""
    for unit_id, custodian_id in custodians_of(closed_unit_ids).items():
        CampaignUnit.objects.filter(custodian=unit_id).update(custodian=custodian_id)
