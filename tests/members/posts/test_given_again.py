"""What ends by its last day: given again, and no longer than what it comes from."""

from datetime import timedelta

import pytest
from django.utils import timezone

from members.models import Event, Post
from members.policy import SYSTEM, Actor, Role
from members.queries import person_page
from members.services import posts
from tests.factories import MemberFactory, PostFactory, UnitFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def cell():
    return UnitFactory(code="1")


@pytest.fixture
def deputy(cell):
    return MemberFactory(full_name="Đỗ Yến", cell=cell)


def by() -> dict:
    return {
        "actor": SYSTEM,
        "now": timezone.now(),
        "document": "3-QĐ",
        "system_reason": "test",
    }


def run_out(given) -> Post:
    """The post as it is a week after its last day."""
    today = timezone.localdate()
    days = {"from_on": today - timedelta(days=30), "ends_on": today - timedelta(days=7)}
    Post.objects.filter(pk=given.pk).update(**days)
    return given


def delegate(post, deputy, **until):
    last = timezone.localdate() + timedelta(**until)
    return posts.delegate(
        post=post,
        member=deputy,
        until=last,
        document="3-QĐ",
        actor=Actor(account_id=PostFactory().account_id, member_id=None),
        now=timezone.now(),
    )


def test_a_delegation_whose_last_day_has_passed_is_given_again(cell, deputy):
    post = PostFactory(unit=cell, role=Role.SECRETARY)
    first = run_out(delegate(post, deputy, days=1))

    second = delegate(post, deputy, days=3)

    assert list(Post.objects.in_force().filter(member=deputy)) == [second]
    first.refresh_from_db()
    assert first.ended_at is not None
    ended = Event.objects.filter(action="posts.ended")
    assert [each.subject_id for each in ended] == [first.pk]


def test_it_is_told_until_its_last_day_and_not_until_the_act_that_came_later(
    cell, deputy
):
    post = PostFactory(unit=cell, role=Role.SECRETARY)
    first = run_out(delegate(post, deputy, days=1))
    delegate(post, deputy, days=3)
    first.refresh_from_db()

    told = [each.until_on for each in person_page(deputy)["posts"]]

    assert told[-1] == first.ends_on


def test_one_whose_last_day_has_not_passed_is_not_given_twice(cell, deputy):
    post = PostFactory(unit=cell, role=Role.SECRETARY)
    delegate(post, deputy, days=0)

    with pytest.raises(posts.PostNotGiven, match="holds this post already"):
        delegate(post, deputy, days=3)


def test_who_was_in_a_team_joins_the_next(cell, deputy):
    today = timezone.localdate()
    team = {"unit": cell, "role": Role.WORKING_TEAM, "member": deputy, **by()}
    run_out(posts.appoint(from_on=today, ends_on=today, **team))

    again = posts.appoint(from_on=today, ends_on=today, **team)

    assert list(Post.objects.in_force()) == [again]


def test_a_delegation_lasts_no_longer_than_a_team(cell, deputy):
    ends_on = timezone.localdate() + timedelta(days=2)
    team = PostFactory(unit=cell, role=Role.WORKING_TEAM, ends_on=ends_on)

    with pytest.raises(posts.PostNotGiven, match=f"{ends_on:%d/%m/%Y}") as refused:
        delegate(team, deputy, days=3)

    assert refused.value.column == "until"
    assert delegate(team, deputy, days=2).ends_on == ends_on


def test_an_end_recorded_before_the_last_day_counts(deputy):
    last = timezone.localdate() + timedelta(days=5)
    post = PostFactory(role=Role.WORKING_TEAM, member=deputy, ends_on=last)
    posts.end_post(post=post, **by())

    post.refresh_from_db()

    assert post.over_on() == timezone.localdate()


def test_a_post_that_is_to_begin_is_handed_over_from_its_first_day_on(deputy):
    begins = timezone.localdate() + timedelta(days=9)
    post = PostFactory(from_on=begins)
    told = {key: value for key, value in by().items() if key != "system_reason"}
    told["actor"] = Actor(account_id=PostFactory().account_id, member_id=None)

    given = posts.hand_over(post=post, member=deputy, **told)

    assert given.from_on == begins
    assert not Post.objects.in_force().filter(member=deputy).exists()
