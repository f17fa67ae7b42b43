"""The pages of pledges, as the shared steps of writing know them."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.models import PLEDGES, CampaignUnit
from campaigns.views.written.pages import Pages, Words

PAGES = Pages(
    kind=PLEDGES,
    names="pledges:pledge",
    save="pledges:draft_save",
    own="pledges:pledge_own",
    listed="pledges:unit_pledges",
    printed="pledge_print",
    templates="pledges",
    words=Words(
        name=_("Pledge"),
        of=_("Pledge of %s"),
        of_unit=_("Pledges of %s"),
        begin=_("Begin the pledge"),
        sent=_("The pledge is sent to the cell."),
        changed=_("The pledge was changed meanwhile: read it over again."),
        confirm=_("Confirm the pledge of %s"),
        confirmed=_("The pledge of %s is confirmed."),
        confirm_lead=_(
            "The cell confirms it; from now on it is checked at the meetings, and "
            "nothing of it can be changed."
        ),
        give_back=_("Return the pledge of %s for completion"),
        open=_("Open the pledge"),
        my=_("My pledge"),
        to_print=_("Print (PDF)"),
        typed_from=_("The cell typed this pledge from the paper signed on %s."),
    ),
)


def address_of(unit: CampaignUnit, name: str) -> str:
    """Return the address of a page of a unit."""
    return reverse(f"pledges:{name}", args=[unit.campaign_id, unit.live_unit_id])
