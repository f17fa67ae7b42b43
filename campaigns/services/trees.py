"""A campaign's own tree: free places in it, and what follows from its shape."""

from django.db.models import Max
from django.db.models.functions import Substr

from campaigns.models import Campaign, CampaignUnit
from members.bulk import ROWS
from members.paths import SEGMENT, child_path
from members.services.units import refusing_depth
from members.vocabulary import vocabulary


def next_path(above: CampaignUnit, *, levels: int = 1) -> str:
    """Return the next free path below a unit of a campaign that is locked.

    Raises: UnitNotChangeable if the `levels` have no room there.
    """
    # By the path, not by the parent: what was closed below a unit that has gone
    # away keeps its path.
    below = CampaignUnit.objects.in_subtree_of(above).exclude(pk=above.pk)
    last = below.aggregate(
        last=Max(Substr("path", len(above.path) + 1, SEGMENT), default="0")
    )["last"]
    with refusing_depth(above.name):
        return child_path(above.path, int(last) + 1, levels=levels)


def derive(campaign: Campaign) -> None:
    """Work out the grassroots unit and the sector of the whole tree again.

    As `campaigns.contents` does for columns that are not written yet.
    Source: docs/rules/figures.md § 2.4.
    """
    kinds = vocabulary().kinds
    units = CampaignUnit.objects.filter(campaign=campaign).order_by("path")
    columns = ("pk", "parent", "kind", "sector", "grassroots", "figure_sector")
    above: dict[int | None, tuple[int, str] | None] = {None: None}
    changed = []
    for pk, parent, kind, own_sector, *known in units.values_list(*columns):
        own = kinds[kind].is_grassroots
        grassroots = above[pk] = (pk, own_sector) if own else above[parent]
        found = grassroots if grassroots else (None, own_sector)
        if tuple(known) != found:
            changed.append(
                CampaignUnit(pk=pk, grassroots_id=found[0], figure_sector=found[1])
            )
    CampaignUnit.objects.bulk_update(
        changed, ["grassroots", "figure_sector"], batch_size=ROWS
    )
