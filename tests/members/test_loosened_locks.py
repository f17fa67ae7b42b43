"""Each policy of the second lock is taken away in turn, and something notices.

In a savepoint a policy is opened or dropped, or its table unlocked; then what the
database shows to some accounts is compared with the plain oracle.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from secrets import token_hex

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction

from campaigns.models import CampaignUnit
from members.models import (
    Account,
    AccountSession,
    Authenticator,
    CodeCard,
    FormReceipt,
    Member,
    NameWord,
    OidcLink,
    Passkey,
    Slip,
    UnitPart,
)
from members.row_security import asked_by
from reports.models import CellPapers
from tests.factories import UnitChangeFactory
from tests.members import random_rows
from tests.members.row_policies import LOCKED, OPENED, rows_of
from tests.members.seen_rows import World

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
SEED = 16  # of a world with rows of every table, seen by some and not by others
ACCOUNTS = 20
# What the plain oracle does not tell: rows for the account that they belong to; rows
# that say nothing by themselves, for whoever is known; rows for nobody.
OWN = (AccountSession, Authenticator, CodeCard, FormReceipt, OidcLink, Passkey)
KNOWN = (Account, NameWord, UnitPart)
NOBODYS = (Slip,)
ALL = (*LOCKED, *OWN, CellPapers, *KNOWN, *NOBODYS)

LOOSENED = {
    "opened": "ALTER POLICY {table}_seen ON {table} USING (true)",
    "dropped": "DROP POLICY {table}_seen ON {table}",
    "unlocked": "ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
}


def test_every_locked_table_is_looked_at():
    assert {model._meta.db_table for model in ALL} == set(OPENED)


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker) -> Iterator[list[int | None]]:
    """A world with rows of every locked table; who looks at it, nobody first."""
    with django_db_blocker.unblock(), transaction.atomic():
        found = random_rows.make(SEED, accounts=ACCOUNTS)
        for account in Account.objects.filter(pk__in=found[:2]):
            _belongings(account)
        person = Member.objects.order_by("pk")[0]
        NameWord.objects.create(member=person, word="an")
        UnitPart.objects.create(change=UnitChangeFactory(), member=person)
        # A table is not altered while foreign keys of its rows wait to be checked.
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield [None, *found]
        transaction.set_rollback(True)


@pytest.fixture
def accounts(built, db) -> list[int | None]:
    return built


def _belongings(account: Account) -> None:
    """Write a row of each table whose rows belong to an account."""
    store = SessionStore()
    store.create()
    begun = {"session_id": store.session_key, "begun_at": NOW, "seen_at": NOW}
    for model, columns in {
        AccountSession: begun,
        Authenticator: {"seed": "A", "last_step": 0, "added_at": NOW},
        CodeCard: {"codes": "A", "printed_at": NOW},
        FormReceipt: {"digest": token_hex(32), "at": NOW},
        OidcLink: {"issuer": "i", "subject": str(account.pk), "linked_at": NOW},
        Passkey: {
            "credential": token_hex(8).encode(),
            "public_key": b"k",
            "added_at": NOW,
        },
        Slip: {"code_hash": token_hex(32), "printed_at": NOW},
    }.items():
        model.objects.create(account=account, **columns)
    placed = CampaignUnit.objects.order_by("pk")[0]
    CellPapers.objects.create(
        campaign_id=placed.campaign_id,
        unit_id=placed.live_unit_id,
        requested_by=account,
        requested_at=NOW,
    )


def allowed(world: World, account_id: int | None) -> dict[str, set[int]]:
    """Return the rows that an account may see, by model."""
    if account_id is None:
        return {model.__name__: set() for model in ALL}
    own = {
        model: set(
            model.objects.filter(**{column: account_id}).values_list("pk", flat=True)
        )
        for model, column in {
            **dict.fromkeys(OWN, "account"),
            CellPapers: "requested_by",
        }.items()
    }
    known = {model: set(model.objects.values_list("pk", flat=True)) for model in KNOWN}
    rest = {**own, **known, **dict.fromkeys(NOBODYS, set())}
    return {
        **world.seen_by(account_id),
        **{model.__name__: rows for model, rows in rest.items()},
    }


@pytest.fixture(scope="module")
def expected(built, django_db_blocker) -> dict[int | None, dict[str, set[int]]]:
    """What each account may see, by the plain oracle: no policy changes it."""
    with django_db_blocker.unblock():
        world = World()
        return {account_id: allowed(world, account_id) for account_id in built}


def wrong(expected, *models) -> Iterator[str]:
    """Yield the models of which somebody sees other rows than they may."""
    for account_id, may_see in expected.items():
        with asked_by(account_id):
            seen = rows_of(*models)
        yield from (name for name, rows in seen.items() if rows != may_see[name])


def test_nothing_is_wrong_while_every_policy_stands(accounts, expected):
    assert list(wrong(expected, *ALL)) == []


# Rows that nobody sees are as unseen without their policy.
TAKEN_AWAY = [
    pytest.param(model, how, id=f"{model.__name__} {how}")
    for model in ALL
    for how in LOOSENED
    if not (model in NOBODYS and how == "dropped")
]


@pytest.mark.parametrize(("model", "how"), TAKEN_AWAY)
def test_a_policy_that_is_taken_away_is_noticed(accounts, expected, model, how):
    statement = LOOSENED[how].format(table=model._meta.db_table)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        assert model.__name__ in wrong(expected, model)
        transaction.set_rollback(True)
