"""Posts begin by a document and end by a recorded act, at once."""

from collections.abc import Iterable
from datetime import date, datetime
from operator import attrgetter
from typing import NotRequired, TypedDict, Unpack

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from members import dates, events, locks
from members.models import Account, Member, PartyUnit, Post, Slip
from members.models.posts import PostQuerySet
from members.policy import Actor, Role
from members.row_security import Purpose, opened_for


class OfEach(TypedDict, total=False):
    """What a post may have beside its holder, role, first day and document."""

    title: str
    organisation: str
    is_head: bool
    planned_until: date | None
    ends_on: date | None


class Ending(TypedDict):
    """By whom, when and why posts end."""

    actor: Actor
    now: datetime
    document: NotRequired[str]
    system_reason: NotRequired[str]


class PostNotGiven(Exception):
    """Nobody can hold this post; the text says why, `column` which field causes it."""

    def __init__(self, text: str, *, column: str | None = None) -> None:
        super().__init__(text)
        self.column = column


class PostNotEndable(Exception):
    """The post has ended already."""


@opened_for(Purpose.ACT)
def appoint(
    *,
    unit: PartyUnit,
    role: Role,
    from_on: date,
    actor: Actor,
    now: datetime,
    account: Account | None = None,
    member: Member | None = None,
    title: str = "",
    document: str = "",
    planned_until: date | None = None,
    delegated_by: Post | None = None,
    ends_on: date | None = None,
    organisation: str = "",
    is_head: bool = False,
    system_reason: str = "",
) -> Post:
    """Give a member, or an account without one, a post at a unit from a day on.

    Raises: PostNotGiven for a closed unit, the account of a technical administrator,
        the actor themselves, or somebody who holds this post already.
    """
    _refuse_holder(actor, account, member)
    post = Post(
        unit=unit,
        role=role,
        from_on=from_on,
        account=account,
        member=member,
        title=title,
        appointed_by_document=document,
        planned_until=planned_until,
        delegated_by=delegated_by,
        ends_on=ends_on,
        organisation=organisation,
        is_head=is_head,
    )
    with events.written_last():
        locks.hold(locks.Lock.SLIPS)  # else one is printed that nobody voids
        _refuse_closed(unit)
        # What its last day has ended, a delegation or a team, can be given again.
        over = _same(post).run_out()
        end_posts(over, actor=actor, now=now, system_reason=system_reason)
        _refuse_twice(post)
        post.save()
        _void_slips(post)
        events.record(
            action="posts.appointed",
            subject=post,
            actor=actor,
            now=now,
            unit=unit,
            system_reason=system_reason,
        )
    return post


@opened_for(Purpose.ACT)
def appoint_at_each(
    *,
    units: Iterable[PartyUnit],
    member: Member,
    role: Role,
    from_on: date,
    document: str,
    actor: Actor,
    now: datetime,
    **of_each: Unpack[OfEach],
) -> list[Post]:
    """Give a member the same post at several units, at all of them or at none.

    So the decision on a working team is one act, whatever units it names.
    Raises: PostNotGiven.
    """
    with events.written_last():
        return [
            appoint(
                unit=unit,
                member=member,
                role=role,
                from_on=from_on,
                document=document,
                actor=actor,
                now=now,
                **of_each,
            )
            for unit in sorted(units, key=attrgetter("pk"))
        ]


def _void_slips(post: Post) -> None:
    """Whoever printed a slip knows its code; it was for somebody without this post.

    Source: docs/rules/accounts.md § 1.
    """
    holder = Q(account=post.account_id)
    if post.member_id:
        holder = Q(account__member=post.member_id)
    Slip.objects.filter(holder).delete()


def _refuse_closed(unit: PartyUnit) -> None:
    """Refuse a closed unit; until the transaction ends nobody closes it."""
    locked = PartyUnit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    if locked.closed_on is not None:
        raise PostNotGiven(
            _("%(unit)s was closed on %(day)s.")
            % {"unit": locked.name, "day": dates.display_day(locked.closed_on)}
        )


def _same(post: Post) -> PostQuerySet:
    """Return the posts of this role at the unit that the holder has, or had."""
    return Post.objects.filter(
        unit=post.unit,
        role=post.role,
        organisation=post.organisation,
        account=post.account,
        member=post.member,
    )


def _refuse_twice(post: Post) -> None:
    if _same(post).filter(ended_at__isnull=True).exists():
        raise PostNotGiven(
            _("%(holder)s holds this post already: %(post)s, %(unit)s.")
            % {
                "holder": post.member or post.account,
                "post": post.get_role_display(),
                "unit": post.unit.name,
            }
        )


@opened_for(Purpose.ACT)
def end_post(
    *,
    post: Post,
    actor: Actor,
    now: datetime,
    document: str = "",
    system_reason: str = "",
) -> None:
    """End a post; from the commit on no session, form or job works by it.

    What was delegated from it ends with it.
    Raises: PostNotEndable if it has ended before.
    """
    by: Ending = {
        "actor": actor,
        "now": now,
        "document": document,
        "system_reason": system_reason,
    }
    with events.written_last():
        if not _ended(post, **by):
            raise PostNotEndable(_("This post has ended already."))


