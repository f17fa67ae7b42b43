"""A tree and its people, copied by an open campaign."""

from datetime import UTC, date, datetime

from campaigns.models import Campaign, Participant, Placement
from campaigns.services import opening
from members.models import Member, PartyUnit
from tests.small_worlds import BY_COMMAND, tallies_of

MAY = date(2025, 5, 6)
IN_MAY = {**BY_COMMAND, "now": datetime(2025, 5, 6, 5, tzinfo=UTC)}
OPENED_ON = date(2024, 12, 31)
TREE = """
    P   -  PROVINCE              -        -
    H   P  SUPERIOR              -        -
    X   H  GRASSROOTS_COMMITTEE  COMMUNE  -
    X1  X  CELL                  -        -
    X2  X  CELL                  -        -
    K   P  GRASSROOTS_CELL       OTHER    -
"""


PEOPLE = {"X1": "NOT_REVIEWED NOT_REVIEWED", "X2": "NOT_REVIEWED", "K": "NOT_REVIEWED"}


def open_campaign(root: PartyUnit, code: str, year: int = 2024) -> Campaign:
    campaign = opening.create_campaign(
        code=code, name=code, year=year, root_unit=root, rule_set_code="qd124-2023"
    )
    return opening.open_campaign(campaign=campaign, **BY_COMMAND)


def campaign_of(code: str = "dot-2024") -> Campaign:
    return Campaign.objects.get(code=code)


def person(code: str) -> Member:
    return Member.objects.get(code=code)


def history(code: str) -> list[tuple]:
    """Where somebody was: unit, from, until, event; and whether they are present."""
    placements = Placement.objects.filter(participant__member__code=code).order_by("pk")
    presence = Participant.objects.filter(member__code=code)
    return [
        *placements.values_list("unit__code", "from_on", "until_on", "event"),
        *presence.values_list("presence", flat=True),
    ]


def state_of(campaign: Campaign) -> tuple:
    """All that a movement could change in a campaign."""
    placements = Placement.objects.filter(participant__campaign=campaign)
    participants = Participant.objects.filter(campaign=campaign).order_by("pk")
    return (
        list(placements.order_by("pk").values()),
        list(participants.values()),
        tallies_of(campaign),
    )
