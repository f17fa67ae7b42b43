"""How many collectives are rated beside the organisations, by sector.

Source: docs/rules/figures.md § 2, § 3.5: they stand in figures of their own.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q

from campaigns.models import CampaignBody, CampaignUnit
from members.vocabulary import vocabulary
from reports.figures import OrganisationCounts


def collectives_of(unit: CampaignUnit) -> Mapping[str, OrganisationCounts]:
    """Return the counts below a unit by sector, in the order of the columns.

    Without those of the unit itself, as its own level is not in its own figures. The
    sector "" comes last. One query; the caller got the unit by a scope.
    """
    rules = unit.campaign.rules
    rows = (
        CampaignBody.objects.exclude(kind=CampaignBody.Kind.ORGANISATION)
        .filter(
            unit__in=CampaignUnit.objects.in_subtree_of(unit).exclude(pk=unit.pk),
            unit__closed_on=None,
        )
        .values("unit__figure_sector")
        .annotate(
            total=Count("pk"),
            **{
                code: Count("pk", filter=Q(level=code))
                for code in rules.organisations.codes
            },
        )
        .order_by()
    )
    counted: list[dict[str, Any]] = [{**row} for row in rows]
    found = {row.pop("unit__figure_sector"): row for row in counted}
    return {
        sector: _counts(found[sector], unit)
        for sector in (*vocabulary().sectors, "")
        if sector in found
    }


def summed(
    parts: Mapping[str, OrganisationCounts], unit: CampaignUnit
) -> OrganisationCounts:
    """Return the counts of all sectors together."""
    codes = unit.campaign.rules.organisations.codes
    row = {code: sum(each.levels[code] for each in parts.values()) for code in codes}
    total = sum(each.total for each in parts.values())
    return _counts({**row, "total": total}, unit)


def _counts(row: Mapping[str, int], unit: CampaignUnit) -> OrganisationCounts:
    scheme = unit.campaign.rules.organisations
    levels = {code: row[code] for code in scheme.codes}
    return OrganisationCounts(
        total=row["total"],
        assessed=sum(levels.values()),
        levels=levels,
        groups={
            group.code: sum(levels[code] for code in group.levels)
            for group in scheme.groups
        },
    )
