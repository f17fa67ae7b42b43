"""The event log: one row for each act, by whom, by which post, chained as it comes.

The only writer of events. Source: docs/adr/0009-the-event-log-is-chained.md.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone

from members import bulk, chains
from members.models import Account, Event, LogHead, Member, PartyUnit, Post
from members.models.events import REFUSED, REFUSED_OFTEN
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for

NUMBERS_IF_HELD = """
SELECT nextval(pg_get_serial_sequence('members_event', 'id'))
FROM members_authority_held(%s::bigint[], %s::bigint[], %s::timestamptz[]) is_held,
    generate_series(1, %s)
WHERE is_held
"""
# What was refused is no act: it is noted of whoever has no post any more as well.
NEEDS_NO_AUTHORITY = {REFUSED, REFUSED_OFTEN}
_waiting: ContextVar[list[Event] | None] = ContextVar("_waiting", default=None)


class AuthorityEnded(Exception):
    """The post of an act has ended, or its account was shut, while it was under way."""


@contextmanager
def written_last() -> Iterator[None]:
    """Run an act as one transaction whose events are appended at its very end.

    The head of a chain is the last of all locks, and heads are taken in the order of
    their chains. So an act that records in several chains, or takes other locks after
    it has recorded, stands inside this. What is taken back takes its events along.
    """
    outer, mine = _waiting.get(), list[Event]()
    token = _waiting.set(mine)
    try:
        with transaction.atomic():
            yield
            if outer is None:
                append(mine)
            else:
                outer.extend(mine)
    finally:
        _waiting.reset(token)


def record(
    *,
    action: str,
    subject: models.Model,
    actor: Actor,
    now: datetime,
    unit: PartyUnit | None = None,
    member: Member | None = None,
    area: Area = Area.FIGURES,
    with_below: bool = False,
    data: Mapping[str, object] | None = None,
    system_reason: str = "",
) -> Event:
    """Append one event; `data` holds ids, counts and digests, never personal text.

    Inside `written_last` it has no number before the act is done.

    The post named is the narrowest one by which the actor reached the unit in `area`,
    `with_below` if the act was on what stands below the unit as well.
    An act of a command on the server has no account and says why it ran.
    """
    post = None
    if unit:
        post = actor.narrowest_post(area, unit.path, with_below=with_below)
    event = Event(
        at=now,
        account_id=actor.account_id,
        post_id=post.post_id if post else None,
        system_reason=system_reason,
        action=action,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        unit=unit,
        member=member,
        data=chains.plain(data or {}),
    )
    waiting = _waiting.get()
    if waiting is None:
        append([event])
    else:
        waiting.append(event)
    return event


def append(events: Sequence[Event]) -> None:
    """Write events at the ends of their chains, numbered in the order given.

    Raises: AuthorityEnded if an account among them was shut, or a post ended by another
        act; until the transaction ends, whoever would do that waits.
    """
    if not events:
        return
    of_chain: dict[str, list[Event]] = defaultdict(list)
    # Without a savepoint: an act whose event cannot be written is not done either.
    with transaction.atomic(savepoint=False):
        for pk, event in zip(_new_ids(events), events, strict=True):
            event.pk = pk
            day = timezone.localdate(event.at, timezone.get_default_timezone())
            of_chain[chains.chain_of(event.unit_id, day)].append(event)
        _append_to(of_chain)


def _new_ids(events: Sequence[Event]) -> list[int]:
    """Return a number for each event, if whoever acts may still do so.

    One statement, and the authority is held before the head of any chain.
    """
    acts = [each for each in events if each.action not in NEEDS_NO_AUTHORITY]
    accounts = sorted({each.account_id for each in acts if each.account_id})
    posts = sorted({each.post_id for each in acts if each.post_id})
    moments = sorted({each.at for each in acts})
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(NUMBERS_IF_HELD, [accounts, posts, moments, len(events)])
            numbers = [row[0] for row in cursor.fetchall()]
    else:  # one writes at a time, so nothing has to be held
        open_accounts = Account.objects.filter(pk__in=accounts, is_active=True)
        in_force = Post.objects.filter(Q(ended_at=None) | Q(ended_at__in=moments))
        found = open_accounts.count(), in_force.filter(pk__in=posts).count()
        is_held = found == (len(accounts), len(posts))
        numbers = bulk.new_ids(Event, len(events)) if is_held else []
    if len(numbers) != len(events):
        raise AuthorityEnded
    return numbers


@opened_for(Purpose.LOG)
def _append_to(of_chain: Mapping[str, Sequence[Event]]) -> None:
    heads = _held_heads(sorted(of_chain))
    for head in heads:
        for event in of_chain[head.chain]:
            head.position += 1
            event.chain, event.position = head.chain, head.position
            event.previous_hash = head.hash
            columns = {name: getattr(event, name) for name in chains.EVENT_COLUMNS}
            event.hash = head.hash = chains.hash_of(event.previous_hash, columns)
    Event.objects.bulk_create([each for head in heads for each in of_chain[head.chain]])
    if len(heads) == 1:
        heads[0].save(update_fields=["position", "hash"])
    else:
        LogHead.objects.bulk_update(heads, ["position", "hash"])


def _held_heads(names: Sequence[str]) -> list[LogHead]:
    """Return the heads of these chains, held in their order, begun where there is none.

    What is missing is begun before anything is held: who holds one head and waits for
    another to be begun would wait in a ring with whoever begins it.
    """
    locked = LogHead.objects.select_for_update(no_key=True)
    held = locked.filter(chain__in=names).order_by("chain")
    if len(names) == 1 and (found := list(held)):
        return found
    known = LogHead.objects.filter(chain__in=names).values_list("chain", flat=True)
    if missing := sorted(set(names) - set(known)):
        LogHead.objects.bulk_create(
            [LogHead(chain=name) for name in missing], ignore_conflicts=True
        )
    return list(held.all())


@opened_for(Purpose.LOG)
def happened(*, action: str, subject: models.Model, data: Mapping[str, object]) -> bool:
    """Tell whether such an act is on record for the row, with these data."""
    events = Event.objects.filter(
        action=action,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        **{f"data__{key}": value for key, value in data.items()},
    )
    return events.exists()


@opened_for(Purpose.LOG)
def last_of(subject: models.Model) -> Event | None:
    """Return the latest act on record for a row, none if there is none."""
    events = Event.objects.filter(
        subject_kind=subject._meta.label_lower, subject_id=subject.pk
    )
    return events.order_by("-pk").first()
