import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from config.menu import PAGES, menu
from members.policy import Role
from tests.clients import english_client_of
from tests.factories import (
    AccountFactory,
    DistrictFactory,
    MemberFactory,
    PostFactory,
    UnitFactory,
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
            [
                "home",
                "plans:campaign_list",
                "pledges:pledge_own",
                "work:work_list",
                "members:member_list",
                "figures_home",
                "self_review_own",
                "meetings:meeting_home",
                "reviews:remediation_own",
                "reports:progress_list",
                "members:unit_list",
                "records:inspection_list",
                "records:commendation_list",
                "reviews:import_list",
            ],
        ),
        (
            Role.SECRETARY,
            [
                "home",
                "plans:campaign_list",
                "pledges:pledge_own",
                "work:work_list",
                "figures_home",
                "self_review_own",
                "meetings:meeting_home",
                "reviews:remediation_own",
                "reports:progress_list",
                "members:unit_list",
                "records:inspection_list",
                "records:commendation_list",
            ],
        ),
        (
            Role.PROPAGANDA_DEPARTMENT,
            ["home", "plans:campaign_list", "reports:progress_list"],
        ),
        (Role.OUTSIDE, ["home"]),
    ],
)
def test_the_menu_leads_only_where_the_post_reaches(role, entries):
    shown = holder(role).get(reverse("home")).context["menu"]

    assert [entry.url for entry in shown] == [reverse(name) for name in entries]


@pytest.mark.parametrize(
    ("name", "current"),
    [
        ("home", ["home"]),
        ("figures_home", ["figures_home"]),
        ("todo:guide", []),
        ("reports:progress_list", ["reports:progress_list"]),
        ("members:member_list", ["members:member_list"]),
        ("plans:campaign_list", ["plans:campaign_list"]),
        ("work:work_list", ["work:work_list"]),
        ("pledges:pledge_own", ["pledges:pledge_own"]),
        ("self_review_own", ["self_review_own"]),
        ("meetings:meeting_home", ["meetings:meeting_home"]),
        ("members:unit_list", ["members:unit_list"]),
        ("members:transfer_list", ["members:member_list"]),
        ("members:slip_list", ["members:member_list"]),
        ("members:session_list", []),
        ("records:discipline_list", ["records:inspection_list"]),
        ("records:conference_list", ["records:commendation_list"]),
        ("reviews:import_list", ["reviews:import_list"]),
    ],
)
def test_the_menu_marks_where_one_is(name, current):
    shown = holder(Role.CLERK).get(reverse(name)).context["menu"]

    marked = [entry.url for entry in shown if entry.is_current]
    assert marked == [reverse(each) for each in current]


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


def test_of_many_pages_the_most_used_stand_in_sight():
    folded = holder(Role.CLERK).get(reverse("home")).context["menu_folded"]
    few = holder(Role.PROPAGANDA_DEPARTMENT).get(reverse("home")).context["menu_folded"]

    assert [entry.url for entry in folded] == [
        reverse(name)
        for name in (
            "self_review_own",
            "meetings:meeting_home",
            "reviews:remediation_own",
            "reports:progress_list",
            "members:unit_list",
            "records:inspection_list",
            "records:commendation_list",
            "reviews:import_list",
        )
    ]
    assert few == []


def test_a_visitor_and_an_error_before_the_log_in_have_no_menu():
    assert "menu" not in Client().get(reverse("members:login")).context
    assert menu(RequestFactory().get("/")) == {}


def test_a_member_finds_ones_own_information():
    client = Client()
    client.force_login(AccountFactory(member=MemberFactory()))

    shown = client.get(reverse("members:own_record")).context["menu"]

    assert [(entry.url, entry.is_current) for entry in shown] == [
        (reverse("home"), False),
        (reverse("plans:campaign_list"), False),
        (reverse("pledges:pledge_own"), False),
        (reverse("work:work_list"), False),
        (reverse("self_review_own"), False),
        (reverse("members:own_record"), True),
        (reverse("meetings:meeting_home"), False),
        (reverse("reviews:remediation_own"), False),
    ]


def test_the_work_of_a_unit_is_marked_apart_from_its_figures():
    figures = "/campaigns/1/units/2/"
    home = next(page for page in PAGES if page.name == "figures_home")
    work = next(page for page in PAGES if page.name == "work:work_list")

    assert [page.leads_to(figures) for page in (home, work)] == [True, False]
    assert [page.leads_to(f"{figures}work/") for page in (home, work)] == [False, True]


@pytest.mark.parametrize(
    ("unit", "label"),
    [
        pytest.param(
            lambda: UnitFactory(kind="CELL"), "Party cell", id="a cell reads of itself"
        ),
        pytest.param(
            DistrictFactory, "Work of the units", id="a committee of those below"
        ),
    ],
)
def test_work_is_called_by_whose_it_is(unit, label):
    client = english_client_of(PostFactory(unit=unit(), role=Role.SECRETARY).account)

    labels = {
        entry.url: entry.label for entry in client.get(reverse("home")).context["menu"]
    }

    with translation.override("en"):
        assert str(labels[reverse("work:work_list")]) == label


def test_each_page_of_the_menu_leads_back_to_the_first():
    client = holder(Role.CLERK)
    entries = client.get(reverse("home")).context["menu"]

    assert entries[-1].url == reverse("reviews:import_list")  # below the figures
    for entry in entries[1:-1]:
        page = client.get(entry.url, follow=True)
        back = page.context["crumbs"][0][1]
        assert back == reverse("home"), entry.url
        assert f'class="back" href="{back}"' in page.content.decode(), entry.url
        if entry.url == reverse("work:work_list"):
            assert f"<h1>{entry.label}</h1>" in page.content.decode()
