"""What is beside the official membership, and the levels that a cell confirms."""

from datetime import date

import pytest
from django.urls import reverse

from members.models import Event, Exemplarity, Member, Membership, Post, Transfer
from members.policy import Role
from members.services import transfers
from tests.clients import english_client, waits_for
from tests.factories import (
    NOON,
    GrassrootsFactory,
    MemberFactory,
    MembershipFactory,
    PostFactory,
    TransferFactory,
    UnitFactory,
)
from tests.members.keepers import keeper_of

pytestmark = pytest.mark.django_db

LEVELS = reverse("members:exemplarity_list")
BESIDE = reverse("members:membership_list")
DOCUMENT = "Giấy giới thiệu số 9, ngày 01/11/2026"
HEAD, OFFICER, ORDINARY = Exemplarity.HEAD, Exemplarity.OFFICER, Exemplarity.MEMBER


@pytest.fixture
def commune():
    return GrassrootsFactory(name="Đảng bộ xã")


@pytest.fixture
def cell(commune):
    return UnitFactory(code="1", name="Chi bộ thôn 1", parent=commune)


@pytest.fixture
def member(cell):
    return MemberFactory(full_name="Lê Chi", cell=cell)


def signed_in(**post):
    client = english_client()
    client.force_login(PostFactory(**post).account)
    return client


@pytest.fixture
def secretary(cell):
    return signed_in(unit=cell, role=Role.SECRETARY)


def hold(member, unit, role, **columns):
    return PostFactory(account=None, member=member, unit=unit, role=role, **columns)


def level_of(member) -> tuple[str, str]:
    found = Member.objects.with_exemplarity().get(pk=member.pk)
    return found.exemplarity_proposed, found.exemplarity_now


@pytest.mark.parametrize(
    ("role", "columns", "level"),
    [
        (Role.SECRETARY, {}, HEAD),
        (Role.DEPUTY_SECRETARY, {}, OFFICER),
        (Role.COMMITTEE_MEMBER, {}, OFFICER),
        (Role.OUTSIDE, {"organisation": "UBND xã", "is_head": True}, HEAD),
        (Role.OUTSIDE, {"organisation": "Hội Nông dân"}, OFFICER),
        (Role.CLERK, {}, ORDINARY),
        (Role.WORKING_TEAM, {}, ORDINARY),
        (Role.INSPECTION_COMMISSION, {}, ORDINARY),
        (Role.SECRETARY, {"ended_at": NOON}, ORDINARY),
        (Role.SECRETARY, {"from_on": date(2999, 1, 1)}, ORDINARY),
    ],
)
def test_posts_in_force_propose_the_level(member, commune, role, columns, level):
    hold(member, commune, role, **columns)

    assert level_of(member) == (level, level)


def test_what_is_delegated_proposes_nothing(member, cell):
    own = PostFactory(unit=cell, role=Role.SECRETARY)
    hold(member, cell, Role.SECRETARY, delegated_by=own, ends_on=date(2999, 1, 1))

    assert level_of(member) == (ORDINARY, ORDINARY)


def test_the_cell_confirms_what_waits_and_may_choose_another_level(
    secretary, member, commune
):
    hold(member, commune, Role.COMMITTEE_MEMBER)
    assert waits_for(secretary)["members.levels_to_confirm"] == 1
    page = secretary.get(LEVELS)
    assert "Proposed: Committee member or member in a leading post" in page.text

    response = secretary.post(
        LEVELS, {f"level_{member.pk}": "HEAD", f"version_{member.pk}": "1"}
    )

    assert response["Location"] == LEVELS
    assert level_of(member) == (OFFICER, HEAD)
    member.refresh_from_db()
    assert (member.exemplarity, member.exemplarity_for, member.version) == (
        HEAD,
        OFFICER,
        2,
    )
    page = secretary.get(LEVELS)
    assert list(page.context["form"].fields) == []
    assert [row[1:] for row in page.context["levels"]] == [("Lê Chi", "Head")]
    event = Event.objects.latest("pk")
    assert (event.action, event.member) == ("members.exemplarity_confirmed", member)


def test_a_confirmation_stands_until_posts_propose_another_level(
    secretary, member, commune
):
    post = hold(member, commune, Role.COMMITTEE_MEMBER)
    Member.objects.update(exemplarity=HEAD, exemplarity_for=OFFICER)
    assert secretary.get(LEVELS).context["form"].people == []

    Post.objects.filter(pk=post.pk).update(ended_at=NOON)

    assert level_of(member) == (ORDINARY, ORDINARY)
    assert secretary.get(LEVELS).context["form"].people == [member]


def test_of_two_who_confirm_the_second_sees_both(secretary, member, commune):
    hold(member, commune, Role.COMMITTEE_MEMBER)
    sent = {f"level_{member.pk}": "OFFICER", f"version_{member.pk}": "1"}
    secretary.post(LEVELS, {**sent, f"level_{member.pk}": "HEAD"})

    response = secretary.post(LEVELS, sent)

    assert response.status_code == 409
    assert [tuple(map(str, row)) for row in response.context["both"]] == [
        ("Lê Chi", "Head", "Committee member or member in a leading post")
    ]
    assert level_of(member) == (OFFICER, HEAD)


def test_nobody_confirms_for_another_cell(member, commune):
    hold(member, commune, Role.COMMITTEE_MEMBER)
    neighbour = signed_in(unit=UnitFactory(parent=commune), role=Role.SECRETARY)

    neighbour.post(LEVELS, {f"level_{member.pk}": "HEAD", f"version_{member.pk}": "1"})

    assert level_of(member) == (OFFICER, OFFICER)
    one = reverse("members:member_exemplarity", args=[member.pk])
    assert neighbour.get(one).status_code == 404


