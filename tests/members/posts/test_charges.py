"""Units and fields of work in the charge of who holds a committee post."""

import pytest
from django.urls import reverse
from django.utils import timezone

from members.models import Event, PostCharge
from members.policy import SYSTEM, Role
from members.queries import actor_for
from members.services import charges, posts
from tests.factories import PostFactory, UnitFactory
from tests.members.posts.pages import act

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee_post(cell):
    return PostFactory(unit=cell.parent, role=Role.COMMITTEE_MEMBER)


def charged(post):
    rows = PostCharge.objects.filter(post=post).order_by("unit", "field")
    return [str(row) for row in rows.select_related("unit")]


def test_a_committee_post_says_what_is_in_charge_and_opens_nothing(
    clerk, cell, committee_post
):
    url = act("charge", committee_post)
    typed = {
        "version": committee_post.version,
        "units": [cell.pk],
        "fields_of_work": "Dân vận\n\n Dân  vận \nVăn xã",
    }
    before = actor_for(committee_post.account)

    clerk.post(url, typed)

    assert charged(committee_post) == ["Chi bộ thôn 1", "Dân vận", "Văn xã"]
    page = clerk.get(reverse("members:unit_detail", args=[cell.parent.pk]))
    assert "In charge of: Chi bộ thôn 1; Dân vận; Văn xã" in page.text
    form = clerk.get(url).context["form"]
    assert form["units"].value() == [cell.pk]
    assert form["fields_of_work"].value() == "Dân vận\nVăn xã"
    assert actor_for(committee_post.account) == before
    assert Event.objects.get().data == {"all": 3}
    clerk.post(url, {"version": form["version"].value()})
    assert charged(committee_post) == []


def test_of_two_who_write_a_charge_the_second_sees_both(clerk, cell, committee_post):
    url = act("charge", committee_post)
    shown = clerk.get(url).context["form"]["version"].value()
    clerk.post(url, {"version": shown, "fields_of_work": "Dân vận"})

    typed = {"version": shown, "units": [cell.pk], "fields_of_work": "Văn xã"}
    late = clerk.post(url, typed)

    assert late.status_code == 409
    assert charged(committee_post) == ["Dân vận"]
    assert [both[1:] for both in late.context["both"]] == [
        ("", "Chi bộ thôn 1"),
        ("Dân vận", "Văn xã"),
    ]
    again = late.context["form"]["version"].value()
    clerk.post(url, {**typed, "version": again})
    assert charged(committee_post) == ["Chi bộ thôn 1", "Văn xã"]


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"units": ["0"]}, "units"),
        ({"fields_of_work": "x" * 121}, "fields_of_work"),
        ({"fields_of_work": "a\u200bb"}, "fields_of_work"),
    ],
)
def test_a_charge_that_cannot_be_is_refused(clerk, committee_post, changes, refused):
    typed = {"version": committee_post.version, **changes}
    response = clerk.post(act("charge", committee_post), typed)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [refused]


def test_only_units_directly_below_are_offered(clerk, cell, committee_post):
    elsewhere = UnitFactory()

    response = clerk.post(
        act("charge", committee_post),
        {"version": committee_post.version, "units": [elsewhere.pk]},
    )

    assert list(response.context["form"].errors) == ["units"]
    shown = clerk.get(act("charge", committee_post)).context["form"]
    assert list(shown.fields["units"].queryset) == [cell]


def test_only_committees_that_sit_have_something_in_charge(clerk, cell):
    office = PostFactory(unit=cell, role=Role.CLERK)
    former = PostFactory(unit=cell, role=Role.COMMITTEE_MEMBER, ended_at=timezone.now())

    assert [
        clerk.get(act("charge", each)).status_code for each in (office, former)
    ] == [
        404,
        404,
    ]
    for post in (office, former):
        with pytest.raises(posts.PostNotGiven):
            charges.set_charges(
                post=post,
                version=post.version,
                units=[cell],
                fields=[],
                actor=SYSTEM,
                now=timezone.now(),
            )
