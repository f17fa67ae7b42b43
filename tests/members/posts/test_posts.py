from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from members.models import Event, Post
from members.policy import SYSTEM, Actor, PostInForce, Role, Tier
from members.queries import actor_for, person_page
from members.services.posts import PostNotEndable, PostNotGiven, appoint, end_post
from tests.factories import (
    NOON,
    AccountFactory,
    DistrictFactory,
    MemberFactory,
    PostFactory,
    UnitFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

DAY = date(2024, 12, 1)


def test_a_post_is_given_by_a_document_and_logged():
    unit, member, clerk = DistrictFactory(), MemberFactory(), PostFactory()
    by = Actor(
        account_id=clerk.account_id,
        member_id=None,
        posts=(PostInForce(clerk.pk, Role.CLERK, Tier.UPPER, unit.pk, unit.path),),
    )

    post = appoint(
        unit=unit,
        role=Role.SECRETARY,
        member=member,
        from_on=DAY,
        title="Bí thư Huyện ủy",
        document="12-QĐ/TU",
        actor=by,
        now=NOON,
    )

    post.refresh_from_db()
    assert (post.unit, post.member, post.account, post.role, post.from_on) == (
        unit,
        member,
        None,
        "SECRETARY",
        DAY,
    )
    assert (post.title, post.appointed_by_document) == ("Bí thư Huyện ủy", "12-QĐ/TU")
    event = Event.objects.values(
        "action", "subject_kind", "subject_id", "unit", "account", "post", "at"
    )
    assert event.get() == {
        "action": "posts.appointed",
        "subject_kind": "members.post",
        "subject_id": post.pk,
        "unit": unit.pk,
        "account": clerk.account_id,
        "post": clerk.pk,
        "at": NOON,
    }


def test_a_closed_unit_takes_no_post():
    unit = UnitFactory(code="1", closed_on=DAY)

    with pytest.raises(PostNotGiven, match="^Chi bộ 1 was closed on 01/12/2024.$"):
        appoint(unit=unit, role=Role.CLERK, account=AccountFactory(), from_on=DAY,
                actor=SYSTEM, now=NOON, system_reason="test")  # fmt: skip

    assert not Post.objects.exists()


def test_a_technical_administrator_holds_no_post():
    account = AccountFactory(display_name="Người vận hành", is_technical=True)

    with pytest.raises(PostNotGiven) as caught:
        appoint(unit=UnitFactory(), role=Role.CLERK, account=account, from_on=DAY,
                actor=SYSTEM, now=NOON, system_reason="test")  # fmt: skip

    assert str(caught.value) == (
        "Người vận hành is a technical administrator and holds no post."
    )


def test_an_ended_post_gives_nothing_on_the_very_next_request(client):
    post = PostFactory(unit=DistrictFactory())
    below = UnitFactory(parent=post.unit)
    MemberFactory(full_name="Đỗ Thị Yến", cell=below)
    client.force_login(post.account)
    roll = reverse("members:member_list")
    imports = reverse("reviews:import_list")
    assert "Đỗ Thị Yến" in client.get(roll).text
    assert client.get(imports).status_code == 200

    end_post(post=post, actor=SYSTEM, now=NOON, document="9-QĐ", system_reason="test")

    assert "Đỗ Thị Yến" not in client.get(roll).text
    assert client.get(imports).status_code == 404
    assert actor_for(post.account).posts == ()
    post.refresh_from_db()
    assert (post.ended_at, post.ended_by, post.ended_by_document) == (
        NOON,
        None,
        "9-QĐ",
    )
    event = Event.objects.get(action="posts.ended")
    assert (event.subject_id, event.unit, event.system_reason) == (
        post.pk,
        post.unit,
        "test",
    )


def test_a_post_ends_once_and_names_who_ended_it():
    post, by = PostFactory(), AccountFactory()
    actor = Actor(account_id=by.pk, member_id=None)
    end_post(post=post, actor=actor, now=NOON)

    with pytest.raises(PostNotEndable, match="^This post has ended already.$"):
        end_post(post=post, actor=SYSTEM, now=NOON, system_reason="test")

    post.refresh_from_db()
    assert post.ended_by == by
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"account": None}, "post_held_by_one"),
        ({"planned_until": date(2010, 1, 1)}, "post_planned_end_after_it_begins"),
        (
            {"role": Role.WORKING_TEAM, "ends_on": date(2009, 12, 31)},
            "post_last_day_after_it_begins",
        ),
        ({"ends_on": DAY}, "post_last_day_of_delegation_or_team"),
    ],
)
def test_the_database_refuses_what_can_never_be_true(columns, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        PostFactory(**columns)


def test_the_database_refuses_a_post_held_by_two():
    with (
        pytest.raises(IntegrityError, match="post_held_by_one"),
        transaction.atomic(),
    ):
        PostFactory(member=MemberFactory(), account=AccountFactory())


def test_a_delegation_has_a_last_day():
    given = PostFactory()
    PostFactory(delegated_by=given, ends_on=DAY)

    with (
        pytest.raises(IntegrityError, match="post_last_day_of_delegation_or_team"),
        transaction.atomic(),
    ):
        PostFactory(delegated_by=given)


@pytest.mark.parametrize("who", ["account", "member"])
def test_nobody_holds_the_same_post_twice_at_once(who):
    holder = {"account": AccountFactory, "member": MemberFactory}[who]()
    unit = UnitFactory(code="1")
    columns = {"unit": unit, "role": Role.CLERK, "from_on": DAY, who: holder}
    by = {"actor": SYSTEM, "now": NOON, "system_reason": "test"}
    post = appoint(**columns, **by)

    with pytest.raises(PostNotGiven) as caught:
        appoint(**columns, **by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(**columns)

    assert str(caught.value) == (
        f"{holder} holds this post already: Office clerk, Chi bộ 1."
    )
    end_post(post=post, **by)
    again = appoint(**columns, **by)
    assert list(Post.objects.in_force()) == [again]


def test_an_end_raises_the_version():
    post = PostFactory()

    end_post(post=post, actor=SYSTEM, now=NOON, system_reason="test")

    post.refresh_from_db()
    assert post.version == 2


def test_a_post_that_ended_early_in_the_morning_ended_on_that_day():
    member = MemberFactory()
    five_in_hanoi = datetime(2024, 11, 30, 22, tzinfo=UTC)
    PostFactory(member=member, ended_at=five_in_hanoi)

    (post,) = person_page(member)["posts"]

    assert post.until_on == DAY
