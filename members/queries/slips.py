"""Who gets a slip, and who does not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from members import dates
from members.models import Account, Member, Membership, Post, Slip
from members.policy import Actor, Area, Role
from members.row_security import Purpose, opened_for


@dataclass(frozen=True, slots=True)
class SlipRow:
    """One person of a roll, with what a slip would be for."""

    member_id: int
    name: str
    birth: str
    cell_id: int
    cell: str
    state: str
    is_new: bool  # has neither a password nor a slip that waits
    bar: str  # why there is no slip, "" where there can be one


def slip_candidates(
    actor: Actor, *, cell_id: int | None = None, with_everybody: bool = False
) -> QuerySet[Membership]:
    """Return the people on the rolls for which the actor prints, by cell and name.

    Only those without a password, unless `with_everybody`.
    Shape: their official memberships, with member and unit.
    """
    kept = Member.objects.editable_by(actor, Area.ACCOUNTS)
    found = Membership.objects.current().official().filter(member__in=kept)
    if cell_id is not None:
        found = found.filter(unit=cell_id)
    if not with_everybody:
        own = Account.objects.with_password().filter(member=OuterRef("member"))
        found = found.exclude(Exists(own))
    related = found.select_related("member", "unit")
    return related.order_by("unit__path", "member__sort_key", "member")


@opened_for(Purpose.COMING_IN)
def slip_rows(memberships: Sequence[Membership], *, actor: Actor) -> list[SlipRow]:
    """Return the lines of these people, in their order; four queries.

    The caller got them from `slip_candidates`.
    """
    members = [each.member for each in memberships]
    bars = slip_bars(members, actor=actor)
    states = _states(members)
    return [
        SlipRow(
            member_id=each.member_id,
            name=each.member.full_name,
            birth=dates.display_partial(each.member.born_on),
            cell_id=each.unit_id,
            cell=each.unit.name,
            state=states.get(each.member_id, _("No password yet")),
            is_new=each.member_id not in states,
            bar=bars.get(each.member_id, ""),
        )
        for each in memberships
    ]


@opened_for(Purpose.COMING_IN)
def slip_bars(members: Sequence[Member], *, actor: Actor) -> dict[int, str]:
    """Return why there is no slip for some of these people, by their id; two queries.

    Source: docs/rules/accounts.md § 1.
    """
    return dict(_bars(members, actor))


def _bars(members: Sequence[Member], actor: Actor) -> Iterator[tuple[int, str]]:
    posts = Post.objects.not_over().exclude(role=Role.OUTSIDE)
    held = posts.filter(Q(member__in=members) | Q(account__member__in=members))
    for own, by_account, unit_id, path in held.values_list(
        "member_id", "account__member_id", "unit_id", "unit__path"
    ):
        if not actor.reaches_unit(Area.ACCOUNTS, unit_id, path):
            yield (
                own or by_account,
                _("Holds a post beyond this roll: the office above prints the slip."),
            )
    shut = Account.objects.filter(Q(is_technical=True) | Q(is_active=False))
    for member_id in shut.filter(member__in=members).values_list("member", flat=True):
        yield member_id, _("The account was closed, or runs the machine.")
    if actor.member_id is not None:
        yield (
            actor.member_id,
            _("Your own password is changed in the menu under your name."),
        )


def _states(members: Sequence[Member]) -> dict[int | None, str]:
    own = Account.objects.with_password().filter(member__in=members)
    waiting = Slip.objects.filter(account__member__in=members)
    return {
        **dict.fromkeys(own.values_list("member", flat=True), _("Has a password")),
        **dict.fromkeys(
            waiting.values_list("account__member", flat=True),
            _("A slip waits to be used"),
        ),
    }
