"""The second lock: what the database shows by itself, whatever a query forgets.

Every look is taken as a role for which the lock holds; the first test proves it.
"""

from functools import partial

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members import queries
from members.models import Account, ReasonedReading
from members.policy import Area, Reach, table
from members.row_security import Purpose, asked_by
from members.services import database_roles
from members.services.database_roles import SecondLock
from members.vocabulary import vocabulary
from tests.factories import MemberFactory, PostFactory, SlipFactory, UnitFactory
from tests.members import random_rows
from tests.members.row_policies import (
    EVERYTHING,
    LOCKED,
    OPENED,
    SCOPED,
    UNLOCKED,
    rows_of,
)
from tests.members.seen_rows import World
from tests.restricted import ROLE, restricted, value_of

pytestmark = pytest.mark.django_db
ACCOUNTS = 100


def test_the_role_of_these_tests_is_held():
    assert database_roles.second_lock() is SecondLock.PASSED  # whoever makes the rows
    with restricted():
        assert value_of("SELECT current_user") == [(ROLE,)]
        assert value_of(
            "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ) == [(False, False)]
        assert value_of(
            "SELECT relname FROM pg_class"
            " WHERE pg_has_role(current_user, relowner, 'USAGE')"
        ) == []  # fmt: skip
        assert database_roles.second_lock() is SecondLock.HELD


def test_nobody_for_nothing_sees_nothing():
    SlipFactory()
    PostFactory(member=MemberFactory(cell=UnitFactory()))
    tables = [
        name
        for (name,) in value_of("SELECT relname FROM pg_class WHERE relrowsecurity")
    ]

    with restricted():
        seen = {name: value_of(f"SELECT count(*) FROM {name}") for name in tables}

    assert seen == {name: [(0,)] for name in tables}
    assert len(tables) > len(SCOPED)


def test_each_purpose_opens_the_tables_that_it_is_for():
    policies = dict(
        value_of(
            "SELECT tablename, qual FROM pg_policies WHERE cmd IN ('ALL', 'SELECT')"
        )
    )
    named = {
        name: {purpose for purpose in Purpose if f"'{purpose}'::text" in text}
        for name, text in policies.items()
    }

    assert named == {name: EVERYTHING | more for name, more in OPENED.items()}


def test_every_table_has_a_policy_or_says_why_not():
    ours = {
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.app_label in {"members", "campaigns", "reviews", "reports"}
    }
    locked = dict(
        value_of(
            "SELECT relname, relforcerowsecurity FROM pg_class WHERE relrowsecurity"
        )
    )

    assert ours == set(UNLOCKED) | set(OPENED)
    assert locked == dict.fromkeys(OPENED, True)


def test_the_database_has_the_table_of_the_policy():
    written = set(value_of("SELECT * FROM members_policy()"))

    assert written == {
        (standing, area, reach)
        for standing, areas in table().items()
        for area, reach in areas.items()
        if reach in {Reach.UNIT, Reach.SUBTREE}
    }


def test_the_database_has_who_reads_by_a_decision():
    written = set(value_of("SELECT * FROM reviews_deciders()"))

    assert written == {
        (standing, area)
        for standing, areas in table().items()
        for area, reach in areas.items()
        if reach is Reach.DECIDED
    }


def test_the_database_knows_where_each_kind_of_unit_stands():
    kinds = vocabulary().kinds.values()

    assert set(value_of("SELECT * FROM members_tiers()")) == {
        (kind.code, kind.tier) for kind in kinds
    }


def test_whoever_keeps_a_roll_may_read_it():
    """The policy of members is that of ROLL: the other areas lie within it."""
    for areas in table().values():
        for area in (Area.ROLL_EDIT, Area.ACCOUNTS, Area.POSTS):
            assert areas[area] in {Reach.NONE, areas[Area.ROLL]}


def scope_of(model, actor):
    seen = model.objects.visible_to(actor)
    if model is not ReasonedReading:
        return seen
    own = model.objects.filter(member=actor.member_id or 0)
    return seen | own.shown_to_the_person(timezone.localdate())


def three_oracles_agree(seed, *, turns):
    """Each account asks for one table of as many turns, the next for the next ones."""
    with transaction.atomic():
        accounts = random_rows.make(seed, accounts=ACCOUNTS)
        world = World()
        for at, account in enumerate(Account.objects.filter(pk__in=accounts)):
            actor = queries.actor_for(account)
            scoped, locked = (all_[at % turns :: turns] for all_ in (SCOPED, LOCKED))
            first = {
                model.__name__: set(scope_of(model, actor).values_list("pk", flat=True))
                for model in scoped
            }
            with asked_by(account.pk):
                second = rows_of(*locked)
            plain = world.seen_by(account.pk)
            assert second == {name: plain[name] for name in second}
            assert first == {name: plain[name] for name in first}
        transaction.set_rollback(True)


quietly = partial(
    settings, suppress_health_check=list(HealthCheck), database=None, deadline=None
)


seeds = given(seed=st.integers(0, 2**32))


@quietly(max_examples=500 // ACCOUNTS)
@seeds
def test_scope_plain_oracle_and_row_security_agree(seed):
    """500 times: 100 accounts in each of 5 worlds, each for a fifth of the tables."""
    three_oracles_agree(seed, turns=5)


PARTS = 10  # so that all processors have something to do


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
@quietly(max_examples=20_000 // ACCOUNTS // PARTS)
@seeds
def test_scope_plain_oracle_and_row_security_agree_20_000_times(part, seed):
    three_oracles_agree(seed, turns=1)
