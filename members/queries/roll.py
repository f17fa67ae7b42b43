"""The lines of the roll and of the transfers, and what is due there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from members import dates
from members.models import ActivityPause, Member, Membership, Transfer
from members.periods import periods
from members.policy import Actor
from members.row_security import Purpose, opened_for

# How long the old cell is told that a person came back.
RETURNED_SHOWN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class RollRow:
    """One line of the roll."""

    url: str
    name: str
    birth: str
    cell: str  # with the unit above: villages of two communes have the same name
    status: str


@dataclass(frozen=True, slots=True)
class TransferRow:
    """One transfer in a list."""

    url: str
    name: str
    kind: str
    source: str
    target: str
    leaves_on: date
    is_late: bool


@opened_for(Purpose.RECORD)
def roll_rows(members: Sequence[Member]) -> list[RollRow]:
    """Return the lines of these members, in their order; two queries.

    The caller got the members through `visible_to`.
    """
    current = Membership.objects.current().official().filter(member__in=members)
    cells = {
        member_id: f"{cell}, {above}" if above else cell
        for member_id, cell, above in current.values_list(
            "member_id", "unit__name", "unit__parent__name"
        )
    }
    pauses = {
        pause.member_id: pause.get_kind_display()
        for pause in ActivityPause.objects.current().filter(member__in=members)
    }
    return [
        RollRow(
            url=reverse("members:member_detail", args=[member.pk]),
            name=member.full_name,
            birth=dates.display_partial(member.born_on),
            cell=cells.get(member.pk, ""),
            status=pauses.get(member.pk) or status_of(member),
        )
        for member in members
    ]


def status_of(member: Member) -> str:
    """Return whether somebody is a full or a probationary member, in words."""
    return _("Full member") if member.official_on else _("Probationary member")


def returned_transfers(actor: Actor, *, today: date) -> QuerySet[Transfer]:
    """Return what came back lately to a cell whose roll the actor keeps."""
    sent = Transfer.objects.editable_by(actor)
    return sent.returned_since(today - RETURNED_SHOWN)


@opened_for(Purpose.RECORD)
def transfer_rows(transfers: QuerySet[Transfer], *, today: date) -> list[TransferRow]:
    """Return the lines of transfers that the caller got by a scope; one query."""
    related = transfers.select_related("member", "source", "target")
    return [
        TransferRow(
            url=reverse("members:transfer_detail", args=[each.pk]),
            name=each.member.full_name,
            kind=each.get_kind_display(),
            source=each.source.name,
            target=each.target.name if each.target else each.outside,
            leaves_on=each.leaves_on,
            is_late=each.is_late(today),
        )
        for each in related.order_by("leaves_on", "pk")
    ]


def probation_ends(member: Member) -> date | None:
    """Return the day on which a person's probation is over, where that is known.

    Source: docs/rules/rolls.md § 3.
    """
    if not member.admitted_on:
        return None
    return periods().probation.after(dates.earliest(member.admitted_on))
