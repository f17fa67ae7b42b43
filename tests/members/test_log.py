"""Whatever is done to the log past the program is found, and told in sentences."""

import pytest

from members.models import Event
from members.queries.log import LogCheck
from tests.members.log import as_owner, rehash, write_log

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

CHAIN = "2024-12-01/17"
HERE = f"chain = '{CHAIN}'"


def test_a_log_as_the_program_writes_it_has_no_fault():
    write_log()
    check = LogCheck()

    assert list(check.faults()) == []
    assert (check.events, check.chains, check.seals, check.unsealed) == (11, 3, 2, 1)


def edit():
    as_owner(f"""UPDATE members_event SET data = '{{"rows": 4}}'
                 WHERE {HERE} AND position = 2""")
    return [f"Chain {CHAIN}, event 2: it was changed after it was written."]


def delete_in_the_middle():
    as_owner(f"DELETE FROM members_event WHERE {HERE} AND position IN (2, 3)")
    return [
        f"Chain {CHAIN}, event 4: events before it are missing.",
        f"Chain {CHAIN}: event 3, which seal 1 holds, is missing.",
    ]


def delete_at_the_end():
    as_owner("DELETE FROM members_event WHERE chain = '2024-12-01/18' AND position = 4")
    return ["Chain 2024-12-01/18: its head names event 4, its last event is 3."]


def cut_with_the_head():
    fifth = Event.objects.get(chain=CHAIN, position=5)
    as_owner(
        f"DELETE FROM members_event WHERE {HERE} AND position = 6",
        f"UPDATE members_loghead SET position = 5, sealed_position = 5,"
        f" hash = '{fifth.hash}' WHERE {HERE}",
    )
    return [
        f"Chain {CHAIN}: event 6, which seal 2 holds, is missing.",
        f"Chain {CHAIN}: it was sealed to event 5, the seals hold it to 6.",
    ]


COPIED = (
    "at, account_id, post_id, system_reason, action, subject_kind, subject_id, unit_id,"
    " member_id, data, chain, previous_hash, hash"
)


def insert():
    as_owner(
        f"UPDATE members_event SET position = position + 100"
        f" WHERE {HERE} AND position > 3",
        f"UPDATE members_event SET position = position - 99"
        f" WHERE {HERE} AND position > 100",
        f"INSERT INTO members_event (position, {COPIED}) SELECT 4, {COPIED}"
        f" FROM members_event WHERE {HERE} AND position = 1",
    )
    rehash(CHAIN, since=4)
    return [
        f"Chain {CHAIN}, event 6: seal 2 holds another event.",
    ]


def insert_at_the_end():
    as_owner(
        f"INSERT INTO members_event (position, {COPIED}) SELECT 7, {COPIED}"
        f" FROM members_event WHERE {HERE} AND position = 6"
    )
    return [
        f"Chain {CHAIN}, event 7: it does not follow the event before it.",
        f"Chain {CHAIN}, event 7: it was changed after it was written.",
        f"Chain {CHAIN}: its head names event 6, its last event is 7.",
    ]


def reorder():
    as_owner(
        f"UPDATE members_event SET position = 100 WHERE {HERE} AND position = 1",
        f"UPDATE members_event SET position = 1 WHERE {HERE} AND position = 2",
        f"UPDATE members_event SET position = 2 WHERE {HERE} AND position = 100",
    )
    return [
        f"Chain {CHAIN}, event 1: it does not follow the event before it.",
        f"Chain {CHAIN}, event 1: it was changed after it was written.",
        f"Chain {CHAIN}, event 2: it does not follow the event before it.",
        f"Chain {CHAIN}, event 2: it was changed after it was written.",
        f"Chain {CHAIN}, event 3: it does not follow the event before it.",
    ]


def forge_the_rest():
    as_owner(f"""UPDATE members_event SET action = 'another'
                 WHERE {HERE} AND position = 2""")
    rehash(CHAIN, since=2)
    return [
        f"Chain {CHAIN}, event 3: seal 1 holds another event.",
        f"Chain {CHAIN}, event 6: seal 2 holds another event.",
    ]


def delete_a_chain():
    as_owner(
        f"DELETE FROM members_event WHERE {HERE}",
        f"DELETE FROM members_loghead WHERE {HERE}",
    )
    return [
        f"Chain {CHAIN}: event 3, which seal 1 holds, is missing.",
        f"Chain {CHAIN}: event 6, which seal 2 holds, is missing.",
        f"Chain {CHAIN}: its head is missing.",
    ]


