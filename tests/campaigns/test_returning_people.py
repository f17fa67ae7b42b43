"""Who left and comes back is counted again in a campaign whose roll is open."""

from datetime import date

import pytest

from campaigns.models import Participant, Placement
from campaigns.services import movements
from members.models import Member, Membership
from tests.campaigns.movement_worlds import (
    PEOPLE,
    TREE,
    campaign_of,
    open_campaign,
    person,
)
from tests.small_worlds import BY_COMMAND, live, recounted, tallies_of

pytestmark = pytest.mark.django_db

NUMBER = "038194012345"


def test_who_comes_back_is_placed_anew_in_the_same_row():
    world = live(TREE, PEOPLE)
    open_campaign(world["H"], "dot-2024")
    member = person("P000")
    member.personal_id = NUMBER
    member.save()
    movements.end_membership(
        member=member, on=date(2024, 12, 1), ending=Membership.Ending.LEFT, **BY_COMMAND
    )

    again = movements.admit_member(
        unit=world["X2"],
        on=date(2024, 12, 20),
        full_name=member.full_name,
        personal_id=NUMBER,
        **BY_COMMAND,
    )

    campaign = campaign_of()
    assert again == member
    assert Member.objects.filter(full_name=member.full_name, code="P000").count() == 1
    participant = Participant.objects.get(campaign=campaign, member=member)
    assert participant.presence == Participant.Presence.PRESENT
    placed = Placement.objects.open().get(participant=participant)
    assert (placed.unit.code, placed.event) == ("X2", "ADMISSION")
    assert tallies_of(campaign) == recounted(campaign)
