"""Lists of pledges: one's own over the years, and the roll of a cell."""

from datetime import date
from functools import partial

from campaigns.models import PLEDGES, CampaignUnit
from campaigns.queries.pledges.beginning import not_to_begin
from campaigns.queries.written import people
from campaigns.queries.written.people import OwnDocument, RollLine
from members.policy import Actor


def own_pledges(actor: Actor, *, today: date) -> list[OwnDocument]:
    """Return one's own pledges, the latest campaign first; six queries."""
    why = partial(not_to_begin, is_keeper=False, today=today)
    return people.own_documents(PLEDGES, actor, why_closed=why)


def roll_of(unit: CampaignUnit, *, actor: Actor, today: date) -> list[RollLine]:
    """Return everybody of a cell in the order of the roll; six queries."""
    why = partial(not_to_begin, is_keeper=True, today=today)
    return people.roll_of(PLEDGES, unit, actor=actor, why_closed=why)
