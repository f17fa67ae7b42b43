"""Who is rated, and which unit decides on it.

Source: docs/rules/decisions.md § 1.
"""

from django.utils.translation import gettext as _

from campaigns.models import Campaign, CampaignUnit, Participant
from reviews.models import UnitFile

State = UnitFile.State
Review = Participant.Review
REVIEWED = (Review.CONFIRMED, Review.REVIEWED)
OPEN = (State.DRAFT, State.SENT, State.RECEIVED)


def decider_of(unit: CampaignUnit) -> CampaignUnit:
    """Return the unit that decides on the levels of a unit's people.

    The rule set says which: the own one, the grassroots unit at or above, or the one
    directly above; the outermost unit of the campaign where that lies outside.
    Source: docs/rules/decisions.md § 1.2.
    """
    found = {
        "CELL": unit,
        "GRASSROOTS": unit.grassroots,
        "SUPERIOR": unit.parent,
    }[unit.campaign.rules.procedure.deciding_unit("members")]
    return found or unit.parent or unit


def why_not_rated(participant: Participant, campaign: Campaign) -> str:
    """Return why no level can be proposed for somebody, or nothing.

    Source: docs/rules/decisions.md § 1.3.
    """
    status = Participant.Status(participant.status)
    if status == Participant.Status.ASSESSED:
        return _("Decided already.")
    if status != Participant.Status.NOT_REVIEWED:
        return str(status.label)
    is_typed = campaign.mode == Campaign.Mode.FULL_TEXT
    if is_typed and participant.review_state not in REVIEWED:
        return _("Not reviewed: the self-review is not confirmed.")
    return ""
