"""Every address of reviews, with every object that there is now."""

from collections.abc import Callable
from functools import cache
from random import Random

from django.urls import reverse

from reviews.urls import app_name, urlpatterns
from tests.reviews.histories.rows import Rows
from tests.reviews.histories.world import World

# A file comes in at once, not step by step; its tests are test_importing*.py.
ELSEWHERE = "imports/"
Found = Callable[[World, Rows, Random], int | None]


def _of(model: str) -> Found:
    def found(_world: World, rows: Rows, random: Random) -> int | None:
        pks = sorted(rows.state[model])
        return random.choice(pks) if pks else None

    return found


PARAMETERS: dict[str, Found] = {
    "campaign_id": lambda world, _rows, _random: world.campaign.pk,
    "unit_id": lambda world, _rows, random: random.choice(
        [world.units[code].live_unit_id for code in sorted(world.units)]
    ),
    "meeting_id": _of("Meeting"),
    "participant_id": _of("Participant"),
    "body_id": _of("CampaignBody"),
    "occasion_id": _of("ReviewOccasion"),
    "ballot_id": _of("Ballot"),
    "file_id": _of("UnitFile"),
    "level_decision_id": _of("Decision"),
    "level_request_id": _of("LevelRequest"),
    "body_proposal_id": _of("BodyProposal"),
    "body_decision_id": _of("BodyDecision"),
    "suggestion_id": _of("ReviewSuggestion"),
    "collective_suggestion_id": _of("CollectiveSuggestion"),
    "remediation_plan_id": _of("RemediationPlan"),
    "remediation_item_id": _of("RemediationItem"),
    "named_person_id": _of("NamedPerson"),
    "opinion_id": _of("Opinion"),
    "opinion_request_id": _of("OpinionRequest"),
}


@cache
def names() -> dict[str, tuple[str, ...]]:
    """Return every address by its name, with the names of what it takes."""
    return {
        pattern.name: tuple(pattern.pattern.converters)
        for pattern in urlpatterns
        if not str(pattern.pattern).startswith(ELSEWHERE)
    }


def any_address(world: World, rows: Rows, name: str, random: Random) -> str | None:
    """Return an address with objects that there are; None where there is none yet."""
    found = {each: PARAMETERS[each](world, rows, random) for each in names()[name]}
    if None in found.values():
        return None
    return reverse(f"{app_name}:{name}", kwargs=found)
