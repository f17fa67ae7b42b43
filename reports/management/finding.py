"""Units of campaigns, found by what a command line names."""

from django.core.management.base import CommandError
from django.db.models import Q
from django.utils.translation import gettext as _

from campaigns.models import Campaign, CampaignUnit
from members.policy import SYSTEM


def find_unit(campaign: str, unit: str | None) -> CampaignUnit:
    """Return the campaign's unit of this code, the root without one.

    Raises: CommandError.
    """
    every = CampaignUnit.objects.visible_to(SYSTEM)
    units = every.filter(campaign__in=Campaign.objects.coded(campaign))
    wanted = units.filter(
        Q(live_unit__code_key=unit) if unit is not None else Q(parent=None)
    )
    found = wanted.select_related("campaign", "live_unit__parent").first()
    if found is None and not units.exists():
        raise CommandError(_("There is no campaign with the code %s.") % campaign)
    if found is None:
        raise CommandError(
            _("The campaign %(campaign)s has no unit with the code “%(unit)s”.")
            % {"campaign": campaign, "unit": unit}
        )
    return found
