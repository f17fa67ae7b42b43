"""Who gets a slip, and who does not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import dates
from members.models import Account, Member, Membership, Post, Slip, reachable
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


@dataclass(frozen=True, slots=True)
class AccountRow:
    """Somebody who holds a post and is on no roll, with what a slip would be for."""

    account_id: int
    name: str
    unit: str
    state: str
    bar: str


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


def account_candidates(actor: Actor) -> QuerySet[Account, Account]:
    """Return the accounts without a member whose post stands where the actor prints."""
    posts = Post.objects.not_over().filter(account__isnull=False)
    held = posts.filter(reachable(actor, Area.ACCOUNTS, "unit__"))
    found: QuerySet[Account, Account] = Account.objects.filter(
        member=None, pk__in=held.values("account")
    )
    return found.order_by("display_name", "pk")


@opened_for(Purpose.COMING_IN)
def account_rows(accounts: Sequence[Account], *, actor: Actor) -> list[AccountRow]:
    """Return the lines of accounts without a member, in their order."""
    bars = slip_bars_of_accounts(accounts, actor=actor)
    posts = Post.objects.not_over().filter(account__in=accounts).order_by("-pk")
    units = dict(posts.values_list("account", "unit__name"))
    waiting = set(
        Slip.objects.filter(account__in=accounts).values_list("account", flat=True)
    )
    return [
        AccountRow(
            account_id=each.pk,
            name=each.display_name,
            unit=units[each.pk],
            state=(
                _("A slip waits to be used")
                if each.pk in waiting
                else _("Has a password")
                if each.has_usable_password()
                else _("No password yet")
            ),
            bar=bars.get(each.pk, ""),
        )
        for each in accounts
    ]


@opened_for(Purpose.COMING_IN)
def accounts_of(members: Sequence[Member]) -> dict[int, Account]:
    """Return the accounts of these people, by the member's id; some have none yet."""
    found = Account.objects.filter(member__in=members).select_related("member")
    return {each.member_id: each for each in found if each.member_id is not None}


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


@opened_for(Purpose.COMING_IN)
def slip_bars_of_accounts(
    accounts: Sequence[Account], *, actor: Actor
) -> dict[int, str]:
    """Return why there is no slip for some of these accounts, by their id."""
    of_members = slip_bars(
        [each.member for each in accounts if each.member], actor=actor
    )
    without = [each for each in accounts if each.member_id is None]
    posts = Post.objects.not_over().filter(account__in=without)
    bars = {
        each.pk: of_members[each.member_id]
        for each in accounts
        if each.member_id in of_members
    }
    bars |= dict(_beyond(posts, actor, "account_id", "account_id"))
    bars |= {
        each.pk: str(_SHUT)
        for each in without
        if each.is_technical or not each.is_active
    }
    if actor.account_id is not None:
        bars[actor.account_id] = str(_OWN)
    return bars


_SHUT = gettext_lazy("The account was closed, or runs the machine.")
_OWN = gettext_lazy("Your own password is changed in the menu under your name.")


def _bars(members: Sequence[Member], actor: Actor) -> Iterator[tuple[int, str]]:
    posts = Post.objects.not_over().filter(
        Q(member__in=members) | Q(account__member__in=members)
    )
    yield from _beyond(posts, actor, "member_id", "account__member_id")
    shut = Account.objects.filter(Q(is_technical=True) | Q(is_active=False))
    for member_id in shut.filter(member__in=members).values_list("member", flat=True):
        yield member_id, str(_SHUT)
    if actor.member_id is not None:
        yield actor.member_id, str(_OWN)


def _beyond(
    posts: QuerySet[Post], actor: Actor, *holders: str
) -> Iterator[tuple[int, str]]:
    """Yield who holds a post at a unit for which the actor prints nothing."""
    giving = posts.exclude(role=Role.OUTSIDE)
    for one, other, unit_id, path in giving.values_list(
        *holders, "unit_id", "unit__path"
    ):
        if not actor.reaches_unit(Area.ACCOUNTS, unit_id, path):
            yield (
                one or other,
                _("Holds a post beyond this roll: the office above prints the slip."),
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
