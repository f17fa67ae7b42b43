"""What the work of a unit waits for, on the first page; and whom it is told."""

from datetime import date

import pytest
from django.utils import translation

from campaigns.models import Campaign
from campaigns.queries.due_work import (
    co_chair_due,
    meetings_due,
    programme_due,
    study_due,
)
from members.policy import Role
from tests.campaigns.work_worlds import browser_of, cell_at_work
from tests.factories import (
    AccountFactory,
    CoChairFactory,
    MeetingFactory,
    MemberFactory,
    PhaseFactory,
    PostFactory,
    ProgrammeCheckFactory,
    ProgrammeFactory,
    ProgrammeItemFactory,
    StudyAttendanceFactory,
    StudyDocumentFactory,
    StudySessionFactory,
)

pytestmark = pytest.mark.django_db
OPENED = "2024-01-10T05:00Z"
TODAY = date(2024, 3, 25)
LAST_DAY = date(2024, 3, 31)


@pytest.fixture
def world():
    return cell_at_work(opened_at=OPENED)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def told(source, world, account=None, today=TODAY):
    found = source(world.actor(account), today=today)
    return [(each.sentence, each.due_on, each.is_own) for each in found]


# ---- Meetings ---------------------------------------------------------------


def test_several_months_without_a_meeting_are_told_to_the_cell_committee_alone(world):
    MeetingFactory(unit=world.cell, on=date(2024, 3, 5), state="HELD")

    assert told(meetings_due, world) == [
        ("2 months have no regular meeting: 01/2024, 02/2024.", None, False)
    ]
    for other in (world.upper, world.member):
        assert told(meetings_due, world, other) == []


def test_one_month_without_a_meeting_is_told_to_nobody(world):
    MeetingFactory(unit=world.cell, on=date(2024, 1, 25), state="HELD")

    assert told(meetings_due, world) == []


# ---- The programme ------------------------------------------------------------


@pytest.fixture
def phase(world):
    return PhaseFactory(
        campaign=world.campaign,
        step="PROGRAMME",
        from_on=date(2024, 3, 1),
        until_on=date(2024, 4, 1),
    )


@pytest.mark.parametrize("is_begun", [True, False])
def test_a_programme_is_to_be_adopted_from_the_first_day_of_its_phase(
    world, phase, is_begun
):
    if is_begun:
        ProgrammeFactory(unit=world.cell)
    name = world.cell.name

    assert told(programme_due, world) == [
        (f"The action programme of {name} is not adopted.", LAST_DAY, False)
    ]
    assert told(programme_due, world, today=date(2024, 2, 29)) == []
    assert told(programme_due, world, today=date(2024, 4, 25))[0][1] == LAST_DAY
    assert told(programme_due, world, world.member) == []
    upper = told(programme_due, world, world.upper)
    assert [sentence for sentence, *_ in upper] == [
        f"The action programme of {world.committee.name} is not adopted."
    ]


def test_an_office_is_not_told_of_every_unit_below_it(world, phase):
    PostFactory(unit=world.committee.live_unit, account=world.upper, role=Role.CLERK)

    assert [sentence for sentence, *_ in told(programme_due, world, world.upper)] == [
        f"The action programme of {world.committee.name} is not adopted."
    ]


def adopted(world, **columns):
    return ProgrammeFactory(
        unit=world.cell, state="ADOPTED", adopted_on="2024-01-15", **columns
    )


def test_a_meeting_that_did_not_check_the_programme_is_told_until_it_is_checked(
    world,
):
    item = ProgrammeItemFactory(programme=adopted(world))
    MeetingFactory(unit=world.cell, on=date(2024, 1, 5), state="HELD")
    assert told(programme_due, world) == []  # it was not adopted yet

    meeting = MeetingFactory(unit=world.cell, on=date(2024, 3, 5), state="HELD")
    ProgrammeCheckFactory(item=item, on=date(2024, 2, 5))
    (due,) = programme_due(world.actor(), today=TODAY)
    assert due.sentence == (
        "The action programme was not checked at the meeting of 05/03/2024."
    )
    assert due.url.endswith(f"/check/?meeting={meeting.pk}")
    assert told(programme_due, world, world.member) == []

    ProgrammeCheckFactory(item=item, on=date(2024, 3, 5))
    assert told(programme_due, world) == []


@pytest.mark.parametrize(
    ("state", "is_told"),
    [("ADOPTED", True), ("REPORTED", True), ("SENT", False), ("APPROVED", False)],
)
def test_a_result_is_asked_for_from_december_until_it_is_sent(world, state, is_told):
    programme = adopted(world, discussed_on="2024-11-05", minutes="BB 11")
    type(programme).objects.update(state=state)
    name = world.cell.name

    assert told(programme_due, world, today=date(2024, 11, 30)) == []
    assert (
        told(programme_due, world, today=date(2024, 12, 1))
        == [
            (
                f"The result of the action programme of {name} is not sent.",
                date(2024, 12, 31),
                False,
            )
        ]
        * is_told
    )


