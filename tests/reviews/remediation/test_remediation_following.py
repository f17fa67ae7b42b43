"""What becomes of the items of a plan: checks, repetitions, the persons responsible."""

from datetime import date

import pytest

from members import queries as registry
from members.models import Event, Membership
from members.row_security import asked_by
from members.services.versions import ChangedMeanwhile
from reviews.models import (
    NamedPerson,
    RemediationCheck,
    RemediationItem,
)
from reviews.queries.remediation import lists, reading
from reviews.remediation import Act
from reviews.services.remediation import following
from reviews.services.remediation.following import Named
from reviews.services.remediation.shared import RemediationRefused
from tests.factories import (
    AccountFactory,
    ConcludedItemFactory,
    MemberFactory,
    UnitFactory,
)
from tests.restricted import restricted
from tests.reviews.remediation_worlds import (
    NOW,
    TODAY,
    add,
    checked,
    holder,
)

pytestmark = pytest.mark.django_db
Check = RemediationCheck.State
LATER = date(2027, 6, 30)


def named(item, actor, **facts):
    item.refresh_from_db()
    words = {"name": "Trần Văn Bình", "post": "Bí thư", "from_on": date(2021, 5, 1)}
    with restricted(), asked_by(actor.account_id):
        return following.name_person(
            item=item, version=item.version, named=Named(**words | facts),
            actor=actor, now=NOW,
        )  # fmt: skip


@pytest.fixture
def item(place):
    place.until(place.plan(), Act.GIVE, Act.MINUTE)
    return RemediationItem.objects.get()


def test_an_item_is_checked_given_longer_and_done(place, item):
    checked(item, place.secretary, Check.BEHIND, note="Còn hai báo cáo chậm")
    checked(item, place.secretary, Check.EXTENDED, note="Chờ biểu mẫu", due_on=LATER)
    checked(item, place.secretary, Check.DONE)

    item.refresh_from_db()
    assert (item.state, item.due_on, item.ended_on) == ("DONE", LATER, TODAY)
    assert RemediationCheck.objects.filter(item=item).count() == 3
    with pytest.raises(RemediationRefused, match="has ended"):
        checked(item, place.secretary, Check.ON_TRACK)


@pytest.mark.parametrize(
    ("state", "facts", "column"),
    [
        (Check.EXTENDED, {"note": "Chờ", "due_on": date(2027, 3, 31)}, "due_on"),
        (Check.EXTENDED, {"note": "Chờ"}, "due_on"),
        (Check.EXTENDED, {"due_on": LATER}, "note"),
        (Check.REFERRED, {}, "note"),
        (Check.ON_TRACK, {"due_on": LATER}, "due_on"),
        (Check.DONE, {"on": date(2026, 11, 24)}, "on"),
    ],
)
def test_a_check_says_what_it_needs(place, item, state, facts, column):
    with pytest.raises(RemediationRefused) as refusal:
        checked(item, place.secretary, state, **facts)
    assert refusal.value.column == column
    assert not RemediationCheck.objects.exists()


def test_checks_go_forward_in_time(place, item):
    checked(item, place.secretary, Check.ON_TRACK)

    with pytest.raises(RemediationRefused, match="later day"):
        checked(item, place.secretary, Check.BEHIND, on=date(2026, 11, 1))


def test_only_whoever_keeps_it_follows_it_and_not_before_it_was_discussed(place):
    place.until(place.plan(), Act.GIVE)
    item = RemediationItem.objects.get()
    with pytest.raises(RemediationRefused):
        checked(item, place.secretary, Check.DONE)
    place.until(item.plan, Act.MINUTE, Act.SEND)

    for actor in (place.person, place.above, place.stranger):
        with pytest.raises(RemediationRefused):
            checked(item, actor, Check.DONE)
    checked(item, place.secretary, Check.DONE)


def test_of_two_who_check_at_once_the_second_sees_the_first(place, item):
    checked(item, place.secretary, Check.ON_TRACK)

    with pytest.raises(ChangedMeanwhile):
        checked(item, place.secretary, Check.DONE, version=1)


