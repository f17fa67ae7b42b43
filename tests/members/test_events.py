import pytest
from django.db import IntegrityError, transaction

from members import events
from members.models import Event
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
        "chain": "",
        "previous_hash": "",
        "hash": "",
    }


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
