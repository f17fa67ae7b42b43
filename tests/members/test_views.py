import re

import pytest
from django.core.files.base import ContentFile
from django.db.models.fields.files import FieldFile
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from members.http import account, attachment
from members.policy import Role
from members.queries import pages
from members.views import roll
from reports.models import RollupReport
from tests.clients import choose
from tests.factories import (
    AccountFactory,
    DistrictFactory,
    MemberFactory,
    PostFactory,
    RollupReportFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
ROLL = reverse("members:member_list")
QUERIES_OF_THE_ROLL = 11


@pytest.fixture
def district():
    return DistrictFactory(name="Huyện A")


@pytest.fixture
def cell(district):
    return UnitFactory(name="Chi bộ thôn 1", parent=district)


@pytest.fixture
def clerk(client, district):
    """A client at whose other end the clerk of the district sits."""
    client.force_login(PostFactory(unit=district, title="Văn thư Huyện ủy").account)
    return client


def names_in(response):
    return re.findall(r'<th scope="row"><a href="[^"]+">(.*?)</a></th>', response.text)


@pytest.mark.parametrize("count", [1, 3])
def test_the_roll_takes_the_same_queries_for_one_row_and_for_three(
    clerk, cell, django_assert_num_queries, count
):
    for _ in range(count):
        MemberFactory(cell=cell)

    # Session, account, its first use (two), posts; count, page, cells, pauses; units in
    # charge; title of the post.
    with django_assert_num_queries(12):
        response = clerk.get(ROLL)

    assert len(names_in(response)) == count


def test_the_roll_shows_the_members_in_reach_in_name_order_and_nobody_else(clerk, cell):
    MemberFactory(full_name="Đỗ Thị Yến", cell=cell)
    MemberFactory(full_name="Nguyễn Văn An", cell=cell)
    MemberFactory(full_name="Lê Thị Ánh", cell=UnitFactory())
    MemberFactory(full_name="Trần Văn Ất")

    response = clerk.get(ROLL)

    assert names_in(response) == ["Nguyễn Văn An", "Đỗ Thị Yến"]
    assert response.context["units"] == "Huyện A"
    assert '<p class="page-line">Huyện A</p>' in response.text


def test_a_search_finds_without_accents_and_only_in_reach(clerk, cell):
    MemberFactory(full_name="Đỗ Thị Yến", cell=cell)
    MemberFactory(full_name="Nguyễn Văn An", cell=cell)
    MemberFactory(full_name="Đỗ Văn Em", cell=UnitFactory())

    assert names_in(clerk.get(ROLL, {"q": " do "})) == ["Đỗ Thị Yến"]
    assert names_in(clerk.get(ROLL, {"q": "do an"})) == []
    assert names_in(clerk.get(ROLL, {"q": "?"})) == []


def test_what_was_searched_is_shown_as_text_and_cut(clerk):
    response = clerk.get(ROLL, {"q": "<b>" + "x" * 200})

    assert response.context["q"] == "<b>" + "x" * 97
    assert "<b>x" not in response.text


@pytest.fixture
def five_names(cell, monkeypatch):
    """Five of the roll in the order of names, two of them namesakes; pages of two."""
    monkeypatch.setattr(roll, "PAGE_SIZE", 2)
    given = ("An", "Bình", "Bình", "Chi", "Dũng")
    return [MemberFactory(full_name=f"Lê {name}", cell=cell) for name in given]


def leafed(clerk, way, **query):
    """The names of each page, from the given one on."""
    shown = []
    while True:
        response = clerk.get(ROLL, query)
        shown.append(names_in(response))
        to = getattr(response.context["page"], way)
        if to is None:
            return shown
        query = query | {{"next": "after", "previous": "before"}[way]: str(to)}
        query.pop({"next": "before", "previous": "after"}[way], None)


@pytest.mark.parametrize("query", [{}, {"q": "le"}])
def test_a_long_roll_is_leafed_through_both_ways(clerk, five_names, query):
    at_last = query | {"after": str(five_names[3].pk)}

    forth = leafed(clerk, "next", **query)
    back = leafed(clerk, "previous", **at_last)

    first, second, third = ["Lê An", "Lê Bình"], ["Lê Bình", "Lê Chi"], ["Lê Dũng"]
    assert forth == [first, second, third]
    assert back == [third, second, first]


@pytest.mark.parametrize("query", [{}, {"q": "le"}])
def test_a_page_beyond_somebody_elsewhere_begins_at_the_first(clerk, five_names, query):
    elsewhere = MemberFactory(full_name="Lê Cúc", cell=UnitFactory())

    shown = [
        names_in(clerk.get(ROLL, query | {way: value}))
        for way in ("after", "before")
        for value in (str(elsewhere.pk), "x", "-1", "9" * 40)
    ]

    assert shown == [["Lê An", "Lê Bình"]] * 8


def test_the_pages_of_a_search_keep_it(clerk, five_names):
    page = clerk.get(ROLL, {"q": "le"})

    assert f"?q=le&amp;after={five_names[1].pk}" in page.text
    assert 'rel="prev"' not in page.text


def test_counting_ends_at_a_limit_and_says_what_to_do(clerk, five_names, monkeypatch):
    monkeypatch.setattr(pages, "MOST_COUNTED", 4)
    monkeypatch.setattr(roll, "PAGE_SIZE", 3)

    with translation.override("en"):
        every, some = clerk.get(ROLL), clerk.get(ROLL, {"q": "le"})
        exact = clerk.get(ROLL, {"q": "binh"})

    assert every.context["page"].counted == pages.Counted(4, is_more=True)
    assert names_in(every) == ["Lê An", "Lê Bình", "Lê Bình"]
    assert every.context["page"].next == five_names[2].pk
    assert len(names_in(some)) == 3
    assert 'rel="next"' not in some.text  # another word finds the others
    assert exact.context["page"].counted == pages.Counted(2)


@pytest.mark.parametrize("many", [1, 4])
@pytest.mark.parametrize("query", [{}, {"q": "le"}, {"show": "probation"}])
def test_a_page_of_the_roll_takes_as_many_queries_for_many(
    clerk, cell, query, many, django_assert_num_queries
):
    for number in range(many):
        MemberFactory(
            full_name=f"Lê {number}",
            cell=cell,
            admitted_on="2020-01-01",
            official_on="",
        )
    clerk.get(ROLL)  # notes the session

    with django_assert_num_queries(QUERIES_OF_THE_ROLL):
        clerk.get(ROLL, query)


def test_htmx_gets_the_rows_alone(clerk, cell):
    MemberFactory(full_name="Đỗ Thị Yến", cell=cell)

    page = clerk.get(ROLL)
    rows = clerk.get(ROLL, headers={"HX-Request": "true"})

    assert "<html" in page.text
    assert rows.text.strip().startswith('<div id="rows">')
    assert "<html" not in rows.text
    assert names_in(rows) == names_in(page) == ["Đỗ Thị Yến"]
    assert "HX-Request" in page["Vary"]
    assert "HX-Request" in rows["Vary"]


def test_who_sees_no_roll_is_told_of_none_and_not_of_an_empty_one(client, cell):
    member = MemberFactory(cell=cell)
    client.force_login(AccountFactory(member=member))

    page = client.get(ROLL)

    assert page.status_code == 404
    assert 'type="search"' not in page.text


@pytest.mark.parametrize("name", ["members:member_list", "health"])
def test_what_only_shows_takes_no_post(clerk, name):
    assert clerk.post(reverse(name)).status_code == 405


def test_one_sees_as_whom_one_is_logged_in(clerk):
    shown = clerk.get(ROLL).context["account"]

    assert (shown["name"], shown["post"]) == ("Trần Thị Bình", "Văn thư Huyện ủy")


def test_a_visitor_and_an_error_before_the_log_in_have_no_account(client):
    assert "account" not in client.get(reverse("members:login")).context
    assert account(RequestFactory().get("/")) == {}


SITE = "http://testserver"
CONFIRM = reverse("reviews:import_confirm", args=[1])


@pytest.mark.parametrize(
    ("referer", "page"),
    [
        (f"{SITE}/imports/1/", "/imports/1/"),
        (f"{SITE}/imports/1/?x=1", "/imports/1/%3Fx%3D1"),
        ("https://evil.example/imports/1/", "/"),
        ("", "/"),
    ],
)
def test_a_button_pressed_after_the_session_leads_back_to_its_page(
    client, referer, page
):
    answer = client.post(CONFIRM, headers={"Referer": referer})

    assert (answer.status_code, answer.url) == (
        302,
        f"{reverse('members:login')}?next={page}",
    )


def test_a_visitor_of_a_page_comes_to_it_after_logging_in(client):
    answer = client.get(f"{ROLL}?q=an")

    assert answer.url == f"{reverse('members:login')}?next={ROLL}%3Fq%3Dan"


@pytest.mark.parametrize("address", [CONFIRM, reverse("members:logout")])
def test_the_address_of_a_button_shows_a_page_with_a_way_on(clerk, address):
    answer = clerk.get(address)

    assert (answer.status_code, "POST" in answer["Allow"]) == (405, True)
    assert f'class="btn btn-primary" href="{reverse("home")}"' in answer.text


def test_the_log_in_page_refuses_in_its_own_words(client, english):
    login = reverse("members:login")

    choose(client, "en")
    empty = client.post(login, {})
    wrong = client.post(login, {"username": "x", "password": "y"})

    assert dict(empty.context["form"].errors) == {
        "username": ["Enter the account name."],
        "password": ["Enter the password."],
    }
    assert wrong.context["form"].non_field_errors() == [
        "There is no account with this name and password. Capital and small letters "
        "of the password differ."
    ]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        (None, "id_username"),
        ({"username": "", "password": "y"}, "id_username"),
        ({"username": "x", "password": "y"}, "id_password"),
    ],
)
def test_one_types_on_where_the_log_in_page_waits(client, sent, field):
    login = reverse("members:login")
    page = client.post(login, sent) if sent else client.get(login)

    focused = re.findall(r"<input[^>]*autofocus[^>]*>", page.text)

    assert len(focused) == 1
    assert f'id="{field}"' in focused[0]


