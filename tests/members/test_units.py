"""Changes to the live tree: its paths, its states, its decisions."""

import threading
import time
from datetime import date

import pytest
from django.db import connection, transaction

from members.models import Event, Membership, PartyUnit, Post, UnitState, UnitSuccession
from members.queries import actor_for
from members.services import units
from members.services.decisions import apply_decision
from members.services.units import create_unit
from tests.factories import (
    NOON,
    OPENED,
    MemberFactory,
    MembershipFactory,
    PostFactory,
    UnitChangeFactory,
    UnitDecisionFactory,
)
from tests.members.decisions import DAY, Act, decide, tree, tree_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_a_new_unit_has_a_path_below_its_parent_and_a_first_state(district):
    unit = create_unit(
        code="4",
        name="Chi bộ thôn 4",
        kind="CELL",
        sector="COMMUNE",
        parent=district["G"],
        on=DAY,
    )

    assert tree()["4"] == "1.1.3"
    state = UnitState.objects.get(unit=unit)
    assert (state.name, state.kind, state.sector, state.parent) == (
        "Chi bộ thôn 4",
        "CELL",
        "COMMUNE",
        district["G"],
    )
    assert (state.from_on, state.until_on, state.decision) == (DAY, None, None)


def test_roots_stand_beside_each_other():
    for code in ("A", "B"):
        create_unit(code=code, name=code, kind="SUPERIOR", on=DAY)

    assert tree() == {"A": "1", "B": "2"}


def test_a_decision_creates_renames_and_closes_in_its_order(district):
    a, three, h = district["A"], district["3"], district["H"]

    decision = decide(
        {"act": Act.CREATE, "target": a, "code": "K", "name": "Đảng bộ K",
         "kind": "GRASSROOTS_COMMITTEE", "sector": "WARD"},
        {"act": Act.RENAME, "unit": h, "name": "Đảng bộ phường H", "sector": "WARD"},
        {"act": Act.MOVE, "unit": three, "target": district["G"]},
        {"act": Act.CLOSE, "unit": h, "position": 9},
    )  # fmt: skip

    created = PartyUnit.objects.get(code="K")
    assert tree() == {
        "A": "1", "G": "1.1", "1": "1.1.1", "2": "1.1.2", "3": "1.1.3",
        "H": "1.2", "K": "1.3",
    }  # fmt: skip
    assert decision.changes.first().unit == created
    assert UnitState.objects.get(unit=created).decision == decision
    h.refresh_from_db()
    assert (h.name, h.kind, h.sector, h.closed_on, h.version) == (
        "Đảng bộ phường H",
        "GRASSROOTS_COMMITTEE",
        "WARD",
        DAY,
        3,
    )


def test_a_decision_is_recorded_with_who_applied_it(district):
    account = PostFactory(unit=district["A"]).account
    decision = UnitDecisionFactory()
    UnitChangeFactory(decision=decision, unit=district["1"], name="Chi bộ Một")

    apply_decision(decision=decision, actor=actor_for(account), now=NOON)

    decision.refresh_from_db()
    assert (decision.applied_at, decision.applied_by) == (NOON, account)
    event = Event.objects.get()
    assert (event.action, event.subject_kind, event.subject_id, event.data) == (
        "units.decision_applied",
        "members.unitdecision",
        decision.pk,
        {"changes": 1},
    )
    assert (event.account, event.at) == (account, NOON)


