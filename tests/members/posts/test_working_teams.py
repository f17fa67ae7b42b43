"""A working team: one post at each unit that its decision names, with a last day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from members.models import Event, Post
from members.policy import Role
from tests.factories import PostFactory, UnitFactory
from tests.members.posts.pages import DOCUMENT, act, add

pytestmark = pytest.mark.django_db


def team(**changes) -> dict:
    """What is sent for a working team that begins today and works a week."""
    today = timezone.localdate()
    return {
        "role": "WORKING_TEAM",
        "from_on": f"{today:%d/%m/%Y}",
        "ends_on": f"{today + timedelta(days=7):%d/%m/%Y}",
        "document": DOCUMENT,
        **changes,
    }


def test_a_working_team_has_a_post_at_each_unit_of_its_decision(clerk, cell, people):
    above = cell.parent
    other = UnitFactory(parent=above, name="Chi bộ thôn 2")
    last_day = timezone.localdate() + timedelta(days=7)

    clerk.post(add(above, people[1]), team(named=[cell.pk, other.pk]))

    posts = Post.objects.filter(role=Role.WORKING_TEAM).order_by("unit")
    found = [(each.unit, each.ends_on, each.appointed_by_document) for each in posts]
    assert found == [(cell, last_day, DOCUMENT), (other, last_day, DOCUMENT)]
    appointed = Event.objects.filter(action="posts.appointed", subject_id__in=posts)
    assert appointed.count() == 2


def test_a_working_team_that_names_no_unit_works_at_this_one(clerk, cell, people):
    clerk.post(add(cell, people[1]), team())

    assert Post.objects.get(role=Role.WORKING_TEAM).unit == cell


def test_a_team_that_cannot_be_at_one_of_its_units_is_at_none(clerk, cell, people):
    above = cell.parent
    other = UnitFactory(parent=above)
    PostFactory(account=None, member=people[1], unit=other, role=Role.WORKING_TEAM)

    response = clerk.post(add(above, people[1]), team(named=[cell.pk, other.pk]))

    assert response.status_code == 422
    assert Post.objects.get(role=Role.WORKING_TEAM).unit == other


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"ends_on": ""}, "ends_on"),
        ({"ends_on": "01/12/2020"}, "ends_on"),
        ({"named": [999_999]}, "named"),
        ({"role": "CLERK"}, "ends_on"),
    ],
)
def test_a_working_team_has_its_last_day_and_only_units_here(
    clerk, cell, people, changes, refused
):
    response = clerk.post(add(cell, people[1]), team(**changes))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [refused]


def test_a_hand_over_in_a_working_team_keeps_its_last_day(clerk, cell, people):
    clerk.post(add(cell, people[1]), team())
    post = Post.objects.get(role=Role.WORKING_TEAM)

    clerk.post(act("hand_over", post, people[0]), {"document": DOCUMENT})

    successor = Post.objects.get(role=Role.WORKING_TEAM, ended_at__isnull=True)
    assert (successor.member, successor.ends_on) == (people[0], post.ends_on)