def test_a_result_that_came_back_waits_at_once(world):
    programme = adopted(world, discussed_on="2024-11-05", minutes="BB 11")
    type(programme).objects.update(state="RETURNED")

    [(sentence, _day, is_own)] = told(programme_due, world, today=TODAY)

    assert sentence == (
        f"The level above has returned the result of the programme of {world.cell.name}."
    )
    assert not is_own


@pytest.mark.parametrize(
    ("state", "today", "end"),
    [
        ("ADOPTED", date(2024, 11, 30), None),
        (
            "ADOPTED",
            date(2024, 12, 1),
            ", of which you are a co-chair, is not written.",
        ),
        ("REPORTED", TODAY, " waits for your signature."),
        ("SENT", date(2024, 12, 1), None),
    ],
)
def test_a_co_chair_of_another_unit_is_led_to_the_result(world, state, today, end):
    programme = adopted(world, discussed_on="2024-11-05", minutes="BB 11")
    type(programme).objects.update(state=state)
    head = AccountFactory(member=MemberFactory())
    chair = CoChairFactory(programme=programme, member=head.member)
    start = f"The result of the action programme of {world.cell.name}"
    expected = [(start + end, None, True)] if end else []

    assert told(co_chair_due, world, head, today=today) == expected
    for due in co_chair_due(world.actor(head), today=today):
        assert browser_of(head).get(due.url).status_code == 200
    assert told(co_chair_due, world, world.member, today=today) == []
    assert told(co_chair_due, world, world.upper, today=today) == []

    type(chair).objects.update(signed_on=date(2024, 3, 20))
    assert told(co_chair_due, world, head, today=today) == []


def test_no_signature_is_asked_for_once_the_days_of_the_co_chair_are_over(world):
    programme = adopted(world)
    type(programme).objects.update(state="REPORTED")
    head = AccountFactory(member=MemberFactory())
    over = {"from_on": date(2024, 1, 1), "ends_on": date(2024, 2, 1)}
    CoChairFactory(programme=programme, member=head.member, **over)

    assert told(co_chair_due, world, head) == []


# ---- Study ----------------------------------------------------------------------


@pytest.fixture
def study(world):
    return PhaseFactory(
        campaign=world.campaign,
        step="STUDY",
        from_on=date(2024, 3, 1),
        until_on=date(2024, 4, 1),
    )


def test_a_member_is_told_how_much_is_still_to_be_studied(world, study):
    documents = [
        StudyDocumentFactory(unit=world.committee),
        StudyDocumentFactory(unit=world.cell),
    ]
    StudyDocumentFactory()
    assert told(study_due, world, world.member) == [
        ("You have not studied 2 documents of the year yet.", LAST_DAY, True)
    ]

    session = StudySessionFactory(unit=world.cell, documents=documents[:1])
    StudyAttendanceFactory(session=session, participant=world.people[0], how="LATE")
    missed = StudySessionFactory(unit=world.cell, documents=documents[1:])
    StudyAttendanceFactory(session=missed, participant=world.people[0], how="ABSENT")
    assert told(study_due, world, world.member) == [
        ("You have not studied 1 document of the year yet.", LAST_DAY, True)
    ]
    for outside in (date(2024, 2, 29), date(2024, 4, 1)):
        assert told(study_due, world, world.member, today=outside) == []
    assert told(study_due, world) == []  # the secretary is no member here


def test_who_is_not_called_to_study_is_told_nothing(world, study):
    StudyDocumentFactory(unit=world.cell)
    person = world.people[0]
    type(person).objects.filter(pk=person.pk).update(status="EXEMPT")

    assert told(study_due, world, world.member) == []


def test_nothing_is_told_of_a_closed_campaign(world, study, phase):
    StudyDocumentFactory(unit=world.cell)
    Campaign.objects.update(state="CLOSED", closed_at=OPENED, roll_fixed_at=OPENED)

    for source in (meetings_due, programme_due, study_due):
        for account in (world.secretary, world.member):
            assert told(source, world, account) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_each_source_takes_as_many_queries_for_any_number_of_rows(
    world, study, phase, rows, django_assert_num_queries
):
    item = ProgrammeItemFactory(programme=adopted(world))
    for month in range(1, 1 + rows):
        MeetingFactory(unit=world.cell, on=date(2024, month, 5), state="HELD")
        ProgrammeCheckFactory(item=item, on=date(2024, month, 6))
        StudyDocumentFactory(unit=world.cell)
    for source, account, queries in (
        (meetings_due, world.secretary, 2),
        (programme_due, world.secretary, 4),
        (study_due, world.member, 3),
    ):
        actor = world.actor(account)
        with django_assert_num_queries(queries):
            list(source(actor, today=TODAY))
