"""Locks that need no row, held until the transaction ends.

A row that is not there yet cannot be locked. SQLite has one writer and waits anyway.
"""

from enum import IntEnum
from zlib import crc32

from django.db import connection


class Lock(IntEnum):
    """What is locked; PostgreSQL knows it by the number."""

    TREE = 1
    CAMPAIGN_CODE = 2
    MEMBER_CODES = 3
    SEALS = 4
    SLIPS = 5
    FAILED_TRIES = 6


def hold(lock: Lock, name: str = "") -> None:
    """Wait until nobody else holds this, and keep it until the transaction ends.

    Call it in a transaction: outside, nothing would be held.
    Two names may fall on one number; then they wait for each other, no more.
    """
    assert connection.in_atomic_block
    if connection.vendor == "postgresql":
        number = crc32(name.encode()) - 2**31  # signed, as PostgreSQL counts
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [lock, number])
