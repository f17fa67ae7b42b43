"""Units and people to choose from, found by what somebody types."""

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from members import dates
from members.models import Member, Membership, PartyUnit
from members.models.people import MemberQuerySet
from members.names import fold
from members.queries.pages import number_in
from members.vocabulary import vocabulary

MOST_PEOPLE = 100
MOST_CHOICES = 20


def units_named(units: QuerySet[Any], text: str) -> list[tuple[int, str, str]]:
    """Return number, name, and unit above with code, of units to choose from.

    Their code, name and unit above have words that begin as those of the text; the
    likelier come first: the text as it stands in the name, then its words there. Case
    and accents are forgiven. One more than `MOST_CHOICES` says that there are more.
    One query over all of them, in their order.
    """
    phrase = " ".join(fold(text).split())
    if not phrase:
        return []
    found = [
        (_distance(phrase, name, f"{code} {above or ''}"), pk, name, code, above)
        for pk, code, name, above in units.values_list(
            "pk", "code", "name", "parent__name"
        )
    ]
    near = sorted((each for each in found if each[0] is not None), key=itemgetter(0))
    return [
        (pk, name, f"{above or ''} ({code})".strip())
        for _far, pk, name, code, above in near[: MOST_CHOICES + 1]
    ]


def _distance(phrase: str, name: str, beside: str) -> int | None:
    """Return how far a name is from what was typed; None where words are missing."""
    words, own = phrase.split(), fold(name).split()
    both = [*own, *fold(beside).split()]
    if f" {phrase} " in f" {' '.join(own)} ":
        return 0
    if set(words) <= set(own):
        return 1
    if _all_begin(words, own):
        return 2
    if set(words) <= set(both):
        return 3
    return 4 if _all_begin(words, both) else None


def _all_begin(words: Sequence[str], parts: Sequence[str]) -> bool:
    return all(any(part.startswith(word) for part in parts) for word in words)


def people_choices(
    members: MemberQuerySet, unit: PartyUnit, text: str
) -> list[tuple[int, str, str]]:
    """Return number, name, and birth and cell, of people to choose from; one query.

    Without a name those of the unit itself, which only a cell has.
    """
    belongs = Membership.objects.current().official()
    at_unit = belongs.filter(unit=unit).values("member")
    found = members.named(text) if text else members.filter(pk__in=at_unit)
    cell = belongs.filter(member=OuterRef("pk")).values("unit__name")
    rows = found.in_name_order().annotate(cell=Subquery(cell[:1]))
    return [
        (pk, name, ", ".join(filter(None, (dates.display_partial(born_on), where))))
        for pk, name, born_on, where in rows.values_list(
            "pk", "full_name", "born_on", "cell"
        )[:MOST_PEOPLE]
    ]


def unit_choices(units: QuerySet[Any], text: str) -> list[tuple[int | str, str, str]]:
    """Return units, live or of a campaign, to choose from; without a text the first."""
    ordered = units.order_by("path")
    if text.strip():
        return [*units_named(ordered, text)]
    rows = ordered.values_list("pk", "name", "parent__name", "code")[: MOST_CHOICES + 1]
    return [
        (pk, name, f"{above or ''} ({code})".strip()) for pk, name, above, code in rows
    ]


def cell_choices(text: str, *, member: Member) -> list[tuple[int, str, str]]:
    """Return number, name, and unit above with code, of open cells to choose from.

    The member's own is none of them: nobody is sent to where they are.
    Whoever sends somebody has to find the other cell, wherever it is: names and codes
    of units are no secret inside the organisation, who belongs to them is.
    """
    cells = PartyUnit.objects.open().filter(kind__in=vocabulary().cells)
    own = Membership.objects.current().official().filter(member=member)
    others = cells.exclude(pk__in=own.values("unit"))
    return units_named(others.order_by("path"), text)


def open_unit_of(pk: str) -> PartyUnit | None:
    """Return the open unit of this number, wherever it is; None for anything else."""
    return PartyUnit.objects.open().filter(pk=number_in(pk)).first()
