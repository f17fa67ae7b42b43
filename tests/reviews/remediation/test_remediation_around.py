"""What the first page, the meeting and the self-review say of remediation."""

from datetime import date, timedelta

import pytest

from campaigns.models import Participant
from members import queries as registry
from members.row_security import asked_by
from reviews.models import RemediationCheck, RemediationItem
from reviews.queries import self_reviews
from reviews.queries.remediation.due import remediation_due
from reviews.queries.remediation.meetings import remediation_section
from reviews.remediation import Act
from reviews.services.remediation import following
from reviews.services.remediation.following import Found
from tests.factories import (
    AccountFactory,
    CampaignFactory,
    CampaignUnitFactory,
    ConcludedItemFactory,
    MeetingFactory,
    MemberFactory,
    NamedPersonFactory,
    ParticipantFactory,
    RemediationCheckFactory,
    RemediationItemFactory,
    RemediationPlanFactory,
)
from tests.restricted import restricted
from tests.reviews.remediation_worlds import NOW, TODAY

pytestmark = pytest.mark.django_db


def due(actor):
    with restricted(), asked_by(actor.account_id):
        return {each.key: each for each in remediation_due(actor, today=TODAY)}


def keys(actor):
    return [key.partition("/")[0].partition(".")[2] for key in due(actor)]


def test_each_finds_what_waits_for_them_and_nobody_else_does(place):
    plan = place.plan()
    assert keys(place.person) == keys(place.secretary) == []

    place.until(plan, Act.GIVE)
    assert keys(place.secretary) == ["remediation_to_discuss"]
    place.until(plan, Act.MINUTE, Act.SEND)
    assert (keys(place.secretary), keys(place.above)) == ([], ["remediation_to_answer"])
    place.until(plan, Act.RETURN)
    assert (keys(place.person), keys(place.above)) == (["own_remediation"], [])
    assert keys(place.stranger) == []


def test_what_is_due_soon_or_late_is_told(place):
    plan = place.until(place.plan(), Act.GIVE, Act.MINUTE, Act.SEND)
    late = RemediationItemFactory(plan=plan, due_on=TODAY - timedelta(days=1))
    RemediationItemFactory(plan=plan, due_on=TODAY + timedelta(days=15))

    (own,) = due(place.person).values()
    assert (own.due_on, own.is_own) == (late.due_on, True)
    assert due(place.secretary)["reviews.remediation_overdue"].count == 1
    assert keys(place.above) == ["remediation_to_answer"]


def test_who_is_named_is_told_until_they_answer(place):
    account = AccountFactory(member=MemberFactory())
    plan = place.unit_plan()
    item = RemediationItem.objects.get(plan=plan)
    row = NamedPersonFactory(item=item, member=account.member)
    actor = registry.actor_for(account)

    assert list(due(actor)) == [f"reviews.named_responsible/{row.pk}"]
    following.answer(named=row, text="Đã rõ", actor=actor, now=NOW)
    assert due(actor) == {}


def test_it_takes_few_queries(place, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        list(remediation_due(place.person, today=TODAY))
    with django_assert_max_num_queries(5):
        list(remediation_due(place.secretary, today=TODAY))


@pytest.fixture
def meeting(place):
    campaign = CampaignFactory(state="OPEN", opened_at=NOW, rule_set_resolved={})
    unit = CampaignUnitFactory(campaign=campaign, live_unit=place.cell)
    return MeetingFactory(unit=unit, on=TODAY)


def lines_at(meeting, actor):
    section = remediation_section(meeting, actor)
    return list(section.lines) if section else []


def test_what_is_behind_stands_on_the_meeting_and_then_what_was_found(place, meeting):
    plan = place.until(place.plan(), Act.GIVE, Act.MINUTE)
    item = RemediationItem.objects.get(plan=plan)
    assert lines_at(meeting, place.secretary) == []
    RemediationItem.objects.update(due_on=TODAY - timedelta(days=1))

    (behind,) = lines_at(meeting, place.secretary)
    assert behind.startswith("Đỗ Thị Yến, Còn chậm báo cáo: due on 22/11/2026")
    assert lines_at(meeting, place.stranger) == lines_at(meeting, place.person) == []

    found = Found(on=TODAY, state=RemediationCheck.State.DONE, note="Đủ")
    following.check(item=item, version=1, found=found, actor=place.secretary, now=NOW)
    (spoken,) = lines_at(meeting, place.secretary)
    assert spoken == "Đỗ Thị Yến, Còn chậm báo cáo: put right. Đủ"
    assert RemediationCheck.objects.get().meeting == meeting


def beside(participant, actor):
    notes = self_reviews.beside(participant, actor)
    return {key: each[0].lines for key, each in notes.items()}


def test_the_self_review_begins_with_what_was_to_be_put_right(place):
    plan = RemediationPlanFactory(member=place.member, state="ACCEPTED")
    open_ = RemediationItemFactory(
        plan=plan, shortcoming="Chậm", due_on=date(2027, 1, 1)
    )
    RemediationCheckFactory(item=open_, note="Còn hai")
    ended = {"plan": plan, "state": "DONE"}
    RemediationItemFactory(**ended, shortcoming="Xong", ended_on=date(2026, 3, 1))
    RemediationItemFactory(**ended, shortcoming="Cũ", ended_on=date(2025, 3, 1))
    RemediationItemFactory(plan__member=place.member, shortcoming="Nháp")
    named = NamedPersonFactory(
        item=ConcludedItemFactory(shortcoming="Buông lỏng"), member=place.member
    )
    participant = Participant.objects.get(
        pk=ParticipantFactory(
            member=place.member, campaign=CampaignFactory(year=2026)
        ).pk
    )

    with restricted(), asked_by(place.person.account_id):
        notes = beside(participant, place.person)

    assert notes["remedied"] == (
        "Chậm (until 01/01/2027): being put right. Còn hai",
        "Xong (until 31/03/2027): put right",
    )
    (line,) = notes["collective"]
    assert line.endswith("12-TB/UBKT: Buông lỏng (Phó bí thư)")
    assert named.item.plan.unit.name in line
    with restricted(), asked_by(place.stranger.account_id):
        assert beside(participant, place.stranger) == {}
