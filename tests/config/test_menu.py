import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from config.menu import menu
from members.policy import Role
from tests.factories import (
    AccountFactory,
    DistrictFactory,
    MemberFactory,
    PostFactory,
)

pytestmark = pytest.mark.django_db

ROLL = reverse("members:member_list")


def holder(role: Role) -> Client:
    client = Client()
    client.force_login(PostFactory(unit=DistrictFactory(), role=role).account)
    return client


@pytest.mark.parametrize(
    ("role", "entries"),
    [
        (
            Role.CLERK,
            ["home", "members:member_list", "members:unit_list", "reviews:import_list"],
        ),
        (Role.SECRETARY, ["home", "members:unit_list"]),
        (Role.OUTSIDE, []),
    ],
)
def test_the_menu_leads_only_where_the_post_reaches(role, entries):
    shown = holder(role).get(reverse("home")).context["menu"]

    assert [entry.url for entry in shown] == [reverse(name) for name in entries]


@pytest.mark.parametrize(
    ("name", "current"),
    [
        ("home", 0),
        ("members:member_list", 1),
        ("members:unit_list", 2),
        ("members:transfer_list", 1),
        ("members:slip_list", 1),
        ("members:session_list", None),
        ("reviews:import_list", 3),
    ],
)
def test_the_menu_marks_where_one_is(name, current):
    shown = holder(Role.CLERK).get(reverse(name)).context["menu"]

    assert [entry.is_current for entry in shown] == [at == current for at in range(4)]


@pytest.mark.parametrize(
    ("address", "status"),
    [("/reports/1/", 404), ("/nowhere/", 404), (reverse("members:logout"), 405)],
)
def test_a_page_that_says_why_there_is_no_other_is_none_of_the_menu(address, status):
    page = holder(Role.CLERK).get(address)

    assert page.status_code == status
    assert reverse("members:member_list") in page.text
    assert 'aria-current="page"' not in page.text


def test_the_page_that_the_menu_marks_says_so():
    assert holder(Role.CLERK).get(ROLL).text.count('aria-current="page"') == 1


def test_a_visitor_and_an_error_before_the_log_in_have_no_menu():
    assert "menu" not in Client().get(reverse("members:login")).context
    assert menu(RequestFactory().get("/")) == {}


def test_a_member_finds_ones_own_information():
    client = Client()
    client.force_login(AccountFactory(member=MemberFactory()))

    shown = client.get(reverse("members:own_record")).context["menu"]

    assert [(entry.url, entry.is_current) for entry in shown] == [
        (reverse("members:own_record"), True)
    ]


def test_a_member_without_figures_begins_with_ones_own_information():
    client = Client()
    client.force_login(AccountFactory(member=MemberFactory()))

    assert client.get(reverse("home")).url == reverse("members:own_record")