def test_the_person_page_names_the_level_and_leads_to_it(secretary, member, commune):
    hold(member, commune, Role.SECRETARY)
    one = reverse("members:member_exemplarity", args=[member.pk])
    detail = reverse("members:member_detail", args=[member.pk])
    page = secretary.get(detail).text
    assert "Head (the cell has not confirmed it yet)" in page
    assert one in page

    response = secretary.post(
        one, {f"level_{member.pk}": "HEAD", f"version_{member.pk}": "1"}
    )

    assert response["Location"] == detail
    assert "has not confirmed it yet" not in secretary.get(detail).text


def test_a_post_outside_has_a_title_and_an_organisation(member, commune):
    clerk = signed_in(unit=commune)
    url = f"{reverse('members:post_add', args=[commune.pk])}?to={member.pk}"
    data = {"role": "OUTSIDE", "from_on": "01/12/2024", "document": DOCUMENT}

    refused = clerk.post(url, data)
    assert list(refused.context["form"].errors) == ["title", "organisation"]
    clerk.post(
        url,
        data
        | {"title": "Chủ tịch", "organisation": "UBND xã An Bình", "is_head": "on"},
    )

    post = Post.objects.get(role=Role.OUTSIDE)
    assert (post.title, post.organisation, post.is_head) == (
        "Chủ tịch",
        "UBND xã An Bình",
        True,
    )
    unit = clerk.get(reverse("members:unit_detail", args=[commune.pk])).text
    assert "Chủ tịch, UBND xã An Bình" in unit


def test_only_a_post_outside_has_an_organisation(member, commune):
    clerk = signed_in(unit=commune)
    url = f"{reverse('members:post_add', args=[commune.pk])}?to={member.pk}"
    data = {"role": "SECRETARY", "from_on": "01/12/2024", "document": DOCUMENT}

    refused = clerk.post(url, {**data, "organisation": "UBND xã"})

    assert list(refused.context["form"].errors) == ["organisation"]


@pytest.mark.parametrize(
    ("kind", "planned_until"),
    [
        (Transfer.Kind.TEMPORARY, date(2025, 6, 30)),
        (Transfer.Kind.RESIDENCE_CONTACT, None),
    ],
)
def test_who_is_received_for_a_time_belongs_beside(
    member, commune, cell, kind, planned_until
):
    target = UnitFactory(code="2", parent=commune)
    sent = TransferFactory(
        member=member,
        kind=kind,
        source=cell,
        target=target,
        planned_until=planned_until,
    )

    transfers.receive_transfer(
        transfer=sent, on=date(2024, 12, 1), actor=keeper_of(target), now=NOON
    )

    beside = Membership.objects.beside().get()
    assert (beside.member, beside.unit, beside.kind, beside.planned_until) == (
        member,
        target,
        kind,
        planned_until,
    )


@pytest.fixture
def beside(member, commune):
    """A temporary membership of Lê Chi that is past its planned end."""
    return MembershipFactory(
        member=member,
        unit=UnitFactory(code="2", name="Chi bộ thôn 2", parent=commune),
        kind=Membership.Kind.TEMPORARY,
        planned_until=date(2024, 6, 30),
    )


@pytest.mark.parametrize("side", ["old", "new"])
def test_either_cell_ends_what_is_beside(beside, cell, side):
    client = signed_in(unit=cell if side == "old" else beside.unit, role=Role.SECRETARY)
    assert waits_for(client)["members.memberships_overdue"] == 1
    rows = client.get(BESIDE).context["rows"]
    assert [(row.name, row.unit, row.is_overdue) for row in rows] == [
        ("Lê Chi", "Chi bộ thôn 2", True)
    ]

    response = client.post(rows[0].url, {"on": "01/12/2024", "document": DOCUMENT})

    assert response["Location"] == BESIDE
    beside.refresh_from_db()
    assert (beside.until_on, beside.ending) == (date(2024, 12, 1), "OVER")
    assert Membership.objects.current().get().unit == cell
    assert client.get(BESIDE).context["rows"] == []
    assert Event.objects.latest("pk").action == "members.beside_ended"


def test_the_end_does_not_lie_before_the_beginning(beside):
    client = signed_in(unit=beside.unit, role=Role.SECRETARY)
    url = reverse("members:membership_end", args=[beside.pk])

    response = client.post(url, {"on": "01/12/1990", "document": DOCUMENT})

    assert response.status_code == 422
    beside.refresh_from_db()
    assert beside.until_on is None


def test_the_official_membership_does_not_end_here(secretary, member):
    official = Membership.objects.get(member=member)

    url = reverse("members:membership_end", args=[official.pk])

    assert secretary.get(url).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_cost_the_same_for_one_and_for_many(
    secretary, commune, cell, count, django_assert_num_queries
):
    for _ in range(count):
        person = MemberFactory(cell=cell)
        hold(person, commune, Role.COMMITTEE_MEMBER)
        MembershipFactory(
            member=person, unit=UnitFactory(parent=commune), kind="TEMPORARY"
        )
    secretary.get(LEVELS)

    with django_assert_num_queries(QUERIES["levels"]):
        secretary.get(LEVELS)
    with django_assert_num_queries(QUERIES["beside"]):
        secretary.get(BESIDE)


QUERIES = {"levels": 9, "beside": 8}
