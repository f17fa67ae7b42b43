"""A pledge that is confirmed: its checks, its results, who reads it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from campaigns.models import (
    CheckRound,
    Participant,
    Pledge,
    PledgeCheck,
    PledgeItem,
    PledgeText,
)
from campaigns.queries import pledges as queries
from campaigns.queries.progress import people_progress
from campaigns.services import tallies
from campaigns.services.pledges import checks
from campaigns.services.written.states import WritingRefused
from members.models import Account
from tests.campaigns.pledge_worlds import (
    NOW,
    TODAY,
    author_of,
    author_of_again,
    cell_of_writers,
    check,
    confirmed,
    secretary_of,
    someone,
)
from tests.factories import (
    CampaignUnitFactory,
    MeetingFactory,
    ParticipantFactory,
    PlacementFactory,
    PledgeAnswerFactory,
    PledgeItemFactory,
    PledgeSetupFactory,
    PledgeTextFactory,
)

pytestmark = pytest.mark.django_db
State = Participant.Pledge


@pytest.fixture
def cell():
    return cell_of_writers()


@pytest.fixture
def person(cell):
    return someone(cell)


@pytest.fixture
def secretary(cell):
    return secretary_of(cell)


def test_what_is_behind_is_on_the_next_list_until_the_cell_finds_otherwise(
    person, cell, secretary
):
    item = confirmed(person, secretary)
    check(item, secretary)

    people = queries.items_of_unit(cell, actor=secretary)
    assert [each.participant for each in queries.behind_at(people)] == [person]
    check(item, secretary, state="DONE", note="Đủ hai lần")
    people = queries.items_of_unit(cell, actor=secretary)
    assert queries.behind_at(people) == []
    assert people[0].lines[0].found.note == "Đủ hai lần"


def test_a_report_stands_beside_the_item_until_the_cell_has_found(
    person, cell, secretary
):
    item = confirmed(person, secretary)
    checks.report_progress(
        item=item, state="DONE", note="", evidence="BB 3",
        actor=author_of_again(person), now=NOW,
    )  # fmt: skip

    def line():
        return queries.items_of_unit(cell, actor=secretary)[0].lines[0]

    assert (line().reported.evidence, line().item.progress) == ("BB 3", "ON_TRACK")
    check(item, secretary, state="DONE", note="Đủ")
    assert (line().reported, line().item.progress) == (None, "DONE")


@pytest.mark.parametrize(
    ("kind", "column"),
    [
        ({"note": ""}, "note"),
        ({"on": date(2024, 3, 11)}, "on"),
        ({"on": date(2024, 3, 9)}, "on"),
    ],
)
def test_a_check_that_cannot_be_is_refused_at_its_field(
    person, secretary, kind, column
):
    item = confirmed(person, secretary)

    with pytest.raises(WritingRefused) as refused:
        check(item, secretary, **kind)

    assert (refused.value.column, PledgeCheck.objects.count()) == (column, 0)


def test_of_somebody_who_has_left_nothing_is_checked(person, secretary):
    item = confirmed(person, secretary)
    Participant.objects.update(presence="LEFT")

    with pytest.raises(WritingRefused, match="không còn trong danh sách"):
        check(item, secretary)


def test_a_round_of_a_day_is_recorded_once(cell, secretary):
    given = {"unit": cell, "on": TODAY, "actor": secretary, "now": NOW}
    checks.record_round(**given)

    with pytest.raises(WritingRefused, match="đã được ghi"):
        checks.record_round(**given)

    assert list(CheckRound.objects.values_list("unit", "on")) == [(cell.pk, TODAY)]


@time_machine.travel(NOW, tick=False)
def test_a_check_is_proposed_for_the_last_meeting_yet_not_before_the_pledge_was_sent(
    cell, person, secretary
):
    item = confirmed(person, secretary)
    browser = Client()
    browser.force_login(Account.objects.get(pk=secretary.account_id))
    page = reverse("pledges:item_check", args=[item.pk])

    MeetingFactory(unit=cell, on=date(2024, 3, 5), state="HELD")
    assert browser.get(page).context["form"].initial["on"] == TODAY
    PledgeText.objects.update(sent_at=NOW - timedelta(days=9))
    assert browser.get(page).context["form"].initial["on"] == date(2024, 3, 5)


def to_check(cell, *, on):
    return people_progress(cell, today=on)[cell.path].to_check


def test_a_cell_owes_no_check_for_a_month_before_its_first_pledge_was_confirmed(
    cell, person, secretary
):
    confirmed(person, secretary)  # on 10/03
    later = someone(cell)
    with tallies.changing([cell.pk]):
        Participant.objects.filter(pk=later.pk).update(
            pledge_state=State.CONFIRMED, pledge_confirmed_on=date(2024, 4, 2)
        )

    owed = [to_check(cell, on=date(2024, month, 28)) for month in (1, 3, 4, 5)]
    assert owed == [0, 0, 1, 1]
    assert to_check(cell, on=date(2025, 2, 1)) == 1  # the last month of the year
    Participant.objects.filter(pk=later.pk).update(pledge_confirmed_on=None)
    tallies.recount([cell.pk])
    assert to_check(cell, on=date(2024, 3, 28)) == 1  # it may have been long before


def test_results_are_of_the_text_in_force_alone(person, secretary):
    item = confirmed(person, secretary)
    later = PledgeTextFactory(pledge=item.sent.pledge, number=2)
    new = PledgeItemFactory(sent=later)

    checks.record_results(
        participant=person,
        results={item.pk: ("DONE", "Cũ"), new.pk: ("DONE", "Mới")},
        actor=secretary,
        now=NOW,
    )

    kept = PledgeItem.objects.order_by("sent__number")
    assert [each.result_note for each in kept] == ["", "Mới"]


def test_results_of_the_year_are_offered_the_next(person, cell, secretary):
    item = confirmed(person, secretary)
    checks.record_results(
        participant=person, results={item.pk: ("NOT_DONE", "Bận")}, actor=secretary,
        now=NOW,
    )  # fmt: skip
    following = CampaignUnitFactory(campaign__year=2025)
    again = PlacementFactory(
        unit=following, participant__member=person.member
    ).participant

    offered = queries.suggestions_for(again, following, actor=author_of_again(person))[
        "last"
    ]

    assert [(each.source, each.section, each.goal) for each in offered] == [
        (f"last:{item.pk}", "duty", "2 lần")
    ]
    assert offered[0].note == PledgeItem.Result.NOT_DONE.label


@pytest.mark.parametrize("people", [1, 3])
def test_the_lists_of_a_cell_ask_as_often_for_one_as_for_three(
    cell, secretary, people, django_assert_num_queries
):
    for _number in range(people):
        item = PledgeItemFactory(
            sent__pledge__participant=someone(cell, State.CONFIRMED)
        )
        PledgeAnswerFactory(text=item.sent)

    with django_assert_num_queries(6):
        assert len(queries.roll_of(cell, actor=secretary, today=NOW.date())) == people
    with django_assert_num_queries(4):
        assert len(queries.items_of_unit(cell, actor=secretary)) == people


def test_confirmed_pledges_are_read_in_the_cell_if_the_campaign_says_so(
    person, cell, secretary
):
    confirmed(person, secretary)
    fellow, stranger = author_of(someone(cell)), author_of(ParticipantFactory())

    def read_by(actor):
        return list(Pledge.objects.published_to(actor))

    assert read_by(fellow) == []
    PledgeSetupFactory._meta.model.objects.update(is_published=True)
    assert read_by(fellow) == [Pledge.objects.get()]
    assert read_by(stranger) == []
    Participant.objects.filter(pk=person.pk).update(pledge_state=State.SENT)
    assert read_by(fellow) == []
