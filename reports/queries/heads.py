"""What a report on a unit says about itself."""

from django.utils.translation import gettext as _

from campaigns.models import CampaignUnit
from members.models import Letterhead, PartyUnit
from reports.documents.head import DocumentHead, Previous, Signatory
from reports.queries.fold import rollup_of


def head_of(unit: CampaignUnit, *, language: str) -> DocumentHead:
    """Return what a draft report on the unit says about itself.

    The letterhead is the live unit's; where it has none, names stand in. Two
    queries, and those of the campaign before where there is one.
    """
    live = unit.live_unit
    letterhead = Letterhead.objects.filter(unit=live).first() or Letterhead(
        issuer=unit.name, superior=_name_above(live)
    )
    campaign = unit.campaign
    return DocumentHead(
        language=language,
        superior=letterhead.superior,
        issuer=letterhead.issuer,
        symbol="/".join(filter(None, ("BC", letterhead.symbol))),
        number=None,
        place=letterhead.place,
        issued_on=None,
        abstract=_("results of the %(wording)s of %(year)s")
        % {"wording": campaign.rules.wording.text(language), "year": campaign.year},
        campaign=campaign.name,
        year=campaign.year,
        theme=campaign.theme,
        signatories=(
            Signatory(
                on_behalf_of=letterhead.on_behalf_of,
                post=letterhead.signatory_post,
            ),
        ),
        recipients=tuple(filter(None, letterhead.recipients.splitlines())),
        previous=_previous(unit),
    )


def _name_above(unit: PartyUnit) -> str:
    return unit.parent.name if unit.parent else ""


def _previous(unit: CampaignUnit) -> Previous | None:
    """Return the unit's figures in the last campaign of an earlier year."""
    before = (
        CampaignUnit.objects.filter(
            live_unit=unit.live_unit_id,
            campaign__year__lt=unit.campaign.year,
            campaign__roll_fixed_at__isnull=False,
        )
        .select_related("campaign")
        .order_by("-campaign__year", "-campaign")
        .first()
    )
    if before is None:
        return None
    return Previous(year=before.campaign.year, rollup=rollup_of(before))
