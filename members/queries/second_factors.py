"""What somebody has beside the password, and who has to have it.

Source: docs/rules/accounts.md § 4.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import (
    Account,
    Authenticator,
    CodeCard,
    Membership,
    OidcLink,
    PartyUnit,
    Passkey,
    Post,
)
from members.policy import Actor, Role
from members.queries.slips import slip_bars_of_accounts
from members.row_security import Purpose, opened_for

CARD_WAITS = timedelta(days=14)  # to be taken into use, like a slip
FEW_CODES = 5


@dataclass(frozen=True, slots=True)
class Factors:
    """What an account has beside the password."""

    card: CodeCard | None  # the one in use
    waiting: CodeCard | None  # one that was handed over
    app: Authenticator | None
    passkeys: tuple[Passkey, ...]

    @property
    def are_asked(self) -> bool:
        """Whether a log-in asks for one: a card with no code left still asks."""
        return bool(self.card or self.waiting or self.app or self.passkeys)

    @property
    def can_be_shown(self) -> bool:
        """Whether there is one with which one comes in again."""
        return bool(
            self.waiting or self.app or self.passkeys or (self.card and self.card.left)
        )

    @property
    def has_few_codes(self) -> bool:
        """Whether the card in use is nearly used up."""
        return self.card is not None and self.card.left <= FEW_CODES


@opened_for(Purpose.COMING_IN)
def factors_of(account: Account, *, now: datetime) -> Factors:
    """Return what the account has beside the password; three queries."""
    cards = {
        card.taken_at is not None: card
        for card in CodeCard.objects.filter(account=account).filter(
            Q(taken_at__isnull=False) | Q(printed_at__gt=now - CARD_WAITS)
        )
    }
    return Factors(
        card=cards.get(True),
        waiting=cards.get(False),
        app=Authenticator.objects.filter(account=account).first(),
        passkeys=tuple(Passkey.objects.filter(account=account).order_by("pk")),
    )


def oidc_link_of(account: Account) -> OidcLink | None:
    """Return the log-in elsewhere that opens this account, if one does."""
    return OidcLink.objects.filter(account=account).first()


def asks_for_factor(account: Account, actor: Actor) -> bool:
    """Tell whether the account must have one: who holds a post that opens anything."""
    is_holder = any(post.role is not Role.OUTSIDE for post in actor.posts)
    asked: bool = settings.SECOND_FACTOR_ASKED
    return asked and (is_holder or account.is_technical)


def last_day_without(account: Account, actor: Actor) -> date:
    """Return until when a holder may put off the choice of a second factor.

    Counted from the day on which the first of the posts began, or the account.
    """
    ids = [post.post_id for post in actor.posts]
    began = Post.objects.filter(pk__in=ids).aggregate(day=Min("from_on"))["day"]
    made = timezone.localdate(account.created_at)
    grace = timedelta(days=settings.SECOND_FACTOR_GRACE_DAYS)
    return max(began or made, made) + grace


@opened_for(Purpose.COMING_IN)
def card_bars(accounts: Sequence[Account], *, actor: Actor) -> dict[int, str]:
    """Return why there is no card for some of these accounts, by their id."""
    return dict(_bars(accounts, actor))


def _bars(accounts: Sequence[Account], actor: Actor) -> Iterator[tuple[int, str]]:
    barred = slip_bars_of_accounts(accounts, actor=actor)
    members = {each.member_id for each in accounts if each.member_id}
    posts = Post.objects.not_over().exclude(role=Role.OUTSIDE)
    held = posts.filter(Q(account__in=accounts) | Q(member__in=members))
    of_accounts = set[int | None]()
    of_members = set[int | None]()
    for account_id, member_id in held.values_list("account", "member"):
        of_accounts.add(account_id)
        of_members.add(member_id)
    for account in accounts:
        if account.pk in barred:
            yield account.pk, barred[account.pk]
        elif account.pk not in of_accounts and not (
            account.member_id and account.member_id in of_members
        ):
            yield account.pk, _("Holds no post: the password is enough.")


@opened_for(Purpose.COMING_IN)
def unit_of_account(account: Account) -> PartyUnit | None:
    """Return where what happens to an account is recorded: the cell, or the post's unit."""
    if account.member_id:
        official = Membership.objects.current().official()
        belongs = official.filter(member=account.member_id).select_related("unit")
        found = belongs.first()
        return found.unit if found else None
    post = Post.objects.not_over().filter(account=account).select_related("unit")
    first = post.order_by("pk").first()
    return first.unit if first else None
