import threading
import unicodedata
from contextlib import closing
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members import bulk
from members.models import Account, Event, Member, PartyUnit, Post
from members.policy import Role
from tests.factories import AccountFactory, MemberFactory, UnitFactory

MOMENT = datetime(2024, 12, 1, 5, 30, 15, 250_000, tzinfo=UTC)
AWKWARD = [
    "tab\there",
    "line\nend\r\nhere",
    r"C:\new\t \N \.",
    "\\",
    "“Đảng ủy”, 'x', \"y\"; --",
    "\b\f\v",
    "𠀀 🙂",
    "",
]


def write_members(full_names):
    """Insert one member for each name and read the names back."""
    bulk.insert(
        Member,
        {
            "code": [f"DV{at}" for at in range(len(full_names))],
            "full_name": full_names,
            "sort_key": [""] * len(full_names),
        },
    )
    rows = Member.objects.order_by("pk").values_list("full_name", flat=True)
    return list(rows)[-len(full_names) :]


@pytest.mark.django_db
def test_text_arrives_as_it_is():
    assert write_members(AWKWARD) == AWKWARD


# A text of one line is what is kept; only the NUL cannot be.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@pytest.mark.django_db(transaction=True)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXTS.filter(lambda text: len(text) < 250), min_size=1, max_size=20))
def test_any_text_arrives_composed_and_else_as_it_is(texts):
    Member.objects.all().delete()

    assert write_members(texts) == [unicodedata.normalize("NFC", t) for t in texts]


@pytest.mark.django_db
def test_values_of_every_kind_and_defaults_arrive():
    unit, account = UnitFactory(), AccountFactory()

    written = bulk.insert(
        Post,
        {
            "account_id": [account.pk, account.pk],
            "unit_id": [unit.pk, unit.pk],
            "role": [Role.CLERK, Role.SECRETARY],
            "from_on": [date(2024, 1, 1), date(2024, 2, 1)],
            "planned_until": [None, date(2025, 2, 1)],
            "ended_at": [None, MOMENT],
        },
    )

    rows = Post.objects.order_by("from_on").values_list(
        "account", "unit", "role", "from_on", "planned_until", "ended_at", "title"
    )
    assert written == 2
    assert list(rows) == [
        (account.pk, unit.pk, "CLERK", date(2024, 1, 1), None, None, ""),
        (
            account.pk,
            unit.pk,
            "SECRETARY",
            date(2024, 2, 1),
            date(2025, 2, 1),
            MOMENT,
            "",
        ),
    ]


@pytest.mark.django_db
def test_bools_arrive():
    columns = {
        "login": ["a", "b"],
        "display_name": ["A", "B"],
        "password": ["", ""],
        "created_at": [MOMENT, MOMENT],
        "is_active": [True, False],
    }

    bulk.insert(Account, columns)

    rows = Account.objects.order_by("login").values_list("is_active", "is_technical")
    assert list(rows) == [(True, False), (False, False)]


@pytest.mark.django_db
def test_more_rows_than_a_batch_arrive_in_their_order(monkeypatch):
    monkeypatch.setattr(bulk, "BATCH", 2)
    texts = [f"Nguyễn Văn {number}" for number in range(5)]

    assert write_members(texts) == texts


@pytest.mark.django_db
def test_columns_of_no_rows_write_nothing():
    assert bulk.insert(Member, {"code": [], "full_name": [], "sort_key": []}) == 0
    assert not Member.objects.exists()


@pytest.mark.django_db
def test_columns_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="argument 3 is shorter"):
        bulk.insert(Member, {"code": ["a", "b"], "full_name": ["A"]})


@pytest.mark.django_db
def test_the_key_of_a_code_is_worked_out():
    bulk.insert(
        Member,
        {"code": ["ĐV 1", "dv2"], "full_name": ["A", "B"], "sort_key": ["a", "b"]},
    )

    rows = Member.objects.order_by("code_key").values_list("code", "code_key")
    assert list(rows) == [("ĐV 1", "dv 1"), ("dv2", "dv2")]


@pytest.mark.django_db
def test_ids_are_new_and_may_be_given():
    before = MemberFactory().pk

    ids = bulk.new_ids(Member, 3)
    bulk.insert(
        Member,
        {
            "id": ids,
            "code": ["a", "b", "c"],
            "full_name": ["A", "B", "C"],
            "sort_key": ["", "", ""],
        },
    )

    assert ids == [before + 1, before + 2, before + 3]
    assert set(Member.objects.values_list("pk", flat=True)) == {before, *ids}
    assert MemberFactory().pk == before + 4


@pytest.mark.django_db
def test_no_ids_ask_the_database_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert bulk.new_ids(Member, 0) == []


@pytest.mark.django_db(transaction=True)
def test_callers_at_the_same_time_never_get_the_same_id():
    taken, start = [], threading.Barrier(8)

    def take():
        with closing(connection):
            start.wait(10)
            taken.extend(bulk.new_ids(Event, 200))

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(taken) == len(set(taken)) == 1600


def rows_of(sqlite, query):
    with sqlite.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def test_sqlite_gets_the_same_text(sqlite):
    texts = [*AWKWARD, unicodedata.normalize("NFD", "Đỗ Yến")]

    bulk.insert(
        Member,
        {
            "code": [str(at) for at in range(len(texts))],
            "full_name": texts,
            "sort_key": [""] * len(texts),
        },
    )

    rows = rows_of(sqlite, "SELECT full_name FROM members_member ORDER BY id")
    assert [name for (name,) in rows] == [*AWKWARD, "Đỗ Yến"]


def test_sqlite_gets_dates_and_moments_as_django_writes_them(sqlite):
    bulk.insert(
        Post,
        {
            "unit_id": [1, 1],
            "role": ["CLERK", "CLERK"],
            "from_on": [date(2024, 1, 1), date(2024, 2, 1)],
            "planned_until": [None, date(2025, 2, 1)],
            "ended_at": [None, MOMENT],
            "account_id": [1, 1],
        },
    )

    rows = rows_of(
        sqlite,
        "SELECT CAST(from_on AS text), CAST(planned_until AS text),"
        " CAST(ended_at AS text), title FROM members_post ORDER BY id",
    )
    assert rows == [
        ("2024-01-01", None, None, ""),
        ("2024-02-01", "2025-02-01", "2024-12-01 05:30:15.250000", ""),
    ]


def test_sqlite_never_gives_the_id_of_a_deleted_row_again(sqlite):
    assert bulk.new_ids(PartyUnit, 2) == [1, 2]
    columns = {
        "id": [1, 2],
        "code": ["a", "b"],
        "name": ["A", "B"],
        "kind": ["CELL", "CELL"],
        "path": ["0000001", "0000002"],
        "opened_on": [date(2024, 1, 1), date(2024, 1, 1)],
    }
    bulk.insert(PartyUnit, columns)
    with sqlite.cursor() as cursor:
        cursor.execute("DELETE FROM members_partyunit WHERE id = 2")

    assert bulk.new_ids(PartyUnit, 2) == [3, 4]


@pytest.mark.django_db
def test_after_many_rows_the_planner_knows_how_many_there_are():
    MemberFactory.create_batch(30)

    bulk.refresh_statistics([Member])

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reltuples FROM pg_class WHERE relname = 'members_member'"
        )
        assert cursor.fetchone() == (30,)
