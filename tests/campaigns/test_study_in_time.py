"""A study session is taken out within the time in which others are recorded."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from campaigns.models import StudySession
from campaigns.services.phases import StepClosed
from campaigns.services.study import record_session, remove_session
from campaigns.services.work import NotRecordable
from tests.campaigns.work_worlds import NOW, browser_of, cell_at_work
from tests.factories import PhaseFactory, StudyDocumentFactory, StudySessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return cell_at_work()


@pytest.fixture
def session(world):
    return record_session(
        session=StudySession(unit=world.cell, on=date(2024, 3, 5), topic="Nghị quyết"),
        documents=[StudyDocumentFactory(unit=world.cell)],
        exceptions={},
        **world.by_secretary,
    )


@pytest.fixture
def phase(world, session):
    return PhaseFactory(
        campaign=world.campaign, step="STUDY",
        from_on=date(2024, 1, 1), until_on=date(2024, 5, 1),
    )  # fmt: skip


OPENED = datetime(2024, 4, 30, 16, 55, tzinfo=UTC)  # five minutes before the end


def take_out(world, session, **more):
    remove_session(**{"session": session, "version": 1, **world.by_secretary, **more})


def test_after_the_last_day_it_stays(world, session, phase):
    with pytest.raises(StepClosed):
        take_out(world, session)
    with pytest.raises(StepClosed):
        take_out(world, session, opened_at=OPENED)
    answer = browser_of(world.secretary).post(
        reverse("work:session_remove", args=[session.pk]), {"version": 1}
    )
    assert answer.status_code == 422
    assert "30/04/2024" in answer.content.decode()
    assert StudySession.objects.get() == session


def test_a_form_opened_in_time_is_taken_a_quarter_of_an_hour_after_it(
    world, session, phase
):
    take_out(world, session, opened_at=OPENED, now=OPENED + timedelta(minutes=10))
    assert not StudySession.objects.exists()


def test_without_a_phase_it_is_taken_out_until_the_campaign_is_closed(world, session):
    take_out(world, session)
    assert not StudySession.objects.exists()
    world.campaign.state = "CLOSED"
    world.campaign.closed_at = world.campaign.roll_fixed_at = NOW
    world.campaign.save()
    with pytest.raises(NotRecordable):
        take_out(world, StudySessionFactory(unit=world.cell))
