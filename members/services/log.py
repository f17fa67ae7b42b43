"""The seals of the event log: what the chains held at an hour, in one chain for all."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from members import bulk, chains, locks
from members.models import LogHead, LogSeal, SealedHead


def seal_log(*, now: datetime) -> LogSeal | None:
    """Seal the chains that have grown since the last seal; None if none has.

    A chain to which somebody is just appending waits for the next seal, so that
    nobody waits for this one. Two at once seal one after the other.
    """
    with transaction.atomic():
        locks.hold(locks.Lock.SEALS)
        grown = LogHead.objects.unsealed().order_by("chain")
        heads = list(grown.select_for_update(skip_locked=True, no_key=True))
        if not heads:
            return None
        seal = _next_seal(heads, now)
        SealedHead.objects.bulk_create(
            [
                SealedHead(
                    seal=seal, chain=head.chain, position=head.position, hash=head.hash
                )
                for head in heads
            ],
            batch_size=bulk.ROWS,
        )
        for some in bulk.batches([head.pk for head in heads], bulk.ROWS):
            LogHead.objects.filter(pk__in=some).update(sealed_position=F("position"))
    return seal


def _next_seal(heads: Sequence[LogHead], now: datetime) -> LogSeal:
    last = LogSeal.objects.order_by("-number").first()
    seal = LogSeal(
        number=last.number + 1 if last else 1,
        at=now,
        heads=len(heads),
        digest=chains.digest_of(
            (head.chain, head.position, head.hash) for head in heads
        ),
        previous_hash=last.hash if last else chains.START,
    )
    columns = {name: getattr(seal, name) for name in chains.SEAL_COLUMNS}
    seal.hash = chains.hash_of(seal.previous_hash, columns)
    seal.save()
    return seal