@pytest.mark.parametrize(
    ("referer", "ways"),
    [(f"{SITE}/imports/1/?x=1", ["/imports/1/?x=1", "/"]), ("", ["/"])],
)
def test_a_form_whose_token_does_not_hold_offers_the_way_back(referer, ways):
    client = Client(enforce_csrf_checks=True)

    page = client.post(reverse("members:login"), headers={"Referer": referer})

    assert page.status_code == 403
    assert re.findall(r'class="btn btn-\S+" href="(.*?)"', page.text) == ways


LANGUAGE = reverse("set_language")


def test_the_language_is_changed_by_post_for_visitors_too(client, settings):
    client.get(LANGUAGE, {"language": "en"})
    assert settings.LANGUAGE_COOKIE_NAME not in client.cookies

    login = reverse("members:login")
    done = client.post(LANGUAGE, {"language": "en", "next": login})

    assert (done.status_code, done.url) == (302, login)
    assert '<html lang="en">' in client.get(login).text
    client.post(LANGUAGE, {"language": "vi", "next": login})
    assert '<html lang="vi">' in client.get(login).text


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example"])
def test_the_language_leads_to_no_other_site(client, elsewhere):
    done = client.post(LANGUAGE, {"language": "en", "next": elsewhere})

    assert (done.status_code, done.url) == (302, "/")


