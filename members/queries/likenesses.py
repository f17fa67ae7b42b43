"""Who may be the same person under another spelling: a warning, never a refusal.

Source: docs/rules/rolls.md § 1.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from members import dates, names
from members.models import Membership
from members.models.people import MemberQuerySet
from members.row_security import Purpose, opened_for

MOST = 10
Row: TypeAlias = tuple[int, str, str, str]  # number, code, name, birth


@dataclass(frozen=True, slots=True)
class Likeness:
    """Somebody on a roll whom a new person may be."""

    member_id: int
    code: str
    name: str
    birth: str
    cell: str


def likenesses_among(
    people: MemberQuerySet,
    wanted: Sequence[tuple[str, str]],
    *,
    but: Collection[int] = (),
) -> list[list[Likeness]]:
    """Return beside each name and birth who of these people looks like that.

    Names are alike when the eye may take one for the other, births when nothing that is
    known of both differs; `MOST` at most beside each. `but` are people who are the ones
    meant. Two queries, however many are wanted; the caller got the people by a scope.
    """
    if not wanted:
        return []
    by_key = defaultdict(list)
    rows = people.order_by("pk").values_list("pk", "code", "full_name", "born_on")
    for pk, code, name, born_on in rows:
        if pk not in but:
            by_key[names.confusable_key(name)].append((pk, code, name, born_on))
    found = [
        list(
            islice(_fitting(by_key.get(names.confusable_key(name), ()), born_on), MOST)
        )
        for name, born_on in wanted
    ]
    cells = _cells_of({pk for several in found for pk, *_ in several})
    return [
        [
            Likeness(pk, code, name, dates.display_partial(born_on), cells.get(pk, ""))
            for pk, code, name, born_on in several
        ]
        for several in found
    ]


def likenesses_of(people: MemberQuerySet, name: str, born_on: str) -> list[Likeness]:
    """Return who of these people looks like one new person; two queries.

    Only those born then, as far as known, are read; where the birth is not known at
    all, those whose name has the same words.
    """
    if born_on:
        parts = [born_on[:length] for length in (4, 7, 10) if length <= len(born_on)]
        vaguer = people.filter(born_on__in=["", *parts])
        narrowed = vaguer | people.filter(born_on__startswith=born_on)
    else:
        narrowed = people.named(unicodedata.normalize("NFKC", name))
    return likenesses_among(narrowed, [(name, born_on)])[0]


def _fitting(alike: Sequence[Row], born_on: str) -> Iterator[Row]:
    return (each for each in alike if dates.may_be_one(each[3], born_on))


@opened_for(Purpose.RECORD)
def _cells_of(member_ids: Collection[int]) -> dict[int, str]:
    if not member_ids:
        return {}
    current = Membership.objects.current().official().filter(member__in=member_ids)
    return dict(current.values_list("member_id", "unit__name"))