def test_the_tree_of_every_past_day_can_be_read(district):
    decide({"act": Act.RENAME, "unit": district["1"], "name": "Chi bộ Một"},
           on=date(2015, 3, 1))  # fmt: skip
    decide({"act": Act.MOVE, "unit": district["1"], "target": district["H"]},
           on=date(2020, 3, 1))  # fmt: skip
    decide({"act": Act.CLOSE, "unit": district["2"]}, on=date(2022, 3, 1))
    others = [("3", "Chi bộ 3", "H"), ("A", "Đảng bộ huyện A", None),
              ("G", "Đảng bộ G", "A"), ("H", "Đảng bộ H", "A")]  # fmt: skip

    assert tree_on(date(2009, 12, 31)) == []
    before = [("1", "Chi bộ 1", "G"), ("2", "Chi bộ 2", "G"), *others]
    assert tree_on(OPENED) == tree_on(date(2015, 2, 28)) == before
    renamed = [("1", "Chi bộ Một", "G"), ("2", "Chi bộ 2", "G"), *others]
    assert tree_on(date(2015, 3, 1)) == tree_on(date(2020, 2, 29)) == renamed
    moved = [("1", "Chi bộ Một", "H"), ("2", "Chi bộ 2", "G"), *others]
    assert tree_on(date(2020, 3, 1)) == tree_on(date(2022, 2, 28)) == moved
    assert tree_on(date(2022, 3, 1)) == [moved[0], *others]


def test_a_unit_moves_with_everything_below_it(district):
    decide({"act": Act.MOVE, "unit": district["G"], "target": district["H"]})

    assert tree() == {
        "A": "1", "H": "1.2", "3": "1.2.1", "G": "1.2.2", "1": "1.2.2.1", "2": "1.2.2.2",
    }  # fmt: skip
    assert PartyUnit.objects.get(code="G").parent == district["H"]
    assert PartyUnit.objects.get(code="1").parent == district["G"]
    versions = dict(PartyUnit.objects.values_list("code", "version"))
    assert versions == {"A": 1, "H": 1, "3": 1, "G": 2, "1": 2, "2": 2}


def test_numbers_never_meet_when_units_move_away_and_back(district):
    g, h, two = district["G"], district["H"], district["2"]

    decide({"act": Act.MOVE, "unit": two, "target": h})
    create_unit(code="4", name="Chi bộ 4", kind="CELL", parent=g, on=DAY)
    decide({"act": Act.MOVE, "unit": two, "target": g})
    create_unit(code="5", name="Chi bộ 5", kind="CELL", parent=h, on=DAY)

    assert tree() == {
        "A": "1", "G": "1.1", "1": "1.1.1", "4": "1.1.2", "2": "1.1.3",
        "H": "1.2", "3": "1.2.1", "5": "1.2.2",
    }  # fmt: skip


def test_a_closed_unit_keeps_its_number(district):
    decide({"act": Act.CLOSE, "unit": district["2"]})

    create_unit(code="4", name="Chi bộ 4", kind="CELL", parent=district["G"], on=DAY)

    assert (tree()["2"], tree()["4"]) == ("1.1.2", "1.1.3")


def test_a_merge_moves_people_and_children_and_records_the_successor(district):
    g, h, one, two = (district[code] for code in ("G", "H", "1", "2"))
    guest = MemberFactory(code="guest", cell=district["3"])
    MembershipFactory(member=guest, unit=one, kind=Membership.Kind.TEMPORARY)
    MemberFactory(code="stays", cell=two)
    MemberFactory(code="moves", cell=one)
    gone = MemberFactory(code="gone")
    MembershipFactory(member=gone, unit=one, until_on=OPENED, ending="DIED")

    decision = decide(
        {"act": Act.MERGE, "unit": one, "target": two},
        {"act": Act.MERGE, "unit": h, "target": g},
    )

    assert tree() == {
        "A": "1", "G": "1.1", "1": "1.1.1", "2": "1.1.2", "3": "1.1.3", "H": "1.2",
    }  # fmt: skip
    rows = Membership.objects.order_by("member__code", "from_on", "unit__code")
    assert [
        (
            row.member.code,
            row.unit.code,
            row.kind,
            row.from_on,
            row.until_on,
            row.ending,
        )
        for row in rows.select_related("member", "unit")
    ] == [
        ("gone", "1", "OFFICIAL", OPENED, OPENED, "DIED"),
        ("guest", "1", "TEMPORARY", OPENED, DAY, "REORGANISED"),
        ("guest", "3", "OFFICIAL", OPENED, None, ""),
        ("guest", "2", "TEMPORARY", DAY, None, ""),
        ("moves", "1", "OFFICIAL", OPENED, DAY, "REORGANISED"),
        ("moves", "2", "OFFICIAL", DAY, None, ""),
        ("stays", "2", "OFFICIAL", OPENED, None, ""),
    ]
    successions = UnitSuccession.objects.order_by("pk")
    assert list(
        successions.values_list("predecessor", "successor", "decision", "on")
    ) == [(one.pk, two.pk, decision.pk, DAY), (h.pk, g.pk, decision.pk, DAY)]
    closed = PartyUnit.objects.exclude(closed_on=None).order_by("code")
    assert list(closed.values_list("code", "closed_on")) == [("1", DAY), ("H", DAY)]
    assert tree_on(DAY) == [
        ("2", "Chi bộ 2", "G"),
        ("3", "Chi bộ 3", "G"),
        ("A", "Đảng bộ huyện A", None),
        ("G", "Đảng bộ G", "A"),
    ]