def change_a_head():
    as_owner(f"UPDATE members_loghead SET hash = repeat('a', 64) WHERE {HERE}")
    return [f"Chain {CHAIN}: its head has another hash than its last event."]


def change_a_seal():
    as_owner("UPDATE members_logseal SET at = at - interval '1 hour' WHERE number = 1")
    return ["Seal 1: it was changed after it was made."]


def change_a_sealed_head():
    as_owner(f"""UPDATE members_sealedhead SET hash = repeat('a', 64)
                 WHERE {HERE} AND position = 3""")
    return [
        "Seal 1: it was made of other chain heads than those stored with it.",
        f"Chain {CHAIN}, event 3: seal 1 holds another event.",
    ]


def delete_a_seal():
    as_owner("DELETE FROM members_logseal WHERE number = 1")
    return [
        "Seal 2: seals before it are missing.",
        "Chain 2024-12-01/18: it was sealed to event 3, the seals hold it to 0.",
    ]


def delete_the_last_seal():
    as_owner(
        "DELETE FROM members_sealedhead WHERE seal_id = (SELECT max(id) FROM"
        " members_logseal)",
        "DELETE FROM members_logseal WHERE number = 2",
    )
    return [
        f"Chain {CHAIN}: it was sealed to event 6, the seals hold it to 3.",
        "Chain 2024-12-02/17: it was sealed to event 1, the seals hold it to 0.",
    ]


def reorder_seals():
    as_owner(
        "UPDATE members_logseal SET number = 100 WHERE number = 1",
        "UPDATE members_logseal SET number = 1 WHERE number = 2",
        "UPDATE members_logseal SET number = 2 WHERE number = 100",
    )
    return [
        "Seal 1: it does not follow the seal before it.",
        "Seal 1: it was changed after it was made.",
        "Seal 2: it does not follow the seal before it.",
        "Seal 2: it was changed after it was made.",
    ]


def move_to_another_unit():
    as_owner(f"UPDATE members_event SET unit_id = 18 WHERE {HERE} AND position = 4")
    return [
        f"Chain {CHAIN}, event 4: it belongs to another unit or day.",
        f"Chain {CHAIN}, event 4: it was changed after it was written.",
    ]


def move_to_another_day():
    as_owner(
        "UPDATE members_event SET at = at - interval '1 day', chain = '2024-12-01/17',"
        " position = 7 WHERE chain = '2024-12-02/17'"
    )
    rehash(CHAIN, since=7)
    return [
        "Chain 2024-12-02/17: event 1, which seal 2 holds, is missing.",
        "Chain 2024-12-02/17: its head names event 1, its last event is 0.",
    ]


def empty_the_events():
    as_owner("TRUNCATE members_event")
    return [
        f"Chain {CHAIN}: event 3, which seal 1 holds, is missing.",
        f"Chain {CHAIN}: event 6, which seal 2 holds, is missing.",
        f"Chain {CHAIN}: its head names event 6, its last event is 0.",
        "Chain 2024-12-01/18: event 3, which seal 1 holds, is missing.",
        "Chain 2024-12-01/18: its head names event 4, its last event is 0.",
        "Chain 2024-12-02/17: event 1, which seal 2 holds, is missing.",
        "Chain 2024-12-02/17: its head names event 1, its last event is 0.",
    ]


def empty_the_seals():
    as_owner("TRUNCATE members_logseal, members_sealedhead")
    return [
        f"Chain {CHAIN}: it was sealed to event 6, the seals hold it to 0.",
        "Chain 2024-12-01/18: it was sealed to event 3, the seals hold it to 0.",
        "Chain 2024-12-02/17: it was sealed to event 1, the seals hold it to 0.",
    ]


TAMPERINGS = (
    edit,
    delete_in_the_middle,
    delete_at_the_end,
    cut_with_the_head,
    insert,
    insert_at_the_end,
    reorder,
    forge_the_rest,
    delete_a_chain,
    change_a_head,
    change_a_seal,
    change_a_sealed_head,
    delete_a_seal,
    delete_the_last_seal,
    reorder_seals,
    move_to_another_unit,
    move_to_another_day,
    empty_the_events,
    empty_the_seals,
)


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda tamper: tamper.__name__)
def test_tampering_is_found_and_told(tamper):
    write_log()

    told = tamper()

    assert list(LogCheck().faults()) == told
