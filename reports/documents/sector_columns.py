"""The columns (3) to (28) of the statistical forms: sectors, and sums of sectors.

Source: docs/rules/documents.md § 13 [S2]. What stands in column (26) was not read.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reports.documents.terms import Terms

TOTAL = "total"
NONE = ""  # the sector of what has none


@dataclass(frozen=True, slots=True)
class SectorColumn:
    """One column: the sum of some sectors, under heads that neighbours share.

    `parts` are the keys of the columns that it sums, where all of them are shown.
    """

    key: str
    number: str
    sectors: tuple[str, ...]
    over: tuple[str, ...] = ()  # keys of `_words`, until they are put into words
    parts: tuple[str, ...] = ()
    head: str = ""


SERVICE = ("PUBLIC_SERVICE_UNIT", "NON_PUBLIC_SERVICE_UNIT")
OF_STATE = (
    "STATE_ENTERPRISE_WHOLLY_OWNED",
    "STATE_ENTERPRISE_MAJORITY",
    "STATE_ENTERPRISE_MINORITY",
)
PRIVATE = ("JOINT_STOCK_COMPANY", "LIMITED_COMPANY", "PARTNERSHIP")
FOREIGN = ("FOREIGN_INVESTED_ENTERPRISE", "FOREIGN_OWNED_ENTERPRISE")
COOPERATIVES = ("COOPERATIVE",)
BUSINESS = ("business",)

COLUMNS = (
    *(
        SectorColumn(code, number, (code,))
        for code, number in (
            ("COMMUNE", "4"),
            ("WARD", "5"),
            ("TOWNSHIP", "6"),
            ("SPECIAL_ZONE", "6"),  # in the place of the townships, which ended [R]
            ("PARTY_AND_MASS_AGENCY", "7"),
            ("STATE_AGENCY", "8"),
        )
    ),
    SectorColumn("of_service", "9", SERVICE, ("service",), SERVICE),
    SectorColumn(SERVICE[0], "10", SERVICE[:1], ("service",)),
    SectorColumn(SERVICE[1], "11", SERVICE[1:], ("service",)),
    SectorColumn("MILITARY", "12", ("MILITARY",)),
    SectorColumn("POLICE", "13", ("POLICE",)),
    SectorColumn(
        "of_business",
        "14",
        (*OF_STATE, *PRIVATE, *FOREIGN, *COOPERATIVES),
        BUSINESS,
        ("of_state", "of_private", "of_foreign", *COOPERATIVES),
    ),
    SectorColumn("of_state", "15", OF_STATE, (*BUSINESS, "state"), OF_STATE),
    *(
        SectorColumn(code, str(number), (code,), (*BUSINESS, "state"))
        for number, code in enumerate(OF_STATE, 16)
    ),
    SectorColumn("of_private", "19", PRIVATE, (*BUSINESS, "private"), PRIVATE),
    *(
        SectorColumn(code, str(number), (code,), (*BUSINESS, "private"))
        for number, code in enumerate(PRIVATE, 20)
    ),
    # The second is a part of the first, whose other part has no column.
    SectorColumn("of_foreign", "23", FOREIGN, (*BUSINESS, "foreign")),
    SectorColumn(FOREIGN[1], "24", FOREIGN[1:], (*BUSINESS, "foreign")),
    SectorColumn(COOPERATIVES[0], "25", COOPERATIVES, BUSINESS),
    SectorColumn("ABROAD", "27", ("ABROAD",)),
    SectorColumn("OTHER", "28", ("OTHER",)),
)


def columns_for(
    counted: AbstractSet[str], terms: Terms, *, on: date
) -> Iterator[SectorColumn]:
    """Yield the columns with their heads; `counted` are sectors that hold something.

    One whose sectors are not valid on the day is shown only where it holds something,
    and so is that of what has no sector.
    """
    known = terms.vocabulary.sectors
    shown = [
        column
        for column in COLUMNS
        if any(known[each].is_valid_on(on) for each in column.sectors)
        or not counted.isdisjoint(column.sectors)
    ]
    if NONE in counted:
        shown.append(SectorColumn("none", "", (NONE,)))
    words = _words(terms)
    outermost = _outermost(shown)
    sums = tuple(sector for each in outermost for sector in each.sectors)
    parts = tuple(each.key for each in outermost)
    for column in (SectorColumn(TOTAL, "3", sums, (), parts), *shown):
        yield SectorColumn(
            column.key,
            column.number,
            column.sectors,
            tuple(words[each] for each in column.over),
            column.parts,
            words.get(column.key) or terms.sector(column.sectors[0]),
        )


def _outermost(columns: Sequence[SectorColumn]) -> list[SectorColumn]:
    """Return the columns that together hold every sector once."""
    return [
        each for each in columns if len(each.over) < 2 and not _is_inner(each, columns)
    ]


def _is_inner(column: SectorColumn, columns: Sequence[SectorColumn]) -> bool:
    return any(column.key in other.parts for other in columns)


def _words(terms: Terms) -> dict[str, str]:
    """Return the heads that are no labels of sectors, shorter where they are narrow."""
    total = pgettext("table", "Total")
    sums = ("of_service", "of_business", "of_state", "of_private", "of_foreign")
    return {
        TOTAL: total,
        **dict.fromkeys(sums, total),
        "none": terms.sector(NONE),
        "service": pgettext("sector", "Service units"),
        SERVICE[0]: pgettext("sector", "Public"),
        SERVICE[1]: pgettext("sector", "Not public"),
        "business": pgettext("sector", "Enterprises and cooperatives"),
        "state": pgettext("sector", "Of the State"),
        OF_STATE[0]: pgettext("sector", "100% of capital"),
        OF_STATE[1]: pgettext("sector", "50% or more"),
        OF_STATE[2]: pgettext("sector", "Below 50%"),
        "private": pgettext("sector", "Private"),
        PRIVATE[0]: pgettext("sector", "Joint-stock"),
        PRIVATE[1]: pgettext("sector", "Limited liability"),
        PRIVATE[2]: pgettext("sector", "Partnership"),
        "foreign": pgettext("sector", "Foreign capital"),
        FOREIGN[1]: _("Of these 100%"),
    }
