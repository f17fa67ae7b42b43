"""Who looks after the rows of units that are no more.

Source: docs/rules/lifecycle.md § 5.
"""

from collections.abc import Iterable
from typing import NamedTuple

from campaigns.models import CampaignUnit
from members.models import PartyUnit, UnitSuccession


class Custody(NamedTuple):
    """The live unit that looks after the rows of another, and how it came to."""

    custodian_id: int
    by_closing: bool  # of any unit on the way


def custodies_of(live_unit_ids: Iterable[int]) -> dict[int, Custody]:
    """Return for each live unit the one that looks after its rows today.

    An open unit looks after its own; a merged one's successor does, a closed one's
    unit above, and so on until an open one. Who received a part of a divided unit is no
    successor here. Two queries.
    """
    closed: dict[int, int | None] = dict(
        PartyUnit.objects.filter(closed_on__isnull=False).values_list("pk", "parent_id")
    )
    successors = dict(
        UnitSuccession.objects.filter(is_part=False)
        .order_by("on", "pk")
        .values_list("predecessor_id", "successor_id")
    )

    def find(unit_id: int) -> Custody:
        by_closing = False
        while unit_id in closed:
            following = successors.get(unit_id, closed[unit_id])
            if following is None:
                break  # a closed root without a successor has nobody above
            by_closing |= unit_id not in successors
            unit_id = following
        return Custody(unit_id, by_closing)

    return {unit_id: find(unit_id) for unit_id in live_unit_ids}


def hand_over(closed_unit_ids: Iterable[int]) -> None:
    """Give what closed units looked after to those who do it now."""
    for unit_id, found in custodies_of(closed_unit_ids).items():
        rows = CampaignUnit.objects.filter(custodian=unit_id)
        if found.by_closing:
            rows.update(custody_by_closing=True)
        rows.update(custodian=found.custodian_id)
