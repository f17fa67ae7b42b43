"""Every matter: who has not done it, until when, and what the committee is told."""

from datetime import date

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from campaigns.models import (
    Campaign,
    CampaignBody,
    CampaignUnit,
    Participant,
    Peak,
    Placement,
    PledgeSetup,
    Programme,
    Reminder,
    StudyDocument,
    StudySession,
    Tally,
    WantedReminder,
)
from campaigns.queries.matters import all_matters, matter_of, matter_of_people
from campaigns.queries.reminders import names_missing
from campaigns.reminding import OF_PEOPLE, STAYS_BELOW, Matter
from campaigns.services.reminders import planning, sending
from campaigns.services.study import (
    asked_less_by,
    asked_more_by,
    correct_session,
    counted_with,
    record_session,
)
from campaigns.services.tallies import changing
from campaigns.services.work import add_row, remove_row
from members.row_security import asked_by
from tests.campaigns.reminder_worlds import at, cell_below, cell_with_pledges
from tests.factories import (
    CriteriaSetFactory,
    MeetingFactory,
    PeakDayFactory,
    PeakFactory,
    PhaseFactory,
    ProgrammeFactory,
    StudyAttendanceFactory,
    StudyDocumentFactory,
    StudySessionFactory,
    UnitFileFactory,
    WantedReminderFactory,
)
from tests.restricted import restricted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

LAST_DAY = date(2024, 3, 28)
STEPS = {
    Matter.STUDY: "STUDY",
    Matter.PROGRAMME: "PROGRAMME",
    Matter.CRITERIA: "CRITERIA",
    Matter.SELF_REVIEW: "SELF_REVIEW",
    Matter.RESULTS: "PROPOSAL",
}


@pytest.fixture
def cell():
    """A cell that has everything before it, until one day."""
    found = cell_with_pledges()
    Campaign.objects.update(opened_at=at(1, 5))
    for step in STEPS.values():
        PhaseFactory(
            campaign=found.campaign,
            step=step,
            from_on=date(2024, 1, 1),
            until_on=date(2024, 3, 29),
        )
    PeakFactory(campaign=found.campaign, until_on=date(2024, 3, 29))
    study(found)
    return found


def study(cell):
    """Let the unit above ask for a document, as its page does."""
    add_row(
        row=StudyDocumentFactory.build(unit=cell.above),
        actor=cell.actor(cell.clerk),
        now=at(2, 1),
        counting=asked_more_by,
    )


def here(cell):
    return CampaignUnit.objects.filter(pk=cell.unit.pk)


def told(cell, code, day=LAST_DAY):
    """What the committee of the cell is told of a matter with this last day, if anything."""
    matter = matter_of(code)
    assert day in matter.known_last_days(cell.campaign.pk)
    found = matter.waiting(here(cell), among=[day])
    return [matter.sentence(cell.unit, each) for each in found]


def reviewed(cell, state):
    with changing([cell.unit.pk]):
        Participant.objects.update(review_state=state)


def hold_session(cell, exceptions=None):
    document = cell_document(cell)
    return record_session(
        session=StudySession(
            unit=cell.unit, topic="t", rapporteur="r", on=date(2024, 3, 5)
        ),
        documents=[document],
        exceptions=exceptions or {},
        actor=cell.actor(),
        now=at(3, 5),
    )


def cell_document(cell):
    return StudyDocument.objects.get(unit=cell.above)


DONE = {
    "STUDY": hold_session,
    "PROGRAMME": lambda cell: ProgrammeFactory(
        unit=cell.unit, state=Programme.State.ADOPTED, adopted_on=date(2024, 2, 1)
    ),
    "CRITERIA": lambda cell: CriteriaSetFactory(unit=cell.unit, state="SENT"),
    "PEAK": lambda cell: PeakDayFactory(
        unit=cell.unit, peak=Peak.objects.get(), is_held=True
    ),
    "SELF_REVIEW": lambda cell: reviewed(cell, "CONFIRMED"),
    "RESULTS": lambda cell: UnitFileFactory(unit=cell.unit),
}
SENTENCES = {
    "STUDY": "4 comrades have not studied all documents of the year.",
    "SELF_REVIEW": "self-reviews not sent yet: 4; sent and not confirmed yet: 0.",
    "PEAK": "not held yet: Kỷ niệm Ngày thành lập Đảng (its day is not set).",
}


