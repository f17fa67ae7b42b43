"""The levels of collectives as JSON; beside the figures of a roll-up.

Source: `docs/contracts.md`, "Roll-up JSON".
"""

from collections.abc import Mapping
from typing import Any

from reports.documents.rollup_json import organisations_json
from reports.figures import OrganisationCounts


def collectives_json(
    whole: OrganisationCounts, by_sector: Mapping[str, OrganisationCounts]
) -> dict[str, Any]:
    """Return the counts of all, and by sector; what has none is only in those of all."""
    named = {sector: each for sector, each in by_sector.items() if sector}
    return {
        **organisations_json(whole),
        "by_sector": {
            sector: organisations_json(each) for sector, each in named.items()
        },
    }
