"""Posts given, handed over, delegated and ended, and what that means at once."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import Event, Membership, Post
from members.policy import SYSTEM, Role
from members.services import posts
from tests.clients import english_client
from tests.factories import (
    AccountFactory,
    MemberFactory,
    MembershipFactory,
    PostFactory,
    UnitFactory,
)
from tests.members.posts.pages import DOCUMENT, act, add

pytestmark = pytest.mark.django_db
ROLL = reverse("members:member_list")


def as_member(member) -> Client:
    client = english_client()
    client.force_login(AccountFactory(member=member, display_name=member.full_name))
    return client


def test_a_clerk_records_who_holds_a_post_by_a_document(clerk, cell, people):
    chosen = clerk.get(add(cell))
    assert [name for _, name, _ in chosen.context["choices"]] == ["Lê Chi", "Đỗ Yến"]

    response = clerk.post(
        add(cell, people[1]),
        {
            "role": "DEPUTY_SECRETARY",
            "title": "",
            "from_on": "2024-12-01",
            "planned_until": "2027-12-01",
            "document": DOCUMENT,
        },
    )

    assert response["Location"] == reverse("members:unit_detail", args=[cell.pk])
    post = Post.objects.latest("pk")
    assert (post.member, post.role, post.planned_until, post.appointed_by_document) == (
        people[1],
        "DEPUTY_SECRETARY",
        date(2027, 12, 1),
        DOCUMENT,
    )
    assert as_member(people[1]).get(ROLL).context["units"] == "Chi bộ thôn 1"


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"role": "KING"}, "role"),
        ({"role": "", "organisation": "Ủy ban nhân dân xã"}, "role"),
        ({"from_on": ""}, "from_on"),
        ({"document": " "}, "document"),
        ({"planned_until": "2024-12-01"}, "planned_until"),
        ({"role": "SECRETARY"}, "__all__"),
    ],
)
def test_a_post_that_cannot_be_is_refused(clerk, cell, people, changes, refused):
    data = {"role": "CLERK", "from_on": "2024-12-01", "document": DOCUMENT, **changes}

    response = clerk.post(add(cell, people[0]), data)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [refused]
    assert Post.objects.count() == 2


def test_who_hands_over_is_out_at_once_and_the_successor_in(cell, people):
    secretary, successor = as_member(people[0]), as_member(people[1])
    post = Post.objects.get(unit=cell)
    shown = secretary.get(act("hand_over", post))
    assert [name for _, name, _ in shown.context["choices"]] == ["Đỗ Yến"]

    response = secretary.post(act("hand_over", post, people[1]), {"document": DOCUMENT})

    assert response["Location"] == reverse("home")
    assert "The post is handed over to Đỗ Yến." in secretary.get("/").text
    assert secretary.get(ROLL).status_code == 404
    assert [row.name for row in successor.get(ROLL).context["rows"]] == [
        "Lê Chi",
        "Đỗ Yến",
    ]
    assert secretary.get(act("hand_over", post, people[1])).status_code == 404
    done = Event.objects.exclude(action="accounts.refused")
    assert list(done.values_list("action", flat=True)) == [
        "posts.ended",
        "posts.appointed",
    ]


def test_no_post_is_chosen_before_somebody_chooses(clerk, cell, people):
    field = clerk.get(add(cell, people[1])).context["form"]["role"]

    assert field.value() is None
    assert next(iter(field.field.choices)) == ("", "Choose one")


def test_a_form_that_was_open_when_the_post_ended_does_nothing(cell, people, clerk):
    secretary = as_member(people[0])
    url = reverse("member_end", args=[people[1].pk])
    assert secretary.get(url).status_code == 200
    clerk.post(act("end", Post.objects.get(unit=cell)), {"document": DOCUMENT})

    response = secretary.post(
        url, {"ending": "DIED", "on": "2024-12-01", "document": DOCUMENT}
    )

    assert response.status_code == 404


def test_nobody_gives_a_post_to_themselves(clerk, cell, people):
    PostFactory(account=None, member=people[1], unit=cell.parent)
    own = as_member(people[1])

    response = own.post(
        add(cell, people[1]),
        {"role": "SECRETARY", "from_on": "2024-12-01", "document": DOCUMENT},
    )

    assert response.context["form"].errors == {
        "__all__": ["Nobody gives a post to themselves."]
    }


def test_a_delegation_works_until_its_day_and_goes_no_further(cell, people):
    secretary, deputy = as_member(people[0]), as_member(people[1])
    post = Post.objects.get(unit=cell)
    today = timezone.localdate()
    past = secretary.post(
        act("delegate", post, people[1]),
        {"until": f"{today - timedelta(days=1):%Y-%m-%d}", "document": DOCUMENT},
    )
    assert past.context["form"].errors == {"until": ["The day has passed."]}

    secretary.post(
        act("delegate", post, people[1]),
        {"until": f"{today:%Y-%m-%d}", "document": DOCUMENT},
    )

    given = Post.objects.latest("pk")
    assert (given.delegated_by, given.ends_on, given.role) == (post, today, "SECRETARY")
    assert len(deputy.get(ROLL).context["rows"]) == 2
    assert deputy.get(act("delegate", given)).status_code == 404
    assert deputy.get(act("hand_over", given)).status_code == 404
    secretary.post(act("hand_over", post, people[1]), {"document": DOCUMENT})
    given.refresh_from_db()
    assert given.ended_at is not None


def test_a_post_that_has_not_begun_is_not_given_on_by_its_holder(cell, people, clerk):
    secretary = as_member(people[0])
    post = Post.objects.get(unit=cell)
    tomorrow = timezone.localdate() + timedelta(days=1)
    acts = ("delegate", "hand_over")
    assert [secretary.get(act(name, post)).status_code for name in acts] == [200, 200]

    Post.objects.filter(pk=post.pk).update(from_on=tomorrow)

    assert [secretary.get(act(name, post)).status_code for name in acts] == [404, 404]
    assert clerk.get(act("hand_over", post)).status_code == 200


def test_a_delegation_is_offered_to_the_official_roll_alone(cell, people):
    guest = MemberFactory(full_name="Vũ Tạm", cell=UnitFactory())
    MembershipFactory(member=guest, unit=cell, kind=Membership.Kind.TEMPORARY)
    secretary, post = as_member(people[0]), Post.objects.get(unit=cell)
    until = {"until": f"{timezone.localdate():%Y-%m-%d}", "document": DOCUMENT}

    offered = secretary.get(act("delegate", post), {"q": ""}).context["choices"]
    searched = secretary.get(act("delegate", post), {"q": "vu"}).context["choices"]
    sent = secretary.post(act("delegate", post, guest), until)
    oneself = secretary.post(act("delegate", post, people[0]), until)

    assert len(secretary.get(ROLL).context["rows"]) == 3
    assert [name for _, name, _ in offered] == ["Đỗ Yến"]
    assert searched == []
    assert (sent.status_code, oneself.status_code) == (404, 422)
    with pytest.raises(posts.PostNotGiven):
        posts.delegate(
            post=post,
            member=guest,
            until=timezone.localdate(),
            document=DOCUMENT,
            actor=SYSTEM,
            now=timezone.now(),
        )
    assert Post.objects.count() == 1


def test_who_has_a_delegation_may_give_it_back(cell, people):
    post = Post.objects.get(unit=cell)
    given = PostFactory(
        account=None,
        member=people[1],
        unit=cell,
        role=Role.SECRETARY,
        delegated_by=post,
        ends_on=timezone.localdate() + timedelta(days=9),
    )
    assert as_member(people[0]).get(act("end", post)).status_code == 404

    as_member(people[1]).post(act("end", given), {"document": DOCUMENT})

    given.refresh_from_db()
    assert given.ended_at is not None


def test_a_planned_end_that_has_passed_is_told_above_and_locks_nobody_out(
    clerk, cell, people
):
    Post.objects.filter(unit=cell).update(planned_until=date(2020, 1, 1))

    listed = clerk.get(reverse("members:unit_list"))
    shown = clerk.get(reverse("members:unit_detail", args=[cell.pk]))

    assert [(post, name) for _, post, name, _ in listed.context["overdue"]] == [
        ("Secretary, Chi bộ thôn 1", "Lê Chi")
    ]
    assert [row.is_overdue for row in shown.context["posts"]] == [True]
    assert len(as_member(people[0]).get(ROLL).context["rows"]) == 2


def test_what_is_offered_depends_on_who_looks(clerk, cell, people):
    def offered(client):
        rows = client.get(reverse("members:unit_detail", args=[cell.pk])).context[
            "posts"
        ]
        return [(row.may_end, row.may_hand_over, row.may_delegate) for row in rows]

    assert offered(clerk) == [(True, True, False)]
    assert offered(as_member(people[0])) == [(False, True, True)]


def test_nobody_chooses_a_person_of_a_roll_out_of_reach(clerk, cell):
    other = MemberFactory(cell=UnitFactory())

    assert clerk.get(add(cell, other)).status_code == 404
    assert clerk.get(add(cell), {"to": "x"}).status_code == 200


def test_namesakes_are_told_apart_by_their_birth(clerk, cell):
    for born_on in ("1960-05", "1971"):
        MemberFactory(full_name="Trần Thị Đào", born_on=born_on, cell=cell)

    found = clerk.get(add(cell), {"q": "tran thi dao"}).context["choices"]

    assert [note for *_, note in found] == [
        f"05/1960, {cell.name}",
        f"1971, {cell.name}",
    ]


def test_who_holds_a_post_is_no_successor(clerk, cell, people):
    post = Post.objects.get(unit=cell)
    offered = clerk.get(reverse("members:post_hand_over", args=[post.pk]))
    refused = clerk.post(act("hand_over", post, people[0]), {"document": DOCUMENT})

    assert people[0].pk not in [each[0] for each in offered.context["choices"]]
    assert refused.context["form"].errors == {
        "__all__": [
            f"{people[0].full_name} holds this post already; "
            "a successor is somebody else."
        ]
    }
    post.refresh_from_db()
    assert post.ended_at is None
