"""What the role that answers pages may write into the log: its own acts, in their place.

Source: docs/adr/0009-the-event-log-is-chained.md.
"""

from contextlib import contextmanager
from functools import partial

import pytest
from django.db import Error, connection, transaction

from members import events
from members.models import Event, LogHead
from members.policy import Actor
from members.row_security import Purpose, asked_by, opened_for
from members.services.log import seal_log
from tests.factories import (
    NOON,
    AccountFactory,
    MemberFactory,
    PostFactory,
    UnitFactory,
)
from tests.members.log import record
from tests.restricted import restricted

pytestmark = pytest.mark.django_db

NOT_ITS_OWN = "row-level security"
APPEND_ONLY = "append-only"


@contextmanager
def page_of(account, purpose=Purpose.LOG):
    """The connection as a page has it that somebody asked for."""
    with restricted(), asked_by(account and account.pk), opened_for(purpose):
        yield


def write(account, post=None):
    Event.objects.create(
        at=NOON,
        account=account,
        post=post,
        system_reason="" if account else "test",
        action="units.renamed",
        subject_kind="members.partyunit",
        subject_id=1,
        chain="2024-12-01/-",
        position=post.pk if post else 1,
        hash="a" * 64,
    )


def refusal(write, *, asker, purpose=Purpose.LOG):
    """What the database says; "" if it lets the page write."""
    try:
        with transaction.atomic(), page_of(asker, purpose):
            write()
    except Error as refused:
        return str(refused)
    return ""


def update(columns):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE members_loghead SET {columns}")


def test_an_event_in_the_name_of_another_is_refused():
    clerk, other = AccountFactory(), AccountFactory()

    told = refusal(lambda: write(other), asker=clerk)

    assert NOT_ITS_OWN in told
    assert not Event.objects.exists()


@pytest.mark.parametrize("purpose", [Purpose.ACT, Purpose.IMPORT])
def test_a_wider_purpose_writes_in_no_other_name_either(purpose):
    clerk, other = AccountFactory(), AccountFactory()

    assert NOT_ITS_OWN in refusal(lambda: write(other), asker=clerk, purpose=purpose)


def test_the_own_name_and_that_of_the_system_are_taken():
    clerk = AccountFactory()

    assert refusal(lambda: write(clerk), asker=clerk) == ""
    with page_of(clerk):
        Event.objects.create(
            at=NOON,
            action="accounts.locked_out",
            system_reason="failed tries",
            subject_kind="members.account",
            subject_id=1,
            chain="2024-12-01/17",
            position=1,
            hash="a" * 64,
        )


@pytest.mark.parametrize("purpose", [Purpose.LOG, Purpose.ACT, Purpose.IMPORT])
def test_an_event_names_no_post_of_another(purpose):
    clerk, other = AccountFactory(), PostFactory()

    told = refusal(lambda: write(clerk, other), asker=clerk, purpose=purpose)

    assert NOT_ITS_OWN in told
    assert NOT_ITS_OWN in refusal(lambda: write(None, other), asker=other.account)


@pytest.mark.parametrize("ended_at", [None, NOON])
def test_a_post_of_ones_own_is_named(ended_at):
    """Also one that has ended: an act may end the very post by which it is done."""
    member = MemberFactory()
    account = AccountFactory(member=member)
    for own in ({"member": member}, {"account": account}):
        post = PostFactory(**own, ended_at=ended_at)

        assert refusal(partial(write, account, post), asker=account) == ""


@pytest.mark.parametrize("purpose", [Purpose.RECORD, Purpose.COUNT])
def test_nothing_is_appended_for_a_purpose_that_is_not_the_logs(purpose):
    clerk = AccountFactory()

    assert NOT_ITS_OWN in refusal(lambda: write(clerk), asker=clerk, purpose=purpose)


def test_a_visitor_writes_in_nobodys_name():
    account = AccountFactory()

    assert NOT_ITS_OWN in refusal(lambda: write(account), asker=None)


def test_what_a_page_records_passes():
    clerk, unit = AccountFactory(), UnitFactory()
    actor = Actor(account_id=clerk.pk, member_id=None)
    with page_of(clerk):
        for _turn in range(2):
            events.record(
                action="units.renamed", subject=unit, actor=actor, now=NOON, unit=unit
            )

    assert LogHead.objects.get().position == 2


@pytest.mark.parametrize(
    "columns",
    [
        "hash = 'x'",
        "position = position + 1",
        "position = position - 1",
        "position = position + 1, hash = repeat('a', 64)",
        "chain = '2024-12-02/17'",
        "sealed_position = position + 1",
    ],
)
def test_a_head_is_put_nowhere_but_at_the_end_of_its_events(columns):
    record(UnitFactory(pk=17))
    record(UnitFactory(pk=18))

    told = refusal(lambda: update(columns), asker=AccountFactory())

    assert APPEND_ONLY in told


def test_what_is_sealed_does_not_become_unsealed():
    record(UnitFactory())
    seal_log(now=NOON)

    assert APPEND_ONLY in refusal(
        lambda: update("sealed_position = 0"), asker=AccountFactory()
    )


def test_a_head_jumps_over_no_event():
    """Of an event that does not follow the old end, though its own hash is right."""
    record(UnitFactory())
    last = Event.objects.get()
    clerk = AccountFactory()

    def forge():
        Event.objects.create(
            at=NOON,
            account=clerk,
            action="units.renamed",
            subject_kind="members.partyunit",
            subject_id=1,
            chain=last.chain,
            position=last.position + 1,
            previous_hash="b" * 64,
            hash="a" * 64,
        )
        update("position = position + 1, hash = repeat('a', 64)")

    assert APPEND_ONLY in refusal(forge, asker=clerk)


def test_a_chain_begins_empty():
    def begin():
        LogHead.objects.create(chain="2024-12-05/1", position=3, hash="a" * 64)

    assert APPEND_ONLY in refusal(begin, asker=AccountFactory())
