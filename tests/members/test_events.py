from contextlib import suppress

import pytest
from django.db import IntegrityError, transaction

from members import events
from members.models import Event, LogHead
from members.policy import NOBODY, SYSTEM, Actor, Area, Role
from members.queries import actor_for
from tests.factories import (
    NOON,
    AccountFactory,
    DistrictFactory,
    EventFactory,
    MemberFactory,
    PostFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


def test_an_act_on_a_record_is_one_row_without_personal_text():
    account, member, unit = AccountFactory(), MemberFactory(), UnitFactory()

    event = events.record(
        action="members.opened",
        subject=member,
        actor=Actor(account_id=account.pk, member_id=None),
        now=NOON,
        unit=unit,
        member=member,
        data={"rows": 1},
    )

    assert Event.objects.filter(pk=event.pk).values().get() == {
        "id": event.pk,
        "at": NOON,
        "account_id": account.pk,
        "post_id": None,
        "system_reason": "",
        "action": "members.opened",
        "subject_kind": "members.member",
        "subject_id": member.pk,
        "unit_id": unit.pk,
        "member_id": member.pk,
        "data": {"rows": 1},
        "chain": f"2024-12-01/{unit.pk}",
        "position": 1,
        "previous_hash": "",
        "hash": event.hash,
    }


def test_each_event_follows_the_one_before_it_in_the_chain_of_its_unit_and_day():
    one, other = UnitFactory(), UnitFactory()
    late = NOON.replace(hour=17)  # midnight in Vietnam
    acts = [(one, NOON), (one, NOON), (other, NOON), (None, NOON), (one, late)]

    made = [record(unit=unit, now=now) for unit, now in acts]

    assert [(event.chain, event.position) for event in made] == [
        (f"2024-12-01/{one.pk}", 1),
        (f"2024-12-01/{one.pk}", 2),
        (f"2024-12-01/{other.pk}", 1),
        ("2024-12-01/-", 1),
        (f"2024-12-02/{one.pk}", 1),
    ]
    assert [event.previous_hash for event in made] == ["", made[0].hash, "", "", ""]
    heads = LogHead.objects.values_list("chain", "position", "hash")
    assert set(heads) == {
        (event.chain, event.position, event.hash) for event in made[1:]
    }


def test_an_act_that_stands_inside_is_written_at_its_end_in_its_own_order():
    one, other = UnitFactory(), UnitFactory()

    with events.written_last():
        first = record(unit=other, action="1")
        with events.written_last():
            record(unit=one, action="2")
        record(unit=one, action="3")
        before = Event.objects.count()

    written = Event.objects.order_by("pk")
    assert (before, first) == (0, written.first())
    assert [(event.action, event.unit, event.position) for event in written] == [
        ("1", other, 1),
        ("2", one, 1),
        ("3", one, 2),
    ]


def test_what_is_taken_back_takes_its_events_along():
    with events.written_last():
        record(action="1")
        with suppress(ValueError), events.written_last():
            record(action="2")
            raise ValueError
    with suppress(ValueError), events.written_last():
        record(action="3")
        raise ValueError
    record(action="4")

    written = Event.objects.order_by("pk")
    assert list(written.values_list("action", flat=True)) == ["1", "4"]


def test_events_hold_no_fractions_which_databases_write_in_several_ways():
    with pytest.raises(TypeError, match="whole numbers only, not 0.5"):
        record(data={"part": 0.5})


def record(*, action="test", now=NOON, **act):
    return events.record(
        action=action,
        subject=act.pop("subject", None) or AccountFactory(),
        actor=SYSTEM,
        now=now,
        system_reason="test",
        **act,
    )


def test_the_post_named_is_the_narrowest_that_reaches_the_unit_in_the_area():
    district = DistrictFactory()
    cell = UnitFactory(parent=district)
    clerk = PostFactory(unit=district)
    secretary = PostFactory(account=clerk.account, unit=cell, role=Role.SECRETARY)
    actor = actor_for(clerk.account)

    def post_of(unit, area):
        event = events.record(
            action="test", subject=cell, actor=actor, now=NOON, unit=unit, area=area
        )
        return event.post_id

    assert post_of(cell, Area.FIGURES) == secretary.pk
    assert post_of(cell, Area.IMPORT) == clerk.pk
    assert post_of(district, Area.FIGURES) == clerk.pk
    assert post_of(UnitFactory(), Area.FIGURES) is None
    assert post_of(None, Area.FIGURES) is None


@pytest.mark.parametrize("actor", [NOBODY, SYSTEM])
def test_an_act_without_an_author_has_a_reason_or_is_refused(actor):
    unit = UnitFactory()

    with (
        pytest.raises(IntegrityError, match="event_has_an_author"),
        transaction.atomic(),
    ):
        events.record(action="test", subject=unit, actor=actor, now=NOON)
    event = events.record(
        action="test", subject=unit, actor=actor, now=NOON, system_reason="demo"
    )

    assert (event.account, event.system_reason) == (None, "demo")


def test_whether_an_act_is_on_record_is_told_by_action_row_and_data():
    event = EventFactory(action="imported", data={"digest": "ab", "rows": 3})
    unit = event.unit

    def happened(action="imported", subject=unit, **data):
        return events.happened(action=action, subject=subject, data=data)

    assert happened(digest="ab")
    assert happened(digest="ab", rows=3)
    assert not happened(digest="cd")
    assert not happened(action="exported", digest="ab")
    assert not happened(subject=UnitFactory(), digest="ab")
    assert not happened(subject=PostFactory(pk=unit.pk), digest="ab")