def test_posts_end_with_their_unit_and_are_logged(district):
    merged, closed, kept = (
        PostFactory(unit=district[code]) for code in ("1", "3", "2")
    )

    decision = decide(
        {"act": Act.MERGE, "unit": district["1"], "target": district["2"]},
        {"act": Act.CLOSE, "unit": district["3"]},
    )

    assert list(Post.objects.filter(ended_at=None)) == [kept]
    ended = Post.objects.exclude(ended_at=None).order_by("pk")
    assert list(ended.values_list("pk", "ended_at", "ended_by_document")) == [
        (merged.pk, NOON, decision.number),
        (closed.pk, NOON, decision.number),
    ]
    events = Event.objects.filter(action="posts.ended").order_by("pk")
    assert list(events.values_list("subject_id", "unit")) == [
        (merged.pk, district["1"].pk),
        (closed.pk, district["3"].pk),
    ]


def test_changes_of_one_day_make_one_state_that_names_the_last_decision(district):
    decide({"act": Act.RENAME, "unit": district["1"], "name": "Một"})

    last = decide({"act": Act.MOVE, "unit": district["1"], "target": district["H"]})

    states = UnitState.objects.filter(unit=district["1"]).order_by("from_on")
    assert list(states.values_list("name", "parent", "from_on", "decision")) == [
        ("Chi bộ 1", district["G"].pk, OPENED, None),
        ("Một", district["H"].pk, DAY, last.pk),
    ]


def test_a_unit_that_is_closed_on_the_day_it_was_opened_was_never_in_force(district):
    decide({"act": Act.CREATE, "target": district["A"], "code": "K", "name": "K",
            "kind": "CELL"})  # fmt: skip
    created = PartyUnit.objects.get(code="K")

    decide({"act": Act.CLOSE, "unit": created})

    created.refresh_from_db()
    assert (created.opened_on, created.closed_on) == (DAY, DAY)
    assert not UnitState.objects.filter(unit=created).exists()


@pytest.mark.django_db(transaction=True)
def test_a_unit_added_below_a_subtree_while_it_moves_stands_where_it_moved_to(district):
    g, h, one = district["G"], district["H"], district["1"]
    added, moving = threading.Event(), threading.Event()

    def add():
        with transaction.atomic():
            create_unit(code="9", name="Tổ 9", kind="CELL", parent=one, on=DAY)
            added.set()
            moving.wait(10)
            time.sleep(0.5)  # the move has begun and waits for this transaction
        connection.close()

    adder = threading.Thread(target=add)
    adder.start()
    assert added.wait(10)
    moving.set()
    decide({"act": Act.MOVE, "unit": g, "target": h})
    adder.join()

    assert (tree()["1"], tree()["9"]) == ("1.2.2.1", "1.2.2.1.1")


@pytest.mark.django_db(transaction=True)
def test_rows_that_refer_to_a_unit_do_not_wait_for_a_change_of_the_tree(district):
    written = threading.Event()

    def write():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
        try:
            PostFactory(unit=district["A"])
            written.set()
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    with transaction.atomic():
        units.lock_tree()
        writer.start()
        writer.join()

    assert written.is_set()
