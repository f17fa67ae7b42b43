"""The event log checked against its chains, heads and seals, row by row."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members import chains
from members.models import Event, LogHead, LogSeal, SealedHead

Row = Mapping[str, Any]


@contextmanager
def at_one_moment() -> Iterator[None]:
    """Read everything as it is now, whoever writes meanwhile.

    On SQLite writers wait until the end.
    """
    begins = not connection.in_atomic_block
    with connection.cursor():
        pass  # as whom the log is read is told before the transaction begins
    with transaction.atomic():
        if begins and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
                )
        yield


@dataclass
class LogCheck:
    """A check of the log, since a local day or from its beginning; and what it saw."""

    since: date | None = None
    events: int = 0
    chains: int = 0
    seals: int = 0
    unsealed: int = 0
    last_seal: Row = field(default_factory=dict)

    def faults(self) -> Iterator[str]:
        """Return each fault as a sentence, as soon as it is found.

        Six queries, and one for each seal; rows are read in streams, of a chain only
        its sealed heads are kept.
        """
        yield from self._faults_of_seals()
        everything = merge(
            self._rows("head", LogHead.objects.order_by("chain")),
            self._rows(
                "sealed",
                SealedHead.objects.order_by("chain", "position"),
                "chain",
                "position",
                "hash",
                "seal__number",
            ),
            self._rows(
                "event",
                Event.objects.order_by("chain", "position"),
                *chains.EVENT_COLUMNS,
                "previous_hash",
                "hash",
            ),
            key=itemgetter("chain"),
        )
        for chain, rows in groupby(everything, itemgetter("chain")):
            self.chains += 1
            yield from _ChainCheck(chain).faults(rows, self)

    def _rows(self, what: str, rows: Any, *columns: str) -> Iterator[dict[str, Any]]:
        if self.since is not None:
            rows = rows.filter(chain__gte=self.since.isoformat())
        for row in rows.values(*columns).iterator():
            yield {**row, "what": what}

    def _faults_of_seals(self) -> Iterator[str]:
        last: Row = {"number": 0, "hash": chains.START}
        for seal in LogSeal.objects.order_by("number").values().iterator():
            self.seals += 1
            for what in (*_faults_of_seal(seal, last), *self._faults_of_digest(seal)):
                yield _("Seal %(number)s: %(what)s") % {
                    "number": seal["number"],
                    "what": what,
                }
            last = seal
        self.last_seal = last

    def _faults_of_digest(self, seal: Row) -> Iterator[str]:
        """Seals from before the day hold no chain of that day or a later one."""
        day = timezone.localdate(seal["at"], timezone.get_default_timezone())
        if self.since is not None and day < self.since:
            return
        heads = SealedHead.objects.filter(seal=seal["id"]).order_by("chain")
        columns = heads.values_list("chain", "position", "hash")
        if chains.digest_of(columns.iterator()) != seal["digest"]:
            yield _("it was made of other chain heads than those stored with it.")


def _faults_of_seal(seal: Row, last: Row) -> Iterator[str]:
    if seal["number"] != last["number"] + 1:
        yield _("seals before it are missing.")
    elif seal["previous_hash"] != last["hash"]:
        yield _("it does not follow the seal before it.")
    columns = {name: seal[name] for name in chains.SEAL_COLUMNS}
    if seal["hash"] != chains.hash_of(seal["previous_hash"], columns):
        yield _("it was changed after it was made.")


@dataclass
class _ChainCheck:
    """One chain: its head, what seals hold of it, then its events, in this order."""

    chain: str
    head: Row | None = None
    sealed: dict[int, Row] = field(default_factory=dict)
    position: int = 0
    hash: str = chains.START

    def faults(self, rows: Iterable[Row], seen: LogCheck) -> Iterator[str]:
        sealed_position = 0
        for row in rows:
            if row["what"] == "head":
                self.head = row
            elif row["what"] == "sealed":
                self.sealed[row["position"]] = row
                sealed_position = row["position"]
            else:
                seen.events += 1
                seen.unsealed += row["position"] > sealed_position
                for what in self._faults_of_event(row):
                    yield _("Chain %(chain)s, event %(position)s: %(what)s") % {
                        "chain": self.chain,
                        "position": row["position"],
                        "what": what,
                    }
        for what in (
            *self._faults_at_the_end(),
            *self._faults_of_head(sealed_position),
        ):
            yield _("Chain %(chain)s: %(what)s") % {"chain": self.chain, "what": what}

    def _faults_of_event(self, event: Row) -> Iterator[str]:
        day = timezone.localdate(event["at"], timezone.get_default_timezone())
        if event["position"] != self.position + 1:
            yield _("events before it are missing.")
        elif event["previous_hash"] != self.hash:
            yield _("it does not follow the event before it.")
        if self.chain != chains.chain_of(event["unit_id"], day):
            yield _("it belongs to another unit or day.")
        columns = {name: event[name] for name in chains.EVENT_COLUMNS}
        if event["hash"] != chains.hash_of(event["previous_hash"], columns):
            yield _("it was changed after it was written.")
        sealed = self.sealed.pop(event["position"], None)
        if sealed is not None and sealed["hash"] != event["hash"]:
            yield _("seal %s holds another event.") % sealed["seal__number"]
        self.position, self.hash = event["position"], event["hash"]

    def _faults_at_the_end(self) -> Iterator[str]:
        for position, sealed in self.sealed.items():
            yield _("event %(position)s, which seal %(number)s holds, is missing.") % {
                "position": position,
                "number": sealed["seal__number"],
            }

    def _faults_of_head(self, sealed_position: int) -> Iterator[str]:
        if self.head is None:
            yield _("its head is missing.")
            return
        if self.head["position"] == self.position and self.head["hash"] != self.hash:
            yield _("its head has another hash than its last event.")
        if self.head["position"] != self.position:
            yield _("its head names event %(head)s, its last event is %(last)s.") % {
                "head": self.head["position"],
                "last": self.position,
            }
        if self.head["sealed_position"] != sealed_position:
            yield _(
                "it was sealed to event %(head)s, the seals hold it to %(sealed)s."
            ) % {"head": self.head["sealed_position"], "sealed": sealed_position}
