"""Acts are taken while a campaign runs: from its opening until it is closed.

Source: docs/rules/lifecycle.md § 2, § 7.
"""

from django.utils.translation import gettext as _

from campaigns.lifecycle import OPENED, TAKES_ACTS, State
from campaigns.models import Campaign


def demand_running(campaign: Campaign, refusal: type[Exception]) -> None:
    """Let pass while the campaign runs.

    Raises: `refusal`, with `state_refused` as its text.
    """
    if State(campaign.state) not in TAKES_ACTS:
        raise refusal(state_refused(campaign))


def demand_opened(campaign: Campaign, refusal: type[Exception]) -> None:
    """Let pass what goes on after the closing: a level that is looked at again.

    Raises: `refusal`, with `state_refused` as its text.
    Source: docs/rules/lifecycle.md § 7.3.
    """
    if State(campaign.state) not in OPENED:
        raise refusal(state_refused(campaign))


def state_refused(campaign: Campaign) -> str:
    """Return why the campaign takes no such act as it stands, for whoever tried."""
    return _("“%(name)s” is in the state “%(state)s” and does not take this act.") % {
        "name": campaign.name,
        "state": campaign.get_state_display(),
    }