@opened_for(Purpose.ACT)
def end_posts(within: QuerySet[Post], **by: Unpack[Ending]) -> int:
    """End every post of these that has not ended; return how many there were."""
    with events.written_last():
        posts = list(within.filter(ended_at__isnull=True).order_by("pk"))
        for post in posts:
            _ended(post, **by)  # perhaps with the post that it is delegated from
    return len(posts)


def of_committee(unit: PartyUnit) -> QuerySet[Post]:
    """Return the posts in the committee of a unit, delegated ones among them."""
    return Post.objects.filter(unit=unit).of_committees()


def _ended(post: Post, **by: Unpack[Ending]) -> bool:
    """End a post and what is delegated from it; False if it has ended before."""
    ended = Post.objects.filter(pk=post.pk, ended_at__isnull=True).update(
        ended_at=by["now"],
        ended_by=by["actor"].account_id,
        ended_by_document=by.get("document", ""),
        version=F("version") + 1,
    )
    if ended:
        end_posts(Post.objects.filter(delegated_by=post), **by)
        events.record(
            action="posts.ended",
            subject=post,
            actor=by["actor"],
            now=by["now"],
            unit=post.unit,
            system_reason=by.get("system_reason", ""),
        )
    return bool(ended)


@opened_for(Purpose.ACT)
def hand_over(
    *,
    post: Post,
    member: Member,
    document: str,
    actor: Actor,
    now: datetime,
) -> Post:
    """End a post and give it to a successor, in one act, from today or its first day on.

    In a working team the last day of its decision stays.
    Raises: PostNotEndable; PostNotGiven, also for a team whose last day has passed, and
        for who holds the post: a delegation would end with it for nothing.
    """
    today = timezone.localdate(now)
    is_team = post.role == Role.WORKING_TEAM
    if is_team and post.ends_on is not None and post.ends_on < today:
        raise PostNotGiven(_("The day has passed."))
    if post.member_id == member.pk:
        raise PostNotGiven(
            _("%s holds this post already; a successor is somebody else.")
            % member.full_name
        )
    with events.written_last():
        end_post(post=post, actor=actor, now=now, document=document)
        return appoint(
            unit=post.unit,
            role=Role(post.role),
            title=post.title,
            organisation=post.organisation,
            is_head=post.is_head,
            from_on=max(today, post.from_on),
            ends_on=post.ends_on if is_team else None,
            member=member,
            document=document,
            actor=actor,
            now=now,
        )


@opened_for(Purpose.ACT)
def delegate(
    *,
    post: Post,
    member: Member,
    until: date,
    document: str,
    actor: Actor,
    now: datetime,
) -> Post:
    """Let somebody else act in a post as well, until a day (included).

    Raises: PostNotGiven for a post that has ended or is delegated itself, a day that
        has passed or lies after the post's last, or who is on no official roll there.
    """
    today = timezone.localdate(now)
    with transaction.atomic():
        current = lasting(post)
        if current.delegated_by_id is not None:
            raise PostNotGiven(_("What is delegated cannot be delegated further."))
        if until < today:
            raise PostNotGiven(_("The day has passed."), column="until")
        last = current.ends_on
        if last is not None and until > last:
            told = _("The post itself lasts until %s.") % dates.display_day(last)
            raise PostNotGiven(told, column="until")
        _refuse_of_another_roll(current.unit, member)
        return appoint(
            unit=current.unit,
            role=Role(current.role),
            title=current.title,
            from_on=today,
            member=member,
            document=document,
            delegated_by=current,
            ends_on=until,
            actor=actor,
            now=now,
        )


def lasting(post: Post) -> Post:
    """Return the post as it is now, held.

    Raises: PostNotGiven for one that has ended.
    """
    held = Post.objects.select_for_update(of=("self",), no_key=True)
    current = held.select_related("unit").get(pk=post.pk)
    if current.ended_at is not None:
        raise PostNotGiven(_("This post has ended already."))
    return current


def _refuse_of_another_roll(unit: PartyUnit, member: Member) -> None:
    """Source: docs/policy.md § 4.6."""
    here = Member.objects.on_the_roll_of(unit.path)
    if not here.filter(pk=member.pk).exists():
        raise PostNotGiven(
            _("%(member)s is not on the roll of %(unit)s.")
            % {"member": member.full_name, "unit": unit.name}
        )


def _refuse_holder(
    actor: Actor, account: Account | None, member: Member | None
) -> None:
    is_own_account = account is not None and account.pk == actor.account_id
    if is_own_account or (member is not None and member.pk == actor.member_id):
        raise PostNotGiven(_("Nobody gives a post to themselves."))
    if account is not None and account.is_technical:
        raise PostNotGiven(
            _("%s is a technical administrator and holds no post.") % account
        )