def test_every_matter_is_registered_once():
    assert set(all_matters()) == set(Matter)
    assert len(settings.REMINDER_MATTERS) == len(Matter)
    assert {code for code in Matter if not matter_of(code).goes_up} == set(STAYS_BELOW)
    with pytest.raises(LookupError):
        matter_of_people("PROGRAMME")


def test_what_is_not_done_is_told_and_what_is_done_is_not(cell):
    before = {code: told(cell, code) for code in DONE}
    assert [code for code, sentences in before.items() if len(sentences) != 1] == []
    for code, sentence in SENTENCES.items():
        assert before[code] == [f"{cell.unit.name}: {sentence}"]
    for code in ("PROGRAMME", "CRITERIA", "RESULTS"):
        assert cell.unit.name in before[code][0]

    for do in DONE.values():
        do(cell)

    assert {code: told(cell, code) for code in DONE} == dict.fromkeys(DONE, [])


def test_of_another_last_day_nothing_is_told(cell):
    for code in DONE:
        matter = matter_of(code)
        assert matter.waiting(here(cell), among=[date(2024, 3, 27)]) == []


@pytest.mark.parametrize("why", ["published above", "not asked for", "nobody placed"])
def test_criteria_are_owed_by_units_with_people_and_none_above(cell, why):
    if why == "published above":
        CriteriaSetFactory(
            unit=cell.above, state="PUBLISHED", published_at=at(2, 1), document="QĐ 1"
        )
    elif why == "not asked for":
        PledgeSetup.objects.create(campaign=cell.campaign, needs_criteria=False)
    else:
        with changing([cell.unit.pk]):
            Placement.objects.update(until_on=date(2024, 3, 1))

    assert told(cell, "CRITERIA") == []


def test_a_file_that_came_back_is_asked_for_again(cell):
    UnitFileFactory(
        unit=cell.unit, state="RETURNED", answered_at=at(3, 1), reason="Thiếu biên bản"
    )

    assert len(told(cell, "RESULTS")) == 1


def test_a_peak_is_also_held_by_the_bodies_at_a_unit(cell):
    body = CampaignBody.objects.create(
        unit=cell.unit, kind="MASS_ORGANISATION", name="Hội Phụ nữ"
    )
    (peak,) = Peak.objects.all()
    PeakDayFactory(unit=cell.unit, peak=peak, is_held=True)
    assert "its day is not set" in told(cell, "PEAK")[0]
    day = PeakDayFactory(unit=cell.unit, peak=peak, body=body)
    assert told(cell, "PEAK") == [
        f"{cell.unit.name}: not held yet: Kỷ niệm Ngày thành lập Đảng."
    ]
    day.is_held = True
    day.save()

    assert told(cell, "PEAK") == []


def test_the_meeting_of_a_month_is_told_to_its_cell_alone(cell):
    MeetingFactory(unit=cell.unit, on=date(2024, 4, 3), state="HELD")
    MeetingFactory(unit=cell.unit, on=date(2024, 5, 3))  # planned

    assert told(cell, "MEETING", date(2024, 4, 30)) == []
    assert told(cell, "MEETING", date(2024, 5, 31)) == [
        f"{cell.unit.name}: no regular meeting is recorded for 05/2024."
    ]
    ends = matter_of("MEETING").known_last_days(cell.campaign.pk)
    assert max(ends) == date(2024, 12, 31)
    committee = CampaignUnit.objects.filter(pk=cell.above.pk)
    above = matter_of("MEETING").waiting(committee)
    assert [each.unit_id for each in above] == []


