"""Counts of records and of the registry over days, for a unit with all below it."""

from datetime import date

import pytest

from campaigns.figures import Disciplined, Period, Programme, Visits
from campaigns.models import Inspection
from campaigns.queries.record_figures import (
    activities_of,
    since_the_term_began,
    unplanned_by,
)
from members.models import Member, Membership
from members.row_security import asked_by
from tests.factories import (
    AccountFactory,
    CommendationFactory,
    DisciplineFactory,
    DistrictFactory,
    GrassrootsFactory,
    InspectionFactory,
    InspectionProgrammeFactory,
    MemberFactory,
    OpeningFigureFactory,
    PlannedInspectionFactory,
    UnitFactory,
    UnitTermFactory,
)
from tests.restricted import restricted

pytestmark = pytest.mark.django_db

YEAR = Period.of_year(2019)
IN_YEAR = date(2019, 5, 6)
BEFORE = date(2018, 12, 31)


@pytest.fixture
def district():
    return DistrictFactory(code="H")


@pytest.fixture
def commune(district):
    return GrassrootsFactory(code="X", parent=district)


@pytest.fixture
def cell(commune):
    return UnitFactory(code="X1", kind="CELL", parent=commune)


def person(cell, code, **columns):
    return MemberFactory(code=code, cell=cell, **columns)


def count(unit, period=YEAR):
    return activities_of(unit, period)


def test_visits_and_different_organisations_are_counted_apart(district, commune, cell):
    for subject in (commune, commune, cell):
        InspectionFactory(unit=district, subject=subject, on=IN_YEAR)
    InspectionFactory(
        unit=district, subject=cell, member=person(cell, "P1"), on=IN_YEAR
    )
    InspectionFactory(unit=commune, subject=cell, kind="SUPERVISION_TOPIC", on=IN_YEAR)
    InspectionFactory(unit=district, subject=commune, on=BEFORE)
    InspectionFactory(unit=district, subject=commune, on=YEAR.until_on)
    InspectionFactory(unit=district, subject=commune, on=IN_YEAR, document="")

    assert count(district).groups == {
        "INSPECTION": Visits(3, 2, 1, 1),
        "SUPERVISION": Visits(1, 1, 0, 0),
    }
    assert count(commune).groups["SUPERVISION"] == Visits(1, 1, 0, 0)
    assert count(commune).group("INSPECTION") == Visits()


def test_a_case_of_two_bodies_counts_once_in_the_sum_and_in_each(
    district, commune, cell
):
    columns = {"subject": cell, "kind": "SIGNS_OF_VIOLATION", "on": IN_YEAR}
    first = InspectionFactory(unit=commune, **columns)
    InspectionFactory(unit=district, joins=first, **columns)

    assert count(district).group("SIGNS") == Visits(1, 1, 0, 0)
    assert count(commune).group("SIGNS") == Visits(1, 1, 0, 0)
    Inspection.objects.update(joins=None)
    assert count(district).group("SIGNS") == Visits(2, 1, 0, 0)


def test_discipline_counts_people_by_the_form_that_holds(district, cell):
    people = [person(cell, f"P{at}") for at in range(4)]
    made = [
        DisciplineFactory(unit=district, subject=cell, member=each, on=IN_YEAR)
        for each in people
    ]
    DisciplineFactory(unit=district, subject=cell, member=people[0], on=IN_YEAR)
    DisciplineFactory(unit=district, subject=cell, on=IN_YEAR)
    changes = {"change_document": "Số 9", "changed_on": date(2019, 9, 1)}
    type(made[1]).objects.filter(pk=made[1].pk).update(
        changed_form="EXPULSION", **changes
    )
    type(made[2]).objects.filter(pk=made[2].pk).update(changed_form="", **changes)

    year = count(district)
    assert (year.disciplined, year.expelled) == (Disciplined(1, 3), 1)
    assert year.forms == {
        "REPRIMAND": Disciplined(1, 2),
        "EXPULSION": Disciplined(0, 1),
    }
    # Before the later decisions all four were reprimanded.
    spring = count(district, Period(date(2019, 1, 1), date(2019, 7, 1)))
    assert (spring.disciplined, spring.expelled) == (Disciplined(1, 4), 0)


def test_commendations_count_different_people_and_by_field(district, cell):
    one, two = person(cell, "P1"), person(cell, "P2")
    for member in (one, one, two, None):
        CommendationFactory(unit=district, subject=cell, member=member, on=IN_YEAR)
    CommendationFactory(
        unit=district,
        subject=cell,
        member=one,
        on=IN_YEAR,
        field="EXCELLENT_FIVE_YEARS",
    )

    assert count(district).commended == Disciplined(1, 2)
    assert count(district).fields == {
        "EXCELLENT_FIVE_YEARS": Disciplined(0, 1),
        "PARTY_BUILDING": Disciplined(1, 2),
    }


