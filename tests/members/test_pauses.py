from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from members.models import ActivityPause, Event
from members.services import memberships, pauses
from tests.factories import NOON, MemberFactory, UnitFactory
from tests.members.keepers import keeper_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

MAY, JUNE = date(2024, 5, 1), date(2024, 6, 1)
Kind = ActivityPause.Kind


@pytest.fixture
def cell():
    return UnitFactory()


@pytest.fixture
def member(cell):
    return MemberFactory(cell=cell)


def begin(member, cell, *, kind=Kind.EXEMPT, on=MAY):
    return pauses.begin_pause(
        member=member,
        kind=kind,
        from_on=on,
        document="QĐ 1",
        actor=keeper_of(cell),
        now=NOON,
    )


def end(member, cell, *, on=JUNE):
    pauses.end_pause(
        member=member, on=on, document="QĐ 2", actor=keeper_of(cell), now=NOON
    )


def test_a_pause_begins_and_ends_by_documents(member, cell):
    begin(member, cell)
    end(member, cell)
    begin(member, cell, kind=Kind.SUSPENDED, on=JUNE)

    rows = ActivityPause.objects.order_by("pk")
    assert list(
        rows.values_list("kind", "from_on", "until_on", "document", "ended_by_document")
    ) == [
        ("EXEMPT", MAY, JUNE, "QĐ 1", "QĐ 2"),
        ("SUSPENDED", JUNE, None, "QĐ 1", ""),
    ]
    assert list(
        Event.objects.order_by("pk").values_list("action", "member", "data__kind")
    ) == [
        ("pauses.begun", member.pk, "EXEMPT"),
        ("pauses.ended", member.pk, "EXEMPT"),
        ("pauses.begun", member.pk, "SUSPENDED"),
    ]


def test_what_cannot_be_is_refused(member, cell):
    with pytest.raises(pauses.PauseNotPossible, match="neither exempt nor suspended"):
        end(member, cell)
    begin(member, cell)
    with pytest.raises(pauses.PauseNotPossible) as second:
        begin(member, cell, kind=Kind.SUSPENDED)
    with pytest.raises(pauses.PauseNotPossible, match=r"it began \(01/05/2024\)"):
        end(member, cell, on=date(2024, 4, 30))
    with pytest.raises(memberships.MemberNotMovable, match="is on no roll"):
        begin(MemberFactory(), cell)

    assert str(second.value) == (
        "Nguyễn Văn An: Exempt from work and meetings since 01/05/2024 already."
    )
    assert ActivityPause.objects.count() == 1


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({}, "activitypause_one_at_a_time"),
        ({"until_on": date(2024, 4, 1)}, "activitypause_ends_after_it_begins"),
    ],
)
def test_the_database_refuses_two_at_once_and_an_end_before_the_beginning(
    member, cell, columns, constraint
):
    begin(member, cell)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ActivityPause.objects.create(
            member=member, kind=Kind.EXEMPT, from_on=MAY, document="QĐ 3", **columns
        )


def test_a_pause_neither_begins_nor_ends_on_a_day_to_come(member, cell):
    tomorrow = NOON.date() + timedelta(days=1)

    with pytest.raises(memberships.MemberNotMovable, match="has not come yet"):
        begin(member, cell, on=tomorrow)
    begin(member, cell)
    with pytest.raises(memberships.MemberNotMovable, match="has not come yet"):
        end(member, cell, on=tomorrow)

    assert ActivityPause.objects.get().until_on is None