def test_a_language_that_there_is_not_changes_nothing(client, settings):
    client.post(LANGUAGE, {"language": "xx", "next": "/"})

    assert settings.LANGUAGE_COOKIE_NAME not in client.cookies


def test_a_stored_file_goes_out_as_a_download_that_nothing_keeps(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    report = RollupReportFactory()
    file = FieldFile(report, RollupReport._meta.get_field("pdf"), "")
    file.save("a.pdf", ContentFile(b"%PDF"), save=False)

    response = attachment(file, name="Báo cáo.pdf", content_type="application/pdf")

    assert b"".join(response.streaming_content) == b"%PDF"
    assert {
        name: response[name]
        for name in (
            "Content-Type",
            "Content-Disposition",
            "Cache-Control",
            "Content-Security-Policy",
        )
    } == {
        "Content-Type": "application/pdf",
        "Content-Disposition": "attachment; filename*=utf-8''B%C3%A1o%20c%C3%A1o.pdf",
        "Cache-Control": "no-store",
        "Content-Security-Policy": "sandbox",
    }
    response.close()


def test_who_keeps_no_cell_is_led_to_no_page_that_enters_people(client):
    post = PostFactory(unit=UnitFactory(kind="SUPERIOR"), role=Role.CLERK)
    client.force_login(post.account)
    address = reverse("member_add")

    without = client.get(reverse("members:member_list")).text
    assert client.get(address).status_code == 404
    UnitFactory(parent=post.unit)
    within = client.get(reverse("members:member_list")).text

    assert (address in without, address in within) == (False, True)
