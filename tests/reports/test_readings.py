"""Results read for a stated reason: recorded first, approved, shown to the person."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from members.models import Post, ReasonedReading
from members.policy import Role
from members.queries import actor_for
from members.services import readings
from reports import queries
from reports.queries.due_readings import approved_due
from tests.clients import waits_for
from tests.factories import (
    AccountFactory,
    DistrictFactory,
    MemberFactory,
    PostFactory,
    ReasonedReadingFactory,
    UnitFactory,
)
from tests.reports.reading_worlds import (
    ADD,
    CASE,
    LIST,
    OWN,
    REASON,
    REASON_OF_A_FACTORY,
    act,
    acts,
    as_,
    ask,
    commission,
    detail,
    district,
    own,
    person,
    placed,
    post,
    province,
    secretary,
    shown_to,
)

__all__ = ["commission", "district", "own", "person", "province", "secretary"]
pytestmark = pytest.mark.django_db


def test_a_committee_writes_why_then_reads_and_the_person_sees_it(
    secretary, own, person
):
    response = ask(secretary, follow=True)

    ((_, lines),) = response.context["results"]
    assert ("Level", "Tasks completed well") in lines
    assert acts() == ["readings.asked", "readings.opened"]
    (row,) = own.get(OWN).context["readings"]
    assert (row.reason, row.by) == (REASON, str(secretary.account))
    assert row.post.startswith("Secretary, ")
    today = timezone.localdate()
    assert len(queries.record_of(person, today=today).readings) == 1


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"reason": ""}, "reason"),
        ({"reason": " "}, "reason"),
        ({"code": ""}, "code"),
        ({"code": "DV9"}, "code"),
    ],
)
def test_nothing_is_shown_without_reason_or_to_who_guesses(
    secretary, person, changes, refused
):
    response = ask(secretary, **changes)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [refused]
    assert "Lê Chi" not in response.text
    assert not ReasonedReading.objects.exists()


def test_who_stands_elsewhere_is_nobody(secretary):
    placed(MemberFactory(code="DV1"), UnitFactory(parent=DistrictFactory()))

    assert list(ask(secretary).context["form"].errors) == ["code"]


def test_a_post_that_is_not_ones_own_reads_nothing(secretary, commission, person):
    typed = {"post": commission[0].pk, "code": "DV1", "reason": "x"}

    response = as_(secretary.account).post(ADD, typed)

    assert list(response.context["form"].errors) == ["post"]


def test_a_committee_reads_on_that_day_only(secretary, person):
    ask(secretary, follow=True)
    reading = ReasonedReading.objects.get()

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        late = as_(secretary.account).get(detail(reading))

    assert late["Location"] == LIST
    assert acts() == ["readings.asked", "readings.opened"]


def test_an_inspection_needs_a_case_and_a_second_of_the_commission(
    commission, own, person
):
    first, second = commission
    refused = ask(first)
    assert list(refused.context["form"].errors) == ["case_number"]

    ask(first, case_number=CASE)
    reading = ReasonedReading.objects.get()
    early = as_(first.account).get(detail(reading))
    by_oneself = as_(first.account).post(act("approve", reading))
    assert waits_for(as_(second.account))["reports.readings_to_approve"] == 1
    assert "reports.readings_to_approve" not in waits_for(as_(first.account))
    page = as_(second.account).get(LIST).context
    waiting, others = page["to_approve"], page["others"]
    asked = as_(first.account).get(LIST).context["own"]
    as_(second.account).post(act("approve", reading))
    read = as_(first.account).get(detail(reading))

    assert (early.status_code, by_oneself.status_code) == (302, 404)
    assert [(row.person, row.reason) for row in waiting] == [
        ("Lê Chi", f"Case {CASE}: {REASON}")
    ]
    assert others == []  # what waits stands once on the page
    assert [row.may_open for row in asked] == [False]
    assert [
        (row.state, row.may_open) for row in as_(first.account).get(LIST).context["own"]
    ] == [("Was read", True)]
    assert len(read.context["results"]) == 1
    assert as_(second.account).get(detail(reading)).status_code == 404
    assert acts() == ["readings.asked", "readings.approved", "readings.opened"]


def opened_case(commission, person, **columns):
    first, second = commission
    return ReasonedReadingFactory(
        member=person,
        unit=first.unit,
        post=first,
        is_inspection=True,
        case_number=CASE,
        approved_at=timezone.now(),
        approved_by=second.account,
        asked_at=timezone.now(),
        opened_at=timezone.now(),
        shown_from=timezone.localdate() + timedelta(days=365),
        **columns,
    )


def test_a_case_is_withheld_until_it_is_closed(commission, own, person):
    reading = opened_case(commission, person)
    as_(commission[0].account).get(detail(reading))
    record = queries.record_of(person, today=timezone.localdate())
    before = (shown_to(own), record.readings, record.acts, record.openings)

    as_(commission[1].account).post(act("close", reading))

    assert before == ([], [], [], [])
    assert shown_to(own) == [f"Case {CASE}: {REASON_OF_A_FACTORY}"]
    assert as_(commission[0].account).get(detail(reading))["Location"] == LIST
    again = as_(commission[1].account).post(act("close", reading))
    assert again.status_code == 404


def test_an_approved_reading_waits_for_who_asked_until_it_ends(commission, person):
    reading = opened_case(commission, person)
    key = f"reports.reading_approved/{reading.pk}"
    first, second = (as_(each.account) for each in commission)

    def cards_of(client):
        return client.get(reverse("home")).context["cards"]

    (card,) = [
        each
        for each in (*cards_of(first).first, *cards_of(first).rest)
        if each.item.key == key
    ]
    assert card.item.url == detail(reading)
    assert CASE in card.item.sentence
    assert person.full_name not in card.item.sentence
    assert key not in waits_for(second)
    with time_machine.travel(timezone.now() + timedelta(days=366)):
        today = timezone.localdate()
        over = approved_due(actor_for(commission[0].account), today=today)
        assert list(over) == []

    second.post(act("close", reading))

    assert key not in waits_for(first)


def test_a_case_that_nobody_closes_is_shown_after_a_year(commission, own, person):
    ask(commission[0], case_number=CASE)
    reading = ReasonedReading.objects.get()
    as_(commission[1].account).post(act("approve", reading))
    as_(commission[0].account).get(detail(reading))
    assert shown_to(own) == []

    with time_machine.travel(timezone.now() + timedelta(days=364)):
        assert (
            ReasonedReading.objects.shown_to_the_person(timezone.localdate()).count()
            == 0
        )
    with time_machine.travel(timezone.now() + timedelta(days=366)):
        today = timezone.localdate()
        assert ReasonedReading.objects.shown_to_the_person(today).count() == 1
        reading.refresh_from_db()
        assert not readings.may_read(reading, today=today)


def test_what_was_never_read_is_not_shown(commission, own, person):
    reading = opened_case(commission, person)
    ReasonedReading.objects.update(opened_at=None)

    as_(commission[1].account).post(act("close", reading))

    assert shown_to(own) == []


def test_the_level_above_sees_who_and_why_and_not_of_whom(
    secretary, province, district, person
):
    ask(secretary, follow=True)
    above = as_(post(province, Role.SECRETARY).account)
    beside = as_(post(DistrictFactory(parent=province), Role.SECRETARY).account)
    clerk = as_(post(district, Role.CLERK).account)

    page = above.get(LIST)

    assert [row.reason for row in page.context["others"]] == [REASON]
    assert "Lê Chi" not in page.text
    assert [each.get(LIST).context["others"] for each in (beside, clerk)] == [[], []]


def test_a_reading_ends_with_the_post(secretary, person):
    ask(secretary, follow=True)
    Post.objects.filter(pk=secretary.pk).update(ended_at=timezone.now())

    answered = as_(secretary.account).get(detail(ReasonedReading.objects.get()))

    assert answered.status_code == 404


def test_nobody_reads_about_themselves_by_a_reason(district, person):
    held = PostFactory(member=person, account=None, unit=district, role=Role.SECRETARY)
    client = as_(AccountFactory(member=person))

    response = client.post(ADD, {"post": held.pk, "code": "DV1", "reason": "x"})

    assert response.context["form"].errors == {
        "__all__": ["Your own results stand in “My information”."]
    }


def test_who_has_no_such_post_is_told_of_no_page(district, person, own):
    clerk = as_(post(district, Role.CLERK).account)

    assert clerk.get(ADD).status_code == 404
    assert clerk.get(LIST).status_code == 200
    assert own.get(LIST).status_code == 404


def test_the_second_decides_once_and_not_for_themselves(commission, person):
    reading = opened_case(commission, person)
    ReasonedReading.objects.update(approved_at=None, approved_by=None, opened_at=None)
    first, second = (actor_for(each.account) for each in commission)
    now = timezone.now()

    with pytest.raises(readings.ReadingNotPossible):
        readings.approve(reading=reading, actor=first, now=now)
    readings.approve(reading=reading, actor=second, now=now)
    with pytest.raises(readings.ReadingNotPossible):
        readings.approve(reading=reading, actor=second, now=now)
    readings.close_case(reading=reading, actor=second, now=now)
    with pytest.raises(readings.ReadingNotPossible):
        readings.close_case(reading=reading, actor=second, now=now)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"case_number": "1"}, "inspection_has_a_case"),
        ({"is_inspection": True}, "inspection_has_a_case"),
        ({"is_inspection": True, "case_number": "1"}, "inspection_opens_approved"),
    ],
)
def test_the_database_refuses_what_can_never_be(columns, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        ReasonedReadingFactory(**columns)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number(
    secretary, person, django_assert_num_queries, count
):
    for _ in range(count):
        ReasonedReadingFactory(post=secretary, unit=secretary.unit, member=person)
    client = as_(secretary.account)
    client.get(reverse("figures_home"))

    # Session, account, posts; own, others (who is of no commission approves nothing);
    # the title of the post; the hour of the session.
    with django_assert_num_queries(7):
        client.get(LIST)