@pytest.mark.parametrize("model", ["wish", "reminder"])
@pytest.mark.parametrize(
    ("matter", "to"),
    [*[(each, "PERSON") for each in Matter if each not in OF_PEOPLE]]
    + [(each, "ABOVE") for each in STAYS_BELOW],
)
def test_the_database_holds_who_is_told_of_what(cell, model, matter, to):
    row = WantedReminder(campaign=cell.campaign, matter=matter, days=0, addressee=to)
    if model == "reminder":
        row = Reminder(unit=cell.unit, matter=matter, to=to, on=LAST_DAY)
        if to == "ABOVE":
            row.account = cell.clerk
        else:
            row.participant = cell.people[0]

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_who_studied_in_one_unit_has_studied_wherever_the_person_goes(cell):
    other, (stranger, *_more) = cell_below(cell.above)
    absent = cell.people[0]
    session = hold_session(cell, {absent.pk: "ABSENT"})
    assert missing(cell.unit) == [absent.pk]
    with changing([cell.unit.pk, other.pk]):
        Placement.objects.filter(participant=cell.people[1]).update(unit=other)
    assert (owed(cell.unit), owed(other)) == ((3, 2), (5, 1))

    correct_session(
        session=session,
        version=session.version,
        facts={},
        documents=[cell_document(cell)],
        exceptions={cell.people[1].pk: "EXCUSED"},
        actor=cell.actor(),
        now=at(3, 6),
    )
    assert (owed(cell.unit), owed(other)) == ((3, 3), (5, 0))
    assert stranger.pk in missing(other)


def test_counts_of_study_follow_documents_and_sessions_that_are_taken_out(cell):
    session = hold_session(cell)
    second = StudyDocumentFactory.build(unit=cell.unit)
    acts = {"actor": cell.actor(), "now": at(3, 6)}
    assert owed(cell.unit) == (4, 4)
    add_row(row=second, counting=asked_more_by, **acts)
    assert owed(cell.unit) == (4, 0)
    remove_row(row=second, version=1, counting=asked_less_by, **acts)
    assert owed(cell.unit) == (4, 4)
    remove_row(row=session, version=1, counting=counted_with, **acts)
    assert owed(cell.unit) == (4, 0)
    remove_row(row=cell_document(cell), version=1, counting=asked_less_by, **acts)
    assert owed(cell.unit) == (0, 0)


def owed(unit):
    """How many of a unit are called to study, and how many have; as recounted."""

    def counts():
        rows = Tally.objects.filter(unit=unit, subject="MEMBERS")
        return rows.values_list("study_owed", "studied").get()

    found = counts()
    with changing([unit.pk]):
        pass
    assert counts() == found, "the counts differ from a recount"
    return found


def missing(unit):
    placed = Placement.objects.open().filter(unit=unit).values("participant")
    people = Participant.objects.filter(pk__in=placed)
    not_done = matter_of_people("STUDY").not_done(people)
    return list(not_done.order_by("pk").values_list("pk", flat=True))


def test_each_matter_is_planned_and_sent_under_the_second_lock(cell):
    for code in Matter:
        WantedReminderFactory(
            campaign=cell.campaign, matter=code, days=-3, addressee="SECRETARY"
        )
        if code in OF_PEOPLE:
            WantedReminderFactory(campaign=cell.campaign, matter=code, days=-3)
    with restricted():
        planning.plan_today(now=at(3, 25))
        sending.send_today(now=at(3, 25))

    rows = Reminder.objects.filter(unit=cell.unit).exclude(state="LISTED")
    assert list(rows) == []
    of_posts = Reminder.objects.filter(unit=cell.unit, account=cell.secretary)
    # The month ends later.
    assert set(of_posts.values_list("matter", flat=True)) == set(Matter) - {"MEETING"}
    of_people = Reminder.objects.filter(participant__isnull=False)
    by_matter = [(code, of_people.filter(matter=code).count()) for code in OF_PEOPLE]
    assert by_matter == [("STUDY", 4), ("PLEDGE", 3), ("SELF_REVIEW", 4)]


def test_who_keeps_a_cell_reads_of_nobody_who_studied_elsewhere(cell):
    """The second lock hides attendance of other units; who has studied it does not."""
    other, (mover, *_more) = cell_below(cell.above)
    session = StudySessionFactory(unit=other, documents=[cell_document(cell)])
    StudyAttendanceFactory(session=session, participant=mover)
    with changing([cell.unit.pk, other.pk]):
        Placement.objects.filter(participant=mover).update(unit=cell.unit)

    with asked_by(cell.secretary.pk), restricted():
        names = names_missing(cell.unit, matter_of_people("STUDY"))

    assert len(names) == len(cell.people)


@pytest.mark.parametrize("cells", [1, 3])
def test_a_matter_asks_as_often_for_many_units(
    cell, cells, django_assert_max_num_queries
):
    for _number in range(cells - 1):
        cell_below(cell.above)
    units = CampaignUnit.objects.filter(campaign=cell.campaign)

    for code in Matter:
        with django_assert_max_num_queries(4):
            matter_of(code).waiting(units)
