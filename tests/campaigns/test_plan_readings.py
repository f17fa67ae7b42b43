"""What the plan wants to be studied becomes what units study, and one sees who has."""

from datetime import date

import pytest
from django.db import IntegrityError
from django.urls import reverse

from campaigns.models import StudyDocument
from campaigns.queries.plan_readings import offered_to, readings_of_plan
from campaigns.services.study import take_over
from campaigns.services.work import NotRecordable
from members.models import Event
from tests.campaigns.work_worlds import browser_of, cell_at_work
from tests.factories import (
    CampaignUnitFactory,
    PlanDocumentFactory,
    StudyAttendanceFactory,
    StudyDocumentFactory,
    StudySessionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return cell_at_work()


@pytest.fixture
def wanted(world):
    """One document of the campaign's plan that is to be studied."""
    return PlanDocumentFactory(campaign=world.campaign, title="Nghị quyết số 4")


@pytest.fixture
def secretary(world):
    return browser_of(world.secretary)


def taken(unit):
    rows = StudyDocument.objects.filter(unit=unit).order_by("pk")
    return list(rows.values_list("name", "number", "plan_document"))


def studied(world, document, *people, on=date(2024, 3, 5)):
    session = StudySessionFactory(unit=world.cell, documents=[document], on=on)
    for person in people:
        StudyAttendanceFactory(session=session, participant=person)
    return session


def test_only_what_is_to_be_studied_here_is_offered(world, wanted):
    other = CampaignUnitFactory(campaign=world.campaign, parent=world.committee)
    PlanDocumentFactory(campaign=world.campaign, role="BASIS")
    PlanDocumentFactory(campaign=world.campaign, unit=other)
    PlanDocumentFactory()
    local = PlanDocumentFactory(campaign=world.campaign, unit=world.committee)

    assert {each.pk for each in offered_to(world.cell)} == {wanted.pk, local.pk}


def test_what_a_unit_above_has_taken_over_is_not_offered_below(world, wanted):
    StudyDocumentFactory(unit=world.committee, plan_document=wanted)

    assert offered_to(world.cell) == []
    assert offered_to(world.committee) == []


def test_one_press_takes_over_and_the_document_is_corrected_like_any_other(
    world, secretary, wanted
):
    page = secretary.get(world.url("study"))
    assert page.context["offered"] == [wanted]

    response = secretary.post(world.url("documents_take"), {"documents": wanted.pk})

    assert response.url == world.url("study")
    assert taken(world.cell) == [("Nghị quyết số 4", "04-NQ/TW", wanted.pk)]
    assert secretary.get(world.url("study")).context["offered"] == []
    row = StudyDocument.objects.get()
    secretary.post(
        reverse("work:document_edit", args=[row.pk]),
        {"name": "NQ 4", "wants_essay": "on", "judged_by": "Ban", "version": 1},
    )
    row.refresh_from_db()
    assert (row.name, row.judged_by, row.plan_document) == ("NQ 4", "Ban", wanted)
    event = Event.objects.filter(action="work.studydocument_taken_over").get()
    assert event.subject_id == row.pk


def test_another_press_takes_over_all(world, secretary, wanted):
    second = PlanDocumentFactory(campaign=world.campaign, title="Chỉ thị 05", number="")
    secretary.post(world.url("documents_take"), {"all": "1"})

    assert taken(world.cell) == [
        ("Nghị quyết số 4", "04-NQ/TW", wanted.pk),
        ("Chỉ thị 05", "", second.pk),
    ]


@pytest.mark.parametrize("sent", [{}, {"documents": "999999"}, {"documents": "x"}])
def test_what_is_not_offered_is_refused_in_words(world, secretary, wanted, sent):
    response = secretary.post(world.url("documents_take"), sent, follow=True)

    assert taken(world.cell) == []
    assert "Không còn được đề xuất" in response.content.decode()


def test_pressed_twice_it_is_taken_over_once(world, wanted):
    offered = offered_to(world.cell)
    take_over(unit=world.cell, documents=offered, **world.by_secretary)

    with pytest.raises(NotRecordable):
        take_over(unit=world.cell, documents=offered, **world.by_secretary)

    with pytest.raises(IntegrityError):
        StudyDocumentFactory(unit=world.cell, plan_document=wanted)


def test_a_closed_campaign_takes_nothing_over(wanted):
    world = cell_at_work(state="CLOSED", closed_at="2024-06-01T05:00Z",
                         roll_fixed_at="2024-06-01T05:00Z")  # fmt: skip
    document = PlanDocumentFactory(campaign=world.campaign)

    with pytest.raises(NotRecordable):
        take_over(unit=world.cell, documents=[document], **world.by_secretary)
    page = browser_of(world.secretary).get(world.url("study"))
    assert page.context["offered"] == []


def test_a_member_is_offered_nothing_and_reads_no_names(world, wanted):
    document = StudyDocumentFactory(unit=world.cell)
    studied(world, document, *world.people)
    page = browser_of(world.member).get(world.url("study"))

    assert (page.context["offered"], page.context["people"]) == ([], [])
    assert world.people[1].full_name not in page.content.decode()


def test_the_plan_shows_sessions_and_the_own_day(world, wanted):
    document = StudyDocumentFactory(unit=world.cell, plan_document=wanted)
    first = world.people[0]
    studied(world, document, first, on=date(2024, 4, 5))
    studied(world, document, first)
    missed = StudySessionFactory(unit=world.cell, documents=[document])
    StudyAttendanceFactory(session=missed, participant=first, how="EXCUSED")

    def read(account):
        found = readings_of_plan(world.campaign, world.actor(account))[wanted.pk]
        return found.sessions, found.own_on

    assert read(world.member) == (3, date(2024, 3, 5))
    assert read(world.secretary) == (3, None)
    page = browser_of(world.member).get(
        reverse("plans:plan_detail", args=[world.campaign.pk])
    )
    assert "05/03/2024" in page.content.decode()


def test_whoever_records_reads_who_has_studied_which_document_when(
    world, secretary, wanted
):
    first = StudyDocumentFactory(unit=world.committee, plan_document=wanted)
    second = StudyDocumentFactory(unit=world.cell)
    studied(world, first, *world.people[:2])
    elsewhere = StudySessionFactory(
        unit=world.committee, documents=[first, second], on=date(2024, 2, 1)
    )
    StudyAttendanceFactory(session=elsewhere, participant=world.people[0])

    people = secretary.get(world.url("study")).context["people"]

    assert [[day for _document, day in line.read] for line in people] == [
        [date(2024, 2, 1), date(2024, 2, 1)],
        [date(2024, 3, 5), None],
        [None, None],
    ]


@pytest.mark.parametrize("rows", [1, 4])
def test_the_page_of_study_takes_as_many_queries_for_any_plan(
    world, secretary, rows, django_assert_num_queries
):
    for _ in range(rows):
        plan = PlanDocumentFactory(campaign=world.campaign)
        PlanDocumentFactory(campaign=world.campaign)
        document = StudyDocumentFactory(unit=world.cell, plan_document=plan)
        studied(world, document, *world.people)
    secretary.get(world.url("study"))

    with django_assert_num_queries(18):
        secretary.get(world.url("study"))