@pytest.mark.parametrize(
    ("admitted_on", "from_on", "admitted"),
    [
        ("2019-05-06", None, 1),
        ("2019-01-01", None, 1),
        ("2020-01-01", None, 0),
        ("2018-12-31", None, 0),
        ("2019", None, 1),
        ("2019-12", None, 1),
        ("2018", None, 0),
        ("", None, 0),
        ("2019-05-06", "2019-05-06", 1),
        ("2019-05-06", "2019-08-04", 1),
        ("2019-05-06", "2019-08-05", 0),  # admitted elsewhere
    ],
)
def test_admitted_is_who_came_into_a_first_cell(
    district, cell, admitted_on, from_on, admitted
):
    member = person(cell, "P1", admitted_on=admitted_on)
    Membership.objects.filter(member=member).update(from_on=from_on)

    assert count(district).admitted == admitted


def test_a_transfer_leaves_the_admission_where_it_was(district, cell):
    other = UnitFactory(code="Y1", kind="CELL", parent=DistrictFactory(code="K"))
    member = person(cell, "P1", admitted_on="2019-05-06")
    Membership.objects.filter(member=member).update(
        until_on=date(2019, 6, 1), ending="TRANSFERRED"
    )
    Membership.objects.create(member=member, unit=other, from_on=date(2019, 6, 1))

    assert [count(unit).admitted for unit in (district, other.parent)] == [1, 0]


def test_removals_are_by_what_people_were_on_that_day(district, cell):
    for code, official_on, ending, on in (
        ("P1", "", "STRUCK_OFF", "2019-03-01"),
        ("P2", "", "STRUCK_OFF", "2019-03-01"),
        ("P3", "2001", "STRUCK_OFF", "2019-03-01"),
        ("P4", "2001-02-03", "EXPELLED", "2019-12-31"),
        ("P5", "2001", "STRUCK_OFF", "2020-01-01"),
        ("P6", "2001", "DIED", "2019-03-01"),
        ("P7", "2021", "STRUCK_OFF", "2019-03-01"),  # on a roll again later
    ):
        member = person(cell, code, official_on=official_on)
        Membership.objects.filter(member=member).update(until_on=on, ending=ending)

    year = count(district)
    assert (
        year.struck_off_probationary,
        year.struck_off_full,
        year.expelled_from_roll,
    ) == (3, 1, 1)


def test_programmes_tell_planned_done_and_beside(district, commune):
    programme = InspectionProgrammeFactory(unit=district, year=2019)
    done, open_, _never = (
        PlannedInspectionFactory(programme=programme, due_on=date(2019, 6, 30))
        for _ in range(3)
    )
    PlannedInspectionFactory(programme=programme, due_on=date(2018, 12, 31))
    InspectionFactory(unit=district, planned=done, on=IN_YEAR)
    InspectionFactory(unit=district, planned=open_, on=IN_YEAR, document="")
    InspectionFactory(unit=district, on=IN_YEAR)
    InspectionFactory(unit=commune, on=IN_YEAR)
    InspectionFactory(
        unit=district, on=IN_YEAR, kind="STATE_INSPECTION", outside_body="Thanh tra"
    )

    assert count(district).programme == Programme(planned=3, done=1, unplanned=2)
    assert unplanned_by(district, YEAR) == 1


def test_a_figure_from_before_takes_the_place_of_the_registry_for_its_days(
    district, commune, cell
):
    term = Period(date(2015, 9, 1), date(2020, 1, 1))
    person(cell, "P1", admitted_on="2018-05-06")
    person(cell, "P2", admitted_on="2019-05-06")
    OpeningFigureFactory(
        unit=commune,
        kind="ADMITTED",
        from_on=date(2015, 9, 1),
        until_on=date(2019, 1, 1),
        value=685,
    )

    found = count(district, term)
    assert (found.admitted, found.before) == (686, {"ADMITTED": 685})
    assert (count(district).admitted, count(district).before) == (1, {})
    assert count(district, Period.of_year(2018)).left_out == ("ADMITTED",)


def test_the_term_runs_on_the_last_of_the_days(district):
    UnitTermFactory(unit=district, ordinal=1, from_on=date(2015, 9, 1))

    assert since_the_term_began(district, YEAR.until_on) == Period(
        date(2015, 9, 1), YEAR.until_on
    )
    assert since_the_term_began(district, date(2015, 9, 1)) is None


def test_whoever_reads_no_roll_gets_the_same_counts_and_no_row(district, cell):
    person(cell, "P1", admitted_on="2019-05-06")
    InspectionFactory(unit=district, subject=cell, on=IN_YEAR)
    nobody = AccountFactory()

    with restricted(), asked_by(nobody.pk):
        assert count(district).admitted == 1
        assert count(district).group("INSPECTION").visits == 1
        assert not Member.objects.exists()
        assert not Inspection.objects.exists()


def test_the_number_of_queries_is_fixed(district, cell, django_assert_num_queries):
    for at in range(3):
        with django_assert_num_queries(10):
            count(district)
        member = person(cell, f"P{at}", admitted_on="2019-05-06")
        for make in (InspectionFactory, DisciplineFactory, CommendationFactory):
            make(unit=district, subject=cell, member=member, on=IN_YEAR)
