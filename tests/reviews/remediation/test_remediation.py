"""Plans of remediation: their steps under the second lock, items, and what follows."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from members import queries as registry
from members.models import Account, Event, Membership
from members.policy import Role as Office
from members.row_security import asked_by
from members.services.versions import ChangedMeanwhile
from reviews import remediation
from reviews.models import RemediationItem, RemediationPlan, RemediationStep
from reviews.queries.remediation import lists, reading
from reviews.queries.remediation.roles import roles_of
from reviews.remediation import Act, Role, State
from reviews.services.remediation import items, plans
from reviews.services.remediation.items import ItemFacts
from reviews.services.remediation.shared import RemediationRefused
from tests.factories import (
    AccountFactory,
    CampaignFactory,
    CampaignUnitFactory,
    ConcludedItemFactory,
    MemberFactory,
    PostFactory,
    RemediationItemFactory,
    RemediationPlanFactory,
    UnitFactory,
)
from tests.restricted import restricted
from tests.reviews.remediation_worlds import FACTS, NOW, TODAY, add, holder, step

pytestmark = pytest.mark.django_db


def test_a_plan_goes_from_the_person_through_the_cell_to_the_committee(place):
    plan = place.until(place.plan(), Act.GIVE, Act.MINUTE, Act.SEND, Act.ACCEPT)

    plan.refresh_from_db()
    assert (plan.state, plan.goes_to) == (State.ACCEPTED, place.committee)
    told = RemediationStep.objects.filter(plan=plan).values_list("act", "text", "to")
    assert list(told) == [
        ("GIVE", "", None),
        ("MINUTE", "Chi bộ thống nhất", None),
        ("SEND", "", place.committee.pk),
        ("ACCEPT", "", None),
    ]
    assert [
        step["shortcoming"] for step in RemediationStep.objects.last().contents
    ] == ["Còn chậm báo cáo"]
    events = Event.objects.filter(action__startswith="remediation.").order_by("pk")
    assert [each.action.partition(".")[2] for each in events] == [
        "opened", "item_added", "given", "minuted", "sent", "accepted",
    ]  # fmt: skip
    assert {each.member_id for each in events} == {place.member.pk}


def test_what_is_returned_is_completed_and_goes_up_again_with_both_versions_kept(place):
    plan = place.until(place.plan(), Act.GIVE, Act.MINUTE, Act.SEND, Act.RETURN)
    assert (plan.state, plan.goes_to_id) == (State.RETURNED, None)

    item = RemediationItem.objects.get(plan=plan)
    items.change_item(
        item=item, version=1, facts=ItemFacts(**FACTS | {"measure": "Họp giao ban"}),
        actor=place.person, now=NOW,
    )  # fmt: skip
    place.until(plan, Act.GIVE, Act.MINUTE, Act.SEND)

    kept = [
        (row.act, row.contents[0]["measure"])
        for row in RemediationStep.objects.filter(act__in=["SEND", "RETURN"])
    ]
    first = "Lập lịch báo cáo hằng tuần"
    assert kept == [("SEND", first), ("RETURN", first), ("SEND", "Họp giao ban")]


STATES = {
    State.DRAFT: (),
    State.GIVEN: (Act.GIVE,),
    State.MINUTED: (Act.GIVE, Act.MINUTE),
    State.SENT: (Act.GIVE, Act.MINUTE, Act.SEND),
    State.ACCEPTED: (Act.GIVE, Act.MINUTE, Act.SEND, Act.ACCEPT),
    State.RETURNED: (Act.GIVE, Act.MINUTE, Act.SEND, Act.RETURN),
}


WHO = {"person": "AUTHOR", "secretary": "KEEPER", "above": "COMMITTEE", "stranger": ""}


@pytest.mark.parametrize("is_personal", [True, False])
@pytest.mark.parametrize("state", STATES)
def test_every_step_from_every_state_by_every_actor_follows_the_table(
    place, state, is_personal
):
    plan = place.plan() if is_personal else place.unit_plan()
    acts = [act for act in STATES[state] if is_personal or act is not Act.GIVE]
    if not is_personal and state is State.GIVEN:
        acts = []
    plan = place.until(plan, *acts)
    before = State(plan.state)
    for name in WHO:
        actor = getattr(place, name)
        for act in plans.TOLD:
            roles = roles_of(plan, actor)
            expected = remediation.after(act, before, roles, is_personal=is_personal)
            point = transaction.savepoint()
            if expected is None:
                steps = RemediationStep.objects.count()
                with pytest.raises(RemediationRefused):
                    step(plan, act, actor)
                assert RemediationStep.objects.count() == steps
                plan.refresh_from_db()
                assert plan.state == before
            else:
                assert step(plan, act, actor).state == expected
            transaction.savepoint_rollback(point)
            plan = RemediationPlan.objects.get(pk=plan.pk)


def test_who_stands_as_what_to_a_plan(place):
    plan = place.until(place.plan(), Act.GIVE, Act.MINUTE, Act.SEND)
    own = place.unit_plan()

    as_what = {
        name: (
            roles_of(plan, getattr(place, name)),
            roles_of(own, getattr(place, name)),
        )
        for name in WHO
    }
    assert as_what == {
        "person": ({Role.AUTHOR}, set()),
        "secretary": ({Role.KEEPER}, {Role.KEEPER, Role.AUTHOR}),
        "above": ({Role.COMMITTEE}, set()),
        "stranger": (set(), set()),
    }


def test_nobody_keeps_or_answers_the_own_plan(place):
    """The person is secretary of the cell and sits in the committee above."""
    account = AccountFactory(member=MemberFactory(cell=place.cell))
    for unit in (place.cell, place.committee):
        PostFactory(
            unit=unit, member=account.member, account=None, role=Office.SECRETARY
        )
    actor = registry.actor_for(account)
    plan = plans.open_of_person(
        member=account.member, signed_on=None, actor=actor, now=NOW
    )
    add(plan, actor)

    plan = step(plan, Act.GIVE, actor)
    assert lists.kept_at(place.cell, actor, today=TODAY) == []
    (kept,) = lists.kept_at(place.cell, place.secretary, today=TODAY)
    assert kept.plan == plan
    for act in (Act.MINUTE, Act.RETURN):
        with pytest.raises(RemediationRefused, match="does not take this act"):
            step(plan, act, actor)
    plan = place.until(plan, Act.MINUTE, Act.SEND)
    with pytest.raises(RemediationRefused, match="does not take this act"):
        step(plan, Act.ACCEPT, actor)


def test_whoever_sent_it_up_does_not_answer_it(place):
    account = Account.objects.get(pk=place.secretary.account_id)
    plan = place.until(place.plan(), Act.GIVE, Act.MINUTE, Act.SEND)
    PostFactory(unit=place.committee, account=account, role=Office.SECRETARY)
    both = registry.actor_for(account)
    with pytest.raises(RemediationRefused, match="sent the plan up"):
        step(plan, Act.ACCEPT, both)


def test_where_no_unit_stands_above_whoever_keeps_it_writes_the_answer(settings):
    settings.LANGUAGE_CODE = "en"
    root = UnitFactory(kind="GRASSROOTS_COMMITTEE")
    actor = holder(root)
    plan = plans.open_of_unit(unit=root, actor=actor, now=NOW)
    add(plan, actor)

    for act in (Act.MINUTE, Act.SEND, Act.ACCEPT):
        plan = step(plan, act, actor)
    assert (plan.state, plan.goes_to_id) == (State.ACCEPTED, None)


@pytest.mark.parametrize(
    ("acts", "act", "words", "column"),
    [
        ((Act.GIVE,), Act.MINUTE, {"text": ""}, "text"),
        ((Act.GIVE,), Act.MINUTE, {"document": ""}, "document"),
        ((Act.GIVE,), Act.RETURN, {"text": ""}, "text"),
        ((Act.GIVE,), Act.MINUTE, {"on": date(2026, 11, 24)}, "on"),
    ],
)
def test_a_step_says_what_it_needs(place, acts, act, words, column):
    plan = place.until(place.plan(), *acts)

    with pytest.raises(RemediationRefused) as refusal:
        step(plan, act, place.secretary, **words)
    assert refusal.value.column == column


def test_an_empty_plan_is_not_given_and_a_stale_page_changes_nothing(place):
    plan = plans.open_of_person(
        member=place.member, signed_on=None, actor=place.person, now=NOW
    )
    with pytest.raises(RemediationRefused, match="no item"):
        step(plan, Act.GIVE, place.person)

    add(plan, place.person)  # on another device
    with pytest.raises(ChangedMeanwhile):
        step(plan, Act.GIVE, place.person, version=1)


def test_a_plan_is_opened_at_any_time_and_one_is_written_at_once(place):
    plan = place.plan()
    again = plans.open_of_person(
        member=place.member, signed_on=None, actor=place.person, now=NOW
    )
    assert again == plan

    place.until(plan, Act.GIVE)
    second = plans.open_of_person(
        member=place.member, signed_on=None, actor=place.person, now=NOW
    )
    assert second != plan


def test_the_cell_types_a_plan_from_the_signed_paper(place):
    plan = plans.open_of_person(
        member=place.member, signed_on=TODAY, actor=place.secretary, now=NOW
    )
    add(plan, place.secretary)

    assert roles_of(plan, place.person) == set()
    assert step(plan, Act.GIVE, place.secretary).state == State.GIVEN
    plan = plans.open_of_person(
        member=place.member, signed_on=None, actor=place.person, now=NOW
    )
    with pytest.raises(RemediationRefused, match="Another plan"):
        plans.open_of_person(
            member=place.member, signed_on=TODAY, actor=place.secretary, now=NOW
        )
    with pytest.raises(RemediationRefused, match="Nobody types"):
        plans.open_of_person(
            member=place.member, signed_on=TODAY, actor=place.person, now=NOW
        )


def test_a_committee_that_keeps_no_texts_has_plans_on_paper(place):
    campaign = CampaignFactory(state="OPEN", opened_at=NOW, mode="RESULTS_ONLY",
                               rule_set_resolved={})  # fmt: skip
    CampaignUnitFactory(campaign=campaign, live_unit=place.cell)

    with pytest.raises(RemediationRefused, match="by hand"):
        place.plan()
    assert not RemediationPlan.objects.exists()


def test_who_is_on_no_roll_opens_none(place):
    Membership.objects.update(until_on=TODAY, ending="LEFT")

    with pytest.raises(RemediationRefused, match="no roll"):
        place.plan()


def test_overdue_items_go_up_as_numbers(place):
    plan = place.until(place.plan(), Act.GIVE, Act.MINUTE)
    late = RemediationItemFactory(plan=plan, due_on=date(2026, 10, 1))
    RemediationItemFactory(plan=plan, state="DONE", ended_on=TODAY)
    RemediationItemFactory(due_on=date(2026, 10, 1))  # nobody has discussed it
    unit_plan = RemediationPlanFactory(member=None, unit=place.cell, state="SENT")
    RemediationItemFactory(plan=unit_plan, due_on=TODAY)

    top = place.committee.parent
    actor = holder(top)
    with restricted(), asked_by(actor.account_id):
        mine, below = lists.numbers_of(top, with_below=True, today=TODAY)
    assert (mine.open, mine.overdue, mine.done, mine.referred) == (3, 1, 1, 0)
    assert [(each.unit, each.open) for each in below] == [(place.committee, 3)]
    (first, *_rest) = lists.followed_at(place.cell, place.secretary, today=TODAY)
    assert (first.read.item, first.read.is_behind) == (late, True)


def test_lists_take_a_fixed_number_of_queries(place, django_assert_max_num_queries):
    plan = place.until(place.plan(), Act.GIVE, Act.MINUTE)
    for _ in range(8):
        RemediationItemFactory(plan=plan)
    for _ in range(4):
        RemediationPlanFactory(member=MemberFactory(cell=place.cell), state="GIVEN")

    with django_assert_max_num_queries(6):
        assert len(lists.kept_at(place.cell, place.secretary, today=TODAY)) == 5
    with django_assert_max_num_queries(6):
        assert len(lists.followed_at(place.cell, place.secretary, today=TODAY)) == 9
    with django_assert_max_num_queries(12):
        reading.plan_read(plan, place.secretary, today=TODAY)


def test_a_draft_is_the_persons_alone(place):
    plan = place.plan()

    for actor in (place.secretary, place.above, place.stranger):
        assert plan not in RemediationPlan.objects.visible_to(actor)
    assert plan in RemediationPlan.objects.visible_to(place.person)


@pytest.mark.parametrize(
    ("factory", "columns"),
    [
        (RemediationPlanFactory, {"member": None}),
        (RemediationPlanFactory, {"unit": "a unit"}),
        (RemediationItemFactory, {"document": "12"}),
        (ConcludedItemFactory, {"document": ""}),
        (RemediationItemFactory, {"state": "DONE"}),
        (RemediationItemFactory, {"measure": ""}),
    ],
)
def test_the_database_refuses_what_can_never_be(factory, columns):
    if "unit" in columns:
        columns = {"unit": UnitFactory()}
    with pytest.raises(IntegrityError), transaction.atomic():
        factory(**columns)
