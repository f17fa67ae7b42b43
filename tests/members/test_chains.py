from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from members import chains
from members.models import Event, LogSeal

NOON = datetime(2024, 12, 1, 5, tzinfo=UTC)


def test_a_chain_is_named_by_its_day_and_unit():
    day = date(2026, 11, 25)

    assert chains.chain_of(17, day) == "2026-11-25/17"
    assert chains.chain_of(None, day) == "2026-11-25/-"
    assert chains.chain_of(17, day) >= day.isoformat()
    assert chains.chain_of(17, day) < "2026-11-26"


# The logs of living sites were hashed so: these figures never change.
def test_the_form_that_is_hashed_is_the_same_for_ever():
    columns = {"id": 7, "at": NOON, "unit_id": None, "data": {"b": ["ộ"], "a": 1}}

    assert chains.hash_of("", columns) == (
        "0f0ea1c36f7a4e54664b10c75c5f31ed4b7fdbc2951a887a1432a2a9d311838b"
    )
    assert chains.digest_of([("2024-12-01/-", 2, "ab"), ("2024-12-01/7", 1, "cd")]) == (
        "2691420169223f34f104c7c0e553391e2016d499fd6caae6516555fcb84f37ec"
    )


def test_a_hash_is_of_the_moment_and_of_what_comes_before_not_of_the_spelling():
    there = NOON.astimezone(timezone(timedelta(hours=7)))

    hashes = [
        chains.hash_of("ab", {"at": NOON, "id": 1}),
        chains.hash_of("ab", {"id": 1, "at": there}),
        chains.hash_of("ab", {"at": NOON + timedelta(microseconds=1), "id": 1}),
        chains.hash_of("cd", {"at": NOON, "id": 1}),
    ]

    assert hashes[0] == hashes[1]
    assert len(set(hashes)) == 3


def test_every_column_is_hashed_but_the_hashes_themselves():
    def attributes(model):
        return {field.attname for field in model._meta.concrete_fields}

    assert attributes(Event) == {*chains.EVENT_COLUMNS, "previous_hash", "hash"}
    assert attributes(LogSeal) == {*chains.SEAL_COLUMNS, "id", "previous_hash", "hash"}


def test_data_are_taken_as_databases_give_them_back():
    assert chains.plain({"a": (1, 2), "b": {3: None}}) == {
        "a": [1, 2],
        "b": {"3": None},
    }
    for fraction in (0.5, float("nan"), float("inf")):
        with pytest.raises(TypeError, match="whole numbers only"):
            chains.plain({"a": [fraction]})
    with pytest.raises(TypeError, match="no column of an event"):
        chains.hash_of("", {"a": date(2024, 12, 1)})
