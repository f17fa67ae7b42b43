"""Who has studied what: from sessions with everybody's attendance, and nothing else."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns.models import Essay, Participant, StudyAttendance, StudySession
from campaigns.queries.study import (
    attendance_of,
    people_of,
    progress_below,
    study_lines,
)
from campaigns.services.phases import StepClosed
from campaigns.services.study import (
    correct_session,
    demand_not_studied,
    hand_in,
    record_session,
)
from campaigns.services.work import NotRecordable
from members.models import Event
from members.row_security import asked_by
from tests.campaigns.work_worlds import NOW, browser_of, cell_at_work, typed_in
from tests.factories import (
    ActivityFactory,
    EssayFactory,
    PhaseFactory,
    ProgrammeFactory,
    StudyAttendanceFactory,
    StudyDocumentFactory,
    StudySessionFactory,
)
from tests.restricted import restricted

pytestmark = pytest.mark.django_db

DAY = date(2024, 5, 5)


@pytest.fixture
def world():
    return cell_at_work()


@pytest.fixture
def document(world):
    """Asked by the committee of all below it."""
    return StudyDocumentFactory(unit=world.committee)


def held(world, document, exceptions=None, **more):
    session = StudySession(
        unit=world.cell, topic="Kết luận 21", rapporteur="Bí thư", on=DAY
    )
    return record_session(
        session=session,
        documents=[document],
        exceptions=exceptions or {},
        **{**world.by_secretary, **more},
    )


def counted(world):
    return [
        (line.studied, line.base, line.essays, line.is_done)
        for line in study_lines(world.cell)
    ]


def test_all_were_present_but_for_the_exceptions(world, document):
    absent, late, _present = world.people
    session = held(world, document, {absent.pk: "EXCUSED", late.pk: "LATE"})

    assert [(who.pk, how) for who, how in attendance_of(session)] == [
        (absent.pk, "EXCUSED"),
        (late.pk, "LATE"),
        (world.people[2].pk, "PRESENT"),
    ]
    assert counted(world) == [(2, 3, None, False)]
    event = Event.objects.latest("pk")
    assert (event.action, event.data) == ("work.studysession_held", {"people": 2})


def test_a_make_up_session_completes_the_count(world, document):
    absent = world.people[0]
    first = held(world, document, {absent.pk: "ABSENT"})
    session = StudySession(
        unit=world.cell, topic="Học bù", rapporteur="Bí thư", on=DAY, makes_up_for=first
    )
    record_session(
        session=session,
        documents=[document],
        exceptions={},
        invited={absent.pk},
        **world.by_secretary,
    )

    assert counted(world) == [(3, 3, None, True)]


def test_whoever_is_exempt_or_gone_is_not_in_the_base(world, document):
    exempt, gone, called = world.people
    Participant.objects.filter(pk=exempt.pk).update(status="EXEMPT")
    Participant.objects.filter(pk=gone.pk).update(presence="LEFT")
    held(world, document)

    assert [person.pk for person in people_of(world.cell)] == [called.pk]
    assert counted(world) == [(1, 1, None, True)]


def test_a_body_is_known_by_its_headcount_and_counts_no_member(world, document):
    session = StudySession(
        unit=world.cell, topic="t", rapporteur="r", on=DAY,
        body_name="Hội Phụ nữ", headcount=20, invited=25,
    )  # fmt: skip
    record_session(
        session=session, documents=[document], exceptions={}, **world.by_secretary
    )

    assert not StudyAttendance.objects.exists()
    assert counted(world) == [(0, 3, None, False)]


@pytest.mark.parametrize(
    "wrong", ["no document", "to come", "of years ago", "stranger", "nobody"]
)
def test_no_session_without_a_document_a_day_and_people_of_the_unit(
    world, document, wrong
):
    session = StudySession(unit=world.cell, topic="t", rapporteur="r", on=DAY)
    documents, exceptions = [document], {}
    if wrong == "no document":
        documents = []
    elif wrong == "to come":
        session.on = date(2024, 6, 2)
    elif wrong == "of years ago":
        session.on = date(2004, 6, 1)
    elif wrong == "stranger":
        stranger = StudyAttendanceFactory().participant_id
        StudyAttendance.objects.all().delete()
        exceptions = {stranger: "ABSENT"}
    else:
        Participant.objects.update(presence="LEFT")

    with pytest.raises(NotRecordable):
        record_session(
            session=session,
            documents=documents,
            exceptions=exceptions,
            **world.by_secretary,
        )
    assert not StudySession.objects.filter(unit=world.cell).exists()
    assert counted(world)[0][0] == 0


def test_nothing_is_recorded_after_the_last_day_or_in_a_closed_campaign(
    world, document
):
    phase = PhaseFactory(
        campaign=world.campaign,
        step="STUDY",
        from_on=date(2024, 1, 1),
        until_on=date(2024, 5, 1),
    )
    with pytest.raises(StepClosed):
        held(world, document)
    with pytest.raises(StepClosed):
        correct_session(
            session=StudySessionFactory(unit=world.cell),
            version=1,
            facts={},
            documents=[document],
            exceptions={},
            **world.by_secretary,
        )
    phase.delete()
    world.campaign.state = "CLOSED"
    world.campaign.closed_at = world.campaign.roll_fixed_at = NOW
    world.campaign.save()
    with pytest.raises(NotRecordable):
        correct_session(
            session=StudySessionFactory(unit=world.cell),
            version=1,
            facts={},
            documents=[document],
            exceptions={},
            **world.by_secretary,
        )


def test_essays_are_counted_and_taken_back(world):
    document = StudyDocumentFactory(
        unit=world.committee, wants_essay=True, judged_by="Ban Tuyên giáo"
    )
    first, second, _third = world.people
    order = {"document": document, "unit": world.cell, **world.by_secretary}

    hand_in(essays={first.pk: (DAY, "MET"), second.pk: (DAY, "")}, **order)
    assert counted(world) == [(0, 3, 2, False)]
    hand_in(essays={first.pk: (DAY, "AGAIN")}, **order)
    assert list(Essay.objects.values_list("participant", "judgement")) == [
        (first.pk, "AGAIN")
    ]
    with pytest.raises(NotRecordable):
        hand_in(essays={first.pk: (date(2030, 1, 1), "")}, **order)


def test_a_document_that_was_studied_stays(world, document):
    demand_not_studied(document)
    held(world, document)
    with pytest.raises(NotRecordable):
        demand_not_studied(document)


def test_a_committee_that_asks_for_nothing_counts_nobody_as_behind(world):
    own = StudyDocumentFactory(unit=world.cell)
    held(world, own)
    upper = browser_of(world.upper)
    address = reverse(
        "work:unit_work", args=[world.campaign.pk, world.committee.live_unit_id]
    )

    assert '<td class="number">0/3</td>' not in upper.get(address).text
    StudyDocumentFactory(unit=world.committee)
    assert '<td class="number">0/3</td>' in upper.get(address).text


def test_above_the_cell_there_are_counts_by_unit(world, document):
    held(world, document, {world.people[0].pk: "ABSENT"})
    ActivityFactory(unit=world.cell)
    ProgrammeFactory(unit=world.cell, state="ADOPTED", adopted_on=DAY)
    other = cell_at_work()
    StudySessionFactory(unit=other.cell)

    (line,) = progress_below(world.committee)
    assert (line.unit, line.studied, line.base) == (world.cell, 2, 3)
    assert (line.sessions, line.activities) == (1, 1)
    assert (line.units, line.adopted, line.approved) == (1, 1, 0)


def test_the_counts_of_a_committee_are_a_fixed_few_queries(
    world, django_assert_num_queries
):
    for _ in range(2):
        document = StudyDocumentFactory(unit=world.committee)
        held(world, document)
    with django_assert_num_queries(9):
        progress_below(world.committee)


def test_names_are_read_by_the_cell_and_by_each_about_themselves(world, document):
    held(world, document)
    EssayFactory(document=document, unit=world.cell, participant=world.people[1])

    def seen_by(account):
        actor = world.actor(account)
        with restricted(), asked_by(account.pk):
            return (
                StudyAttendance.objects.visible_to(actor).count(),
                Essay.objects.visible_to(actor).count(),
                StudyAttendance.objects.count(),
            )

    assert seen_by(world.secretary) == (3, 1, 3)
    assert seen_by(world.member) == (1, 0, 1)
    assert seen_by(world.upper) == (0, 0, 0)


def test_a_secretary_records_a_session_with_all_ticked_but_one(world, document):
    client = browser_of(world.secretary)
    address = world.url("session_add")
    page = client.get(f"{address}?of={document.pk}")
    assert page.context["form"]["documents"].value() == [str(document.pk)]
    answers = {
        **typed_in(page),
        "topic": "Kết luận 21",
        "rapporteur": "Bí thư",
        "on": "05/05/2024",
        f"how_{world.people[1].pk}": "EXCUSED",
    }

    done = client.post(address, answers, follow=True)

    session = StudySession.objects.get()
    assert done.redirect_chain == [
        (reverse("work:session_detail", args=[session.pk]), 302)
    ]
    shown = [(who.full_name, good) for who, _word, good in done.context["people"]]
    assert shown == [
        ("Lê Thị Bé", True),
        ("Trần Văn Đào", False),
        ("Nguyễn Thị Út", True),
    ]
    study = client.get(world.url("study"))
    assert "2/3 đồng chí đã học" in study.content.decode()

    make_up = reverse("work:session_make_up", args=[session.pk])
    page = client.get(make_up)
    assert [who.pk for who, _f in page.context["form"].lines] == [world.people[1].pk]
    client.post(make_up, {**typed_in(page), "on": "06/05/2024"})
    assert "3/3 đồng chí đã học" in client.get(world.url("study")).content.decode()
    assert client.get(make_up).status_code == 200


def test_a_member_reads_numbers_and_oneself(world, document):
    session = held(world, document, {world.people[0].pk: "LATE"})
    client = browser_of(world.member)
    page = client.get(reverse("work:session_detail", args=[session.pk]))

    assert (page.context["people"], page.context["own"].how) == ([], "LATE")
    text = page.content.decode()
    assert "Trần Văn Đào" not in text
    assert "3/3" in text
    assert client.get(world.url("session_add")).status_code == 404


def test_two_corrections_of_one_session_stand_side_by_side(world, document):
    session = held(world, document)
    client = browser_of(world.secretary)
    address = reverse("work:session_edit", args=[session.pk])
    typed = typed_in(client.get(address))
    correct_session(
        session=session, version=1, facts={"topic": "Kết luận 21 (mới)"},
        documents=[document], exceptions={}, **world.by_secretary,
    )  # fmt: skip

    page = client.post(address, {**typed, "topic": "Khác"})

    assert page.status_code == 409
    assert [line[1:] for line in page.context["both"]] == [
        ("Kết luận 21 (mới)", "Khác")
    ]
    again = client.post(address, {**typed, "topic": "Khác", "version": 2, "once": "b"})
    assert again.status_code == 302
    session.refresh_from_db()
    assert (session.topic, session.version) == ("Khác", 3)


def test_essays_are_entered_beside_the_names(world):
    document = StudyDocumentFactory(
        unit=world.committee, wants_essay=True, judged_by="Ban Tuyên giáo"
    )
    client = browser_of(world.secretary)
    address = world.url("essays", document.pk)
    first, second, _third = world.people
    typed = typed_in(client.get(address))
    refused = client.post(address, {**typed, f"judgement_{second.pk}": "MET"})
    assert refused.status_code == 422
    typed = {**typed, f"on_{first.pk}": "05/05/2024", f"judgement_{first.pk}": "MET"}
    assert client.post(address, typed).status_code == 302
    assert Essay.objects.values_list("participant", "handed_in_on").get() == (
        first.pk,
        DAY,
    )
    assert "1/3 đồng chí đã nộp" in client.get(world.url("study")).content.decode()


@pytest.mark.parametrize("more", [0, 2])
def test_pages_of_a_unit_ask_a_fixed_few_queries(
    world, document, more, django_assert_max_num_queries
):
    for _ in range(1 + more):
        held(world, StudyDocumentFactory(unit=world.cell))
    client = browser_of(world.secretary)
    client.get(world.url("study"))
    with django_assert_max_num_queries(25):
        assert client.get(world.url("study")).status_code == 200
    with django_assert_max_num_queries(40):
        assert client.get(world.url("unit_work")).status_code == 200