def test_an_item_goes_on_being_followed_after_a_transfer(place, item):
    new = UnitFactory(parent=place.committee, kind="CELL")
    Membership.objects.update(until_on=TODAY, ending="TRANSFERRED")
    Membership.objects.create(member=place.member, unit=new, from_on=TODAY)
    received = holder(new)

    assert lists.followed_at(place.cell, place.secretary, today=TODAY) == []
    (line,) = lists.followed_at(new, received, today=TODAY)
    assert (line.read.item, line.name) == (item, "Đỗ Thị Yến")
    checked(item, received, Check.DONE)


def test_a_repetition_is_marked_by_the_competent_body(place):
    root = {"plan__unit": place.cell, "plan__state": "ACCEPTED"}
    earlier = ConcludedItemFactory(document_on=date(2025, 1, 5), **root)
    foreign = ConcludedItemFactory(document_on=date(2025, 1, 5))
    plan = place.until(place.unit_plan(), Act.MINUTE, Act.SEND)
    item = RemediationItem.objects.get(plan=plan)

    def mark(actor, other, version=1):
        with restricted(), asked_by(actor.account_id):
            following.mark_repeated(
                item=item, version=version, earlier=other, actor=actor, now=NOW
            )

    assert reading.earlier_of(item, place.secretary) == [earlier]
    for actor, other in (
        (place.secretary, earlier), (place.above, foreign), (place.above, item),
    ):  # fmt: skip
        with pytest.raises(RemediationRefused):
            mark(actor, other)
    mark(place.above, earlier)
    item.refresh_from_db()
    assert item.repeats == earlier


def test_a_person_who_has_left_is_named_told_and_answers_once(place):
    gone = MemberFactory(full_name="Trần Văn Bình", cell=UnitFactory())
    account = AccountFactory(member=gone)
    place.unit_plan()
    item = RemediationItem.objects.get()
    row = named(item, place.secretary, code=gone.code.lower())

    actor = registry.actor_for(account)
    with restricted(), asked_by(account.pk):
        assert lists.own_named(actor) == [row]
        following.answer(named=row, text="Khi đó đã bàn giao", actor=actor, now=NOW)
    row.refresh_from_db()
    assert (row.answer, row.answered_at) == ("Khi đó đã bàn giao", NOW)
    assert Event.objects.filter(action="remediation.named", member=gone).exists()
    with pytest.raises(RemediationRefused, match="already"):
        following.answer(named=row, text="Thêm", actor=actor, now=NOW)
    with pytest.raises(RemediationRefused, match="Only the person"):
        following.answer(named=row, text="Thay", actor=place.person, now=NOW)


@pytest.mark.parametrize(
    ("facts", "column"),
    [
        ({}, "organisation"),
        ({"code": "KHÔNG-CÓ"}, "code"),
        ({"code": "DV-BINH", "name": "Người Khác"}, "code"),
        ({"organisation": "Sở Nội vụ", "until_on": date(2020, 1, 1)}, "until_on"),
    ],
)
def test_a_person_named_has_to_fit(place, facts, column):
    MemberFactory(code="DV-BINH", full_name="Trần Văn Bình")
    place.unit_plan()
    item = RemediationItem.objects.get()

    with pytest.raises(RemediationRefused) as refusal:
        named(item, place.secretary, **facts)
    assert refusal.value.column == column
    assert not NamedPerson.objects.exists()


def test_nobody_is_named_twice_or_for_what_was_not_concluded(place):
    person = MemberFactory(full_name="Trần Văn Bình")
    plan = place.unit_plan()
    own = add(plan, place.secretary)
    concluded = RemediationItem.objects.get(source="CONCLUDED")
    named(concluded, place.secretary, code=person.code)

    with pytest.raises(RemediationRefused, match="named already"):
        named(concluded, place.secretary, code=person.code)
    with pytest.raises(RemediationRefused, match="concluded"):
        named(own, place.secretary, code=person.code)
    with pytest.raises(RemediationRefused):
        named(concluded, place.above, code=person.code)
