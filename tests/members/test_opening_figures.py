"""Figures from before the system: entered, corrected by another row, summed, marked."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members.models import Event, OpeningFigure
from members.policy import Role
from members.queries import actor_for, opening_lines, period_text
from members.services import opening_figures
from tests.clients import english_client
from tests.factories import (
    NOON,
    DistrictFactory,
    GrassrootsFactory,
    OpeningFigureFactory,
    PostFactory,
    UnitFactory,
    UnitTermFactory,
)
from tests.members.keepers import keeper_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

SOURCE = "Báo cáo số 25-BC/HU, ngày 15/12/2023"
TYPED = {
    "kind": "ADMITTED",
    "from_on": "2023-01-01",
    "last_on": "2023-12-31",
    "value": "152",
    "source": SOURCE,
}


@pytest.fixture
def district():
    return DistrictFactory(name="Huyện A")


@pytest.fixture
def communes(district):
    return [GrassrootsFactory(name=f"Xã {at}", parent=district) for at in (1, 2)]


@pytest.fixture
def clerk(district):
    client = english_client()
    client.force_login(PostFactory(unit=district).account)
    return client


def url(name, row) -> str:
    return reverse(f"members:opening_{name}", args=[row.pk])


def sums(unit):
    return [
        (line.label, line.period, line.value, line.units, line.is_own)
        for line in opening_lines(unit, keeper_of_all(unit))
    ]


def keeper_of_all(unit):
    return actor_for(PostFactory(unit=unit).account)


def test_a_clerk_enters_a_figure_with_its_source(clerk, district):
    response = clerk.post(url("add", district), TYPED)

    figure = OpeningFigure.objects.get()
    assert response["Location"] == url("list", district)
    assert (figure.from_on, figure.until_on, figure.value, figure.source) == (
        date(2023, 1, 1),
        date(2024, 1, 1),
        152,
        SOURCE,
    )
    unit_page = clerk.get(reverse("members:unit_detail", args=[district.pk]))
    for page in (unit_page, clerk.get(url("list", district))):
        assert "Members admitted" in page.text
        assert "year 2023" in page.text
        assert "counted in no classification" in page.text
    event = Event.objects.get()
    assert (event.action, event.unit, event.data) == (
        "opening_figures.entered",
        district,
        {"kind": "ADMITTED"},
    )


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"kind": "LEVEL"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"from_on": ""}, "from_on"),
        ({"last_on": ""}, "last_on"),
        ({"last_on": "2022-12-31"}, "last_on"),
        ({"value": ""}, "value"),
        ({"value": "-1"}, "value"),
        ({"value": "1,5"}, "value"),
        ({"source": ""}, "source"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(clerk, district, changes, refused):
    response = clerk.post(url("add", district), {**TYPED, **changes})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [refused]
    assert not OpeningFigure.objects.exists()


def test_what_is_counted_on_one_day_has_no_period(clerk, district):
    clerk.post(url("add", district), {**TYPED, "kind": "MEMBERS"})

    figure = OpeningFigure.objects.get()
    assert (figure.from_on, figure.until_on) == (date(2023, 12, 31), date(2024, 1, 1))
    assert sums(district) == [("Party members", "on 31/12/2023", 152, 1, True)]


def test_what_is_entered_already_is_to_be_corrected(clerk, district):
    clerk.post(url("add", district), TYPED)

    again = clerk.post(url("add", district), TYPED)

    assert again.context["form"].errors == {
        "__all__": ["This is entered for the unit already; correct what is there."]
    }


def test_a_period_begins_with_the_term_unless_it_is_said(clerk, district):
    UnitTermFactory(unit=district, from_on=date(2020, 8, 5))

    form = clerk.get(url("add", district)).context["form"]

    assert form["from_on"].value() == date(2020, 8, 5)


def test_a_correction_keeps_the_row_before_and_the_last_one_counts(clerk, district):
    first = OpeningFigureFactory(unit=district, value=100)

    response = clerk.post(url("correct", first), {"value": "99", "source": SOURCE})

    assert response.status_code == 302
    second = OpeningFigure.objects.get(replaces=first)
    assert OpeningFigure.objects.get(pk=first.pk).value == 100
    assert [
        line.value for line in opening_lines(district, keeper_of_all(district))
    ] == [99]
    page = clerk.get(url("list", district))
    assert [(row.value, row.is_latest) for row in page.context["versions"]] == [
        (99, True),
        (100, False),
    ]
    assert clerk.get(url("correct", first)).status_code == 404
    assert clerk.get(url("correct", second)).status_code == 200
    done = Event.objects.exclude(action="accounts.refused").get()
    assert done.action == "opening_figures.corrected"


def test_a_figure_that_was_taken_back_counts_nowhere_and_can_come_back(clerk, district):
    first = OpeningFigureFactory(unit=district, value=100)
    empty = clerk.post(url("correct", first), {"value": "", "source": SOURCE})

    clerk.post(url("correct", first), {"is_taken_back": "on", "source": SOURCE})

    assert empty.context["form"].errors == {"value": ["Enter the figure."]}
    assert sums(district) == []
    gone = OpeningFigure.objects.get(replaces=first)
    assert Event.objects.get().action == "opening_figures.taken_back"
    clerk.post(url("correct", gone), {"value": "7", "source": SOURCE})
    assert [value for _, _, value, _, _ in sums(district)] == [7]


def test_of_two_who_correct_one_figure_the_second_is_told(district):
    figure, actor = OpeningFigureFactory(unit=district), keeper_of(district)
    change = {"figure": figure, "source": SOURCE, "actor": actor, "now": NOON}
    opening_figures.correct_figure(value=1, **change)

    with pytest.raises(opening_figures.FigureNotPossible, match="meanwhile"):
        opening_figures.correct_figure(value=2, **change)
    with pytest.raises(IntegrityError):
        OpeningFigureFactory(unit=district, replaces=figure)


def test_figures_are_summed_over_what_stands_below(district, communes):
    for unit, value in zip(communes, (3, 4), strict=True):
        OpeningFigureFactory(unit=unit, value=value)
    OpeningFigureFactory(unit=DistrictFactory(), value=1000)

    assert sums(district) == [("Members admitted", "year 2023", 7, 2, False)]
    assert sums(communes[0]) == [("Members admitted", "year 2023", 3, 1, True)]


def test_what_is_entered_above_stands_for_what_is_entered_below(district, communes):
    OpeningFigureFactory(unit=district, value=10)
    OpeningFigureFactory(unit=communes[0], value=3)
    cell = UnitFactory(parent=communes[1])
    OpeningFigureFactory(unit=cell, value=2)
    OpeningFigureFactory(
        unit=cell, value=5, from_on=date(2022, 1, 1), until_on=date(2023, 1, 1)
    )

    assert sums(district) == [
        ("Members admitted", "year 2023", 10, 1, True),
        ("Members admitted", "year 2022", 5, 1, False),
    ]
    above = OpeningFigure.objects.get(unit=district)
    OpeningFigureFactory(unit=district, value=None, replaces=above)
    assert sums(district)[0] == ("Members admitted", "year 2023", 5, 2, False)


def test_who_does_not_reach_a_unit_gets_nothing(district, communes):
    OpeningFigureFactory(unit=district)

    assert opening_lines(district, keeper_of_all(communes[0])) == []


def test_only_who_writes_results_enters_figures(district):
    figure = OpeningFigureFactory(unit=district)
    committee = Client()
    committee.force_login(PostFactory(unit=district, role=Role.SECRETARY).account)

    page = committee.get(url("list", district))

    assert page.status_code == 200
    assert not page.context["may_enter"]
    assert url("correct", figure) not in page.text
    assert [
        committee.get(each).status_code
        for each in (url("add", district), url("correct", figure))
    ] == [404, 404]


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"until_on": date(2023, 1, 1)}, "ends_after_it_begins"),
        ({"value": None}, "taken_back_is_a_correction"),
    ],
)
def test_the_database_refuses_what_can_never_be(columns, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        OpeningFigureFactory(**columns)


@pytest.mark.parametrize(
    ("first", "until", "text"),
    [
        (date(2023, 1, 1), date(2024, 1, 1), "year 2023"),
        (date(2020, 1, 1), date(2024, 1, 1), "01/01/2020 to 31/12/2023"),
        (date(2023, 12, 31), date(2024, 1, 1), "on 31/12/2023"),
        (date(2023, 2, 1), date(2024, 1, 1), "01/02/2023 to 31/12/2023"),
    ],
)
def test_a_period_is_written_as_people_do(first, until, text):
    assert period_text(first, until) == text


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_for_any_number(
    clerk, district, django_assert_num_queries, count
):
    for year in range(count):
        OpeningFigureFactory(unit=district, from_on=date(2020 + year, 1, 1))
    clerk.get(reverse("home"))

    # Session, account, posts; the unit, its rows (two), the sums; the title of the
    # post; the hour of the session.
    with django_assert_num_queries(9):
        clerk.get(url("list", district))


def test_no_figure_from_before_the_system_is_of_days_to_come(clerk, district):
    today = timezone.localdate()

    refused = clerk.post(
        url("add", district),
        {**TYPED, "last_on": f"{today + timedelta(days=1):%d/%m/%Y}"},
    )

    assert refused.context["form"].errors == {"last_on": ["This day has not come yet."]}
    assert not OpeningFigure.objects.exists()
    clerk.post(url("add", district), {**TYPED, "last_on": f"{today:%d/%m/%Y}"})
    assert OpeningFigure.objects.exists()
