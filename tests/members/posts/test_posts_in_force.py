"""Which posts count, and what they open to whoever holds them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from members import queries
from members.models import PartyUnit, Post, within
from members.policy import Actor, Area, Role
from tests.factories import (
    NOON,
    AccountFactory,
    DistrictFactory,
    MemberFactory,
    PostFactory,
    UnitFactory,
)
from tests.members.standings import tomorrow

pytestmark = pytest.mark.django_db


def test_overlapping_posts_make_one_range():
    outer = DistrictFactory()
    account = AccountFactory()
    for unit in (UnitFactory(parent=outer), outer):
        PostFactory(account=account, unit=unit)

    actor = queries.actor_for(account)

    assert actor.subtrees(Area.FIGURES) == (outer.path,)


def test_no_path_matches_nothing():
    UnitFactory()

    assert list(PartyUnit.objects.filter(within([]))) == []


@pytest.mark.parametrize(
    ("columns", "in_force"),
    [
        ({}, True),
        ({"from_on": timezone.localdate()}, True),
        ({"from_on": tomorrow()}, False),
        ({"planned_until": "2020-01-01"}, True),
        ({"role": Role.WORKING_TEAM, "ends_on": timezone.localdate()}, True),
        (
            {
                "role": Role.WORKING_TEAM,
                "ends_on": timezone.localdate() - timedelta(days=1),
            },
            False,
        ),
        ({"ended_at": NOON}, False),
        ({"ended_at": timezone.now() + timedelta(hours=2)}, False),
    ],
    ids=[
        "begun",
        "begins today",
        "begins tomorrow",
        "planned end passed without an act",
        "last day of a working team",
        "day after the last of a working team",
        "ended",
        "ended by a machine whose clock runs ahead",
    ],
)
def test_a_post_is_in_force_from_its_day_to_the_act_that_ends_it(columns, in_force):
    post = PostFactory(**columns)

    assert Post.objects.in_force().filter(pk=post.pk).exists() is in_force


def test_the_actor_holds_the_posts_of_account_and_member_by_one_query(
    django_assert_num_queries,
):
    cell, district = UnitFactory(), DistrictFactory()
    member = MemberFactory()
    account = AccountFactory(member=member)
    secretary = PostFactory(member=member, unit=cell, role=Role.SECRETARY)
    clerk = PostFactory(account=account, unit=district)
    PostFactory(unit=district)
    PostFactory(member=MemberFactory(), unit=district)

    with django_assert_num_queries(1):
        actor = queries.actor_for(account)

    assert actor == Actor(account_id=account.pk, member_id=member.pk, posts=actor.posts)
    assert [(post.post_id, post.role, post.tier, post.unit_id, post.unit_path)
            for post in actor.posts] == [
        (secretary.pk, Role.SECRETARY, "CELL", cell.pk, cell.path),
        (clerk.pk, Role.CLERK, "UPPER", district.pk, district.path),
    ]  # fmt: skip
