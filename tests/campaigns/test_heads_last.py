"""The heads of the log's chains are the last locks of an act; else two acts make a ring."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.services import reorganising
from members.models import Post
from members.policy import Actor, Role
from members.queries import actor_for
from members.services import posts, slips
from tests.campaigns.decisions import TREE, decide
from tests.campaigns.movement_worlds import MAY
from tests.factories import NOON, MemberFactory, PostFactory
from tests.small_worlds import BY_COMMAND, live

pytestmark = pytest.mark.django_db

HEAD = re.compile(r'FROM "members_loghead".* FOR (NO KEY )?UPDATE')
# What waits for somebody else: a row that is held or changed, a lock without a row.
WAITS = re.compile(
    r'FOR (NO KEY )?UPDATE|^UPDATE |pg_advisory|^INSERT INTO "members_slip'
)
OF_THE_LOG = re.compile(r'"members_(loghead|event)"')


@pytest.fixture
def units():
    return live(TREE, {})


def post_at(unit, **columns) -> Post:
    return PostFactory(unit=unit, role=Role.SECRETARY, account=None, **columns)


def clerk_of(units) -> Actor:
    return actor_for(PostFactory(unit=units["X"], role=Role.CLERK).account)


def hand_over(units) -> None:
    post = post_at(units["X1"], member=MemberFactory(cell=units["X1"]))
    successor = MemberFactory(cell=units["X1"])
    posts.hand_over(
        post=post, member=successor, document="1", actor=clerk_of(units), now=NOON,
    )  # fmt: skip


def end_with_a_delegation(units) -> None:
    holder, deputy = (MemberFactory(cell=units["X1"]) for _turn in range(2))
    post = post_at(units["X1"], member=holder)
    post_at(units["X1"], member=deputy, delegated_by=post, ends_on=MAY)
    posts.end_post(post=post, actor=clerk_of(units), now=NOON)


def print_slips_of_two_cells(units) -> None:
    people = [MemberFactory(cell=units[code]) for code in ("X2", "X1")]
    slips.print_slips(members=people, actor=clerk_of(units), now=NOON)


def carry_out(units) -> None:
    decision = decide("1", ("MERGE", "X2", "X1", {}), ("RENAME", "Y", None, {}))
    reorganising.carry_out(decision=decision, **BY_COMMAND)


@pytest.mark.parametrize(
    "act", [hand_over, end_with_a_delegation, print_slips_of_two_cells, carry_out]
)
def test_nothing_waits_after_the_heads(units, act):
    with CaptureQueriesContext(connection) as captured:
        act(units)

    statements = [query["sql"] for query in captured]
    heads = [at for at, sql in enumerate(statements) if HEAD.search(sql)]
    assert heads
    late = [
        sql
        for sql in statements[heads[0] :]
        if WAITS.search(sql) and not OF_THE_LOG.search(sql)
    ]
    assert late == []
