"""The roll is given out as a workbook that can be sent again."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from members import cards, events
from members.dates import display_partial
from members.limits import limits
from members.models import ActivityPause, Member, Membership, PartyUnit, reachable
from members.models.events import EXPORTED
from members.policy import Actor, Area
from members.services import bulk_reading
from members.sheets.roll import write_roll
from members.vocabulary import vocabulary
from members.workbook.layout import GENDERS
from members.workbook.roll import STANDINGS, Standing

# More is a matter of minutes, which no page waits for.
MOST_PEOPLE = 10_000
_GENDERS = {code: label for label, code in GENDERS.items()}


class RollTooLong(Exception):
    """More people than one page gives out; the text says what to do."""


def cells_of(actor: Actor, area: Area, *, within: PartyUnit | None) -> dict[str, str]:
    """Return the names of the open cells in reach, by their codes; one query."""
    kept = PartyUnit.objects.visible_to(actor, area).open()
    units = kept.filter(kind__in=vocabulary().cells)
    if within is not None:
        units = units.in_subtree_of(within)
    return dict(units.order_by("path").values_list("code", "name"))


def asks_again(*, within: PartyUnit, actor: Actor) -> bool:
    """Tell whether the roll holds so many that the password is asked for again."""
    return _on_roll(actor, within).count() > limits().asked_again_above


@transaction.atomic
def export_roll(
    *,
    within: PartyUnit,
    actor: Actor,
    now: datetime,
    most: int | None,
    system_reason: str = "",
) -> bytes:
    """Return the roll of a unit, as far as the actor keeps it, as a workbook.

    That it was given out, to whom and of how many, is an event at the unit; everybody
    in it reads who took it. Five queries, however many people it holds.
    Raises: RollTooLong; bulk_reading.QuotaUsed. A command (`most` is None) has neither.
    """
    on_roll = _on_roll(actor, within)
    count = on_roll.count()
    if most is not None:
        if count > most:
            told = _(
                "The roll has %(count)d people; at most %(most)d go into one workbook."
                " Choose a unit below."
            )
            raise RollTooLong(told % {"count": count, "most": most})
        bulk_reading.demand_quota(people=count, actor=actor, now=now)
    stream = BytesIO()
    cells = cells_of(actor, Area.ROLL_EDIT, within=within)
    write_roll(stream, cells, _rows(on_roll))
    content = stream.getvalue()
    events.record(
        action=EXPORTED,
        subject=within,
        actor=actor,
        now=now,
        unit=within,
        area=Area.ROLL_EDIT,
        data={"people": count, "file": hashlib.sha256(content).hexdigest()},
        system_reason=system_reason,
    )
    return content


def _on_roll(actor: Actor, within: PartyUnit) -> QuerySet[Membership]:
    kept = reachable(actor, Area.ROLL_EDIT, "unit__")
    inside = Q(unit__in=PartyUnit.objects.in_subtree_of(within).open())
    return Membership.objects.current().official().filter(kept & inside)


def _rows(on_roll: QuerySet[Membership]) -> Iterator[list[str]]:
    paused: Mapping[int, str] = dict(
        ActivityPause.objects.current()
        .filter(member__in=on_roll.values("member"))
        .values_list("member_id", "kind")
    )
    people = on_roll.select_related("member", "unit")
    for each in people.order_by("unit__path", "member__sort_key", "member"):
        member = each.member
        yield [
            member.code,
            member.full_name,
            display_partial(member.born_on),
            _GENDERS.get(member.gender, ""),
            each.unit.code,
            display_partial(member.admitted_on),
            display_partial(member.official_on),
            cards.display_card_number(member.card_number),
            member.personal_id,
            STANDINGS[_standing(member, paused)],
        ]


def _standing(member: Member, paused: Mapping[int, str]) -> Standing:
    if member.pk in paused:
        return Standing(paused[member.pk])
    return Standing.FULL if member.official_on else Standing.PROBATIONARY
