"""The fold of a province, against one SQL statement written by hand for it."""

from benchmarks.by_hand import rollup_by_hand
from benchmarks.measuring import Row, in_turns
from campaigns.models import CampaignUnit
from reports.queries import rollup_of

GOAL = 1.2


def measure(unit: CampaignUnit, *, rounds: int) -> Row:
    """Fold the unit's subtree both ways, in turns."""
    ours = rollup_of(unit, with_below=True)
    assert ours == rollup_by_hand(unit), "the two ways give different figures"
    times = in_turns(
        lambda: rollup_of(unit, with_below=True),
        lambda: rollup_by_hand(unit),
        rounds=rounds,
    )
    present = ours.unit.figures.members.present
    return Row(
        name=f"fold of {present:,} members / one SQL statement written by hand",
        ratio=times.ratio,
        goal=GOAL,
        detail=f"{times}; {len(ours.children)} children,"
        f" {len(ours.unit.ceiling):,} rows of ceilings",
    )
