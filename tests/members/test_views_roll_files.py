"""The roll as a workbook: the empty one, and one with everybody on it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from members import limits
from members.models import Event
from members.policy import Role
from members.queries import actor_for
from members.services import bulk_reading
from members.services.rolls import exporting
from members.views import roll_files
from tests.clients import english_client, forget_password
from tests.factories import (
    PASSWORD,
    AccountFactory,
    DistrictFactory,
    GrassrootsFactory,
    MemberFactory,
    PostFactory,
    UnitFactory,
)
from tests.roll_books import HEADS, NOW, read, rows_in

pytestmark = pytest.mark.django_db

EXPORT = reverse("members:roll_export")
TEMPLATE = reverse("members:roll_template")


@pytest.fixture
def client():
    return english_client()


@pytest.fixture
def committee():
    return GrassrootsFactory(code="X", parent=DistrictFactory(code="H"))


@pytest.fixture
def cells(committee):
    return [UnitFactory(code=f"X{at}", parent=committee) for at in (1, 2)]


@pytest.fixture
def people(cells):
    return [
        MemberFactory(code="b", full_name="Lê Bình", cell=cells[0], gender="M"),
        MemberFactory(
            code="a",
            full_name='=HYPERLINK("x")',
            cell=cells[1],
            born_on="1960",
            official_on="",
            card_number="38012345",
            personal_id="001080012345",
        ),
    ]


def enter(client, unit, role) -> None:
    client.force_login(PostFactory(unit=unit, role=role).account)


def content_of(response) -> bytes:
    return b"".join(response.streaming_content)


def test_the_empty_workbook_offers_sexes_statuses_and_the_clerks_cells(
    client, committee, cells
):
    UnitFactory(code="Y1", parent=committee, closed_on="2024-01-01")
    UnitFactory(code="Z1")
    enter(client, committee, Role.CLERK)

    content = content_of(client.get(TEMPLATE))

    assert rows_in(content) == [HEADS]
    lists = list(zip(*rows_in(content, "Danh mục"), strict=True))
    assert [tuple(filter(None, each)) for each in lists] == [
        ("Danh sách đảng viên: Giới tính", "Nam", "Nữ"),
        ("Danh sách đảng viên: Mã chi bộ", "X1", "X2"),
        ("Only for", "Chi bộ X1", "Chi bộ X2"),
        (
            "Danh sách đảng viên: Tình trạng",
            "Đảng viên chính thức",
            "Đảng viên dự bị",
            "Miễn công tác và sinh hoạt đảng",
            "Đình chỉ sinh hoạt đảng",
        ),
    ]
    helped = rows_in(content, "Hướng dẫn")
    assert [each[1] for each in helped[1:]] == list(HEADS)
    assert helped[1][2].startswith("Obligatory, each code once")


def test_everybody_on_the_roll_is_given_out_as_text(client, committee, people):
    enter(client, committee, Role.CLERK)

    response = client.post(EXPORT, {"unit": committee.pk})

    assert response["Cache-Control"] == "no-store"
    assert "danh-sach-dang-vien-X.xlsx" in response["Content-Disposition"]
    content = content_of(response)
    assert [each[:2] for each in rows_in(content)[1:]] == [
        ("b", "Lê Bình"),
        ("a", '=HYPERLINK("x")'),
    ]
    assert rows_in(content)[2][-3:] == (
        "38.012345",
        "001080012345",
        "Đảng viên dự bị",
    )
    # Given out as it stands; such a name is taken in no more.
    faults = read(content).reading.faults
    assert {fault.row for fault in faults} == {3}
    event = Event.objects.get(action="roll.exported")
    assert (event.unit, event.subject_id, event.data["people"]) == (
        committee,
        committee.pk,
        2,
    )


def test_a_secretary_takes_out_the_own_cell_alone(client, committee, cells, people):
    enter(client, cells[0], Role.SECRETARY)

    content = content_of(client.post(EXPORT, {"unit": cells[0].pk}))

    assert [each[0] for each in rows_in(content)[1:]] == ["b"]
    for unit in (cells[1].pk, committee.pk, 999999, "x"):
        assert client.post(EXPORT, {"unit": unit}).status_code == 404
    page = client.get(EXPORT).content.decode()
    assert cells[0].name in page
    assert cells[1].name not in page
    assert client.get(TEMPLATE).status_code == 404
    roll = client.get(reverse("members:member_list")).content.decode()
    assert EXPORT in roll
    assert reverse("roll_import_list") not in roll


def test_of_many_units_one_is_found_by_name_first(
    client, committee, cells, people, monkeypatch
):
    monkeypatch.setattr(roll_files, "MOST_UNITS", 2)
    enter(client, committee, Role.CLERK)

    offered = client.get(EXPORT, {"q": cells[1].name}).context["choices"]
    page = client.get(EXPORT, {"to": cells[1].pk})
    refused = client.post(EXPORT, {"unit": cells[1].pk, "old": "x"})

    assert offered[0][0] == cells[1].pk
    assert committee.name in offered[0][2]  # which of the cells of that name it is
    assert page.context["units"] == [cells[1]]
    assert page.context["may_find_another"]
    assert client.get(EXPORT, {"to": 999999}).status_code == 404
    assert refused.status_code == 200  # few people: no password is asked for


def test_figures_of_a_unit_give_nobody_its_roll(client, committee, cells, people):
    post = PostFactory(unit=cells[0], role=Role.SECRETARY)
    PostFactory(unit=committee, role=Role.ORGANISATION_DEPARTMENT, account=post.account)
    client.force_login(post.account)

    assert client.post(EXPORT, {"unit": committee.pk}).status_code == 404
    assert committee.name not in client.get(EXPORT).content.decode()
    # Nor does the service, whoever calls it for the whole unit.
    content = exporting.export_roll(
        within=committee, actor=actor_for(post.account), now=NOW, most=None
    )
    assert [each[0] for each in rows_in(content)[1:]] == ["b"]


def test_a_roll_that_is_too_long_is_not_given_out_by_a_page(
    client, committee, people, monkeypatch
):
    monkeypatch.setattr(exporting, "MOST_PEOPLE", 1)
    enter(client, committee, Role.CLERK)

    response = client.post(EXPORT, {"unit": committee.pk})

    assert response.status_code == 422
    assert "The roll has 2 people; at most 1 go into one" in response.content.decode()
    assert not Event.objects.filter(action="roll.exported").exists()


def test_everybody_on_the_roll_reads_who_took_it_out(client, committee, cells, people):
    enter(client, committee, Role.CLERK)
    content_of(client.post(EXPORT, {"unit": cells[0].pk}))
    own = {
        each.code: AccountFactory(member=each, display_name=each.full_name)
        for each in people
    }

    told = {}
    for code, account in own.items():
        client.force_login(account)
        told[code] = client.get(reverse("members:own_record")).context["openings"]

    (opening,) = told["b"]
    assert opening.post.endswith("(took out the roll as a workbook)")
    assert told["a"] == []


@pytest.mark.parametrize("count", [2, 12])
def test_the_number_of_queries_does_not_depend_on_the_people(
    client, committee, cells, count, django_assert_max_num_queries
):
    for at in range(count):
        MemberFactory(code=f"m{at}", cell=cells[0])
    enter(client, committee, Role.CLERK)

    with django_assert_max_num_queries(32):
        response = client.post(EXPORT, {"unit": committee.pk})
        assert len(rows_in(content_of(response))) == count + 1


def limit(monkeypatch, **values) -> None:
    """Let the limits be as small as the rolls of a test."""
    shrunk = replace(limits.limits(), **values)
    for module in (exporting, bulk_reading):
        monkeypatch.setattr(module, "limits", lambda: shrunk)


def test_many_people_are_given_out_only_with_the_password(
    client, committee, people, monkeypatch
):
    limit(monkeypatch, asked_again_above=1)
    enter(client, committee, Role.CLERK)
    forget_password(client)

    asked = client.post(EXPORT, {"unit": committee.pk})
    wrong = client.post(EXPORT, {"unit": committee.pk, "old": "another"})

    assert (asked.status_code, wrong.status_code) == (200, 422)
    assert "Type your password once more" in asked.text
    assert list(wrong.context["form"].errors) == ["old"]
    assert not Event.objects.filter(action="roll.exported").exists()

    given = client.post(EXPORT, {"unit": committee.pk, "old": PASSWORD})
    again = client.post(EXPORT, {"unit": committee.pk})

    assert [len(rows_in(content_of(each))) for each in (given, again)] == [3, 3]


def test_a_password_typed_long_ago_is_asked_for_again(
    client, committee, people, monkeypatch
):
    limit(monkeypatch, asked_again_above=1)
    enter(client, committee, Role.CLERK)
    forget_password(client)

    assert "old" in client.post(EXPORT, {"unit": committee.pk}).context["form"].fields


def test_an_account_takes_out_no_more_than_the_quota_of_a_day(
    client, committee, cells, people, monkeypatch
):
    limit(monkeypatch, people_a_day=3)
    enter(client, committee, Role.CLERK)

    content_of(client.post(EXPORT, {"unit": committee.pk}))
    refused = client.post(EXPORT, {"unit": committee.pk})
    content_of(client.post(EXPORT, {"unit": cells[0].pk}))

    assert refused.status_code == 422
    assert "At most 3 people a day" in refused.text
    events = Event.objects.filter(action="roll.exported").order_by("pk")
    assert [each.data["people"] for each in events] == [2, 1]


def test_opening_many_records_is_told_once_at_the_unit_of_the_post(
    client, committee, people, monkeypatch
):
    limit(monkeypatch, people_opened=1)
    enter(client, committee, Role.CLERK)

    for member in (people[0], people[0], people[1], people[0]):
        client.get(reverse("members:member_detail", args=[member.pk]))

    told = Event.objects.get(action="members.opened_in_bulk")
    assert (told.unit, told.data, told.post.unit) == (
        committee,
        {"people": 2},
        committee,
    )
    above = PostFactory(unit=committee.parent, role=Role.CLERK).account
    client.force_login(above)
    page = client.get(reverse("members:unit_detail", args=[committee.pk])).text
    assert "opened the records of 2 people" in page


def test_records_opened_slowly_are_not_told(client, committee, people, monkeypatch):
    limit(monkeypatch, people_opened=1, opened_within=timedelta())
    enter(client, committee, Role.CLERK)

    for member in people:
        client.get(reverse("members:member_detail", args=[member.pk]))

    assert not Event.objects.filter(action="members.opened_in_bulk").exists()


@pytest.mark.parametrize(
    "text",
    ["", "[export]\nasked_again_above = 0\npeople_a_day = 1\ncertainty = 'R'", "=="],
)
def test_limits_that_say_nothing_are_refused(text):
    with pytest.raises(limits.BadLimits):
        limits.read_limits(text)
