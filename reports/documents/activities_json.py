"""What was done in the year of a campaign as JSON; beside the figures of a roll-up.

Source: `docs/contracts.md`, "Roll-up JSON".
"""

from dataclasses import asdict
from typing import Any

from campaigns.figures import GROUPS, Activities
from campaigns.queries.year import Year

Json = dict[str, Any]


def activities_json(year: Year, recorded: Activities) -> Json:
    """Return the steps of the year, and what was recorded over it."""
    return {
        "study": {"people": asdict(year.studied), "sessions": year.sessions},
        "seminars": year.seminars,
        "plans": {"tasks": asdict(year.tasks)},
        "programmes": {"units": asdict(year.programmes), "approved": year.approved},
        "pledges": {
            "people": asdict(year.pledges),
            "units": asdict(year.cells_through),
        },
        "admissions": recorded.admitted,
        "removals": {
            "probationary": recorded.struck_off_probationary,
            "full": recorded.struck_off_full,
            "expelled": recorded.expelled_from_roll,
        },
        "discipline": {**asdict(recorded.disciplined), "expelled": recorded.expelled},
        **{code.lower(): asdict(recorded.group(code)) for code in GROUPS},
        "inspection_programme": asdict(recorded.programme),
        "commendations": asdict(recorded.commended),
    }
