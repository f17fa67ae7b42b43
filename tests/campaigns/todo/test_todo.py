"""What waits for somebody, and the first page that shows it."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns.models import Campaign, Participant, PledgeSetup, Reminder, Tally
from campaigns.queries.phases import spans_of_units
from campaigns.queries.steps_taken import spans_of_unit
from campaigns.services.tallies import changing
from campaigns.steps import Step
from members.due import DueItem, in_order
from members.policy import Role
from members.queries import actor_for, due_items
from tests.campaigns.todo.days import LAST_DAY, TODAY, placed, secretary, told
from tests.factories import (
    AccountFactory,
    CampaignUnitFactory,
    CriteriaSetFactory,
    ExtensionFactory,
    PhaseFactory,
    PostFactory,
    ResultsImportFactory,
    RollImportFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


def test_what_is_due_first_comes_first_and_what_has_no_day_last():
    never, late, soon = (
        DueItem("a", "a"),
        DueItem("b", "b", due_on=date(2024, 3, 2)),
        DueItem("c", "c", due_on=date(2024, 3, 1)),
    )

    assert in_order([never, late, soon]) == [soon, late, never]
    assert [each.days_left(date(2024, 3, 2)) for each in (soon, late, never)] == [
        -1,
        0,
        None,
    ]


def test_the_cell_reads_who_is_missing_and_what_waits_for_it(cell, phase):
    placed(cell, "NONE", "SENT", "DRAFT")

    assert told(secretary(cell)) == [
        ("2 comrades have not sent the pledge: Bé, Út.", LAST_DAY, False, False),
        ("1 pledge waits for you to look at it.", None, False, False),
    ]


def test_namesakes_are_told_apart_and_many_are_only_counted(cell, phase):
    placed(cell, "NONE", "NONE", names=("Nguyễn Văn Bé", "Trần Bé"))
    assert told(secretary(cell))[0][0] == (
        "2 comrades have not sent the pledge: Nguyễn Văn Bé, Trần Bé."
    )

    placed(cell, *["NONE"] * 4, names=[f"Lê Văn {word}" for word in "ABCD"])
    assert told(secretary(cell))[0][0] == "6 comrades have not sent the pledge."


def test_before_the_first_day_and_without_a_phase_nobody_is_asked(cell):
    (own,) = placed(cell, "NONE")
    account = AccountFactory(member=own.member)
    assert told(account) == told(secretary(cell)) == []

    PhaseFactory(campaign=cell.campaign, from_on=date(2024, 3, 26))
    assert told(account) == []


@pytest.mark.parametrize(
    ("state", "sentence", "is_done"),
    [
        ("NONE", "Your pledge is not begun.", False),
        ("DRAFT", "Your pledge is being written.", False),
        ("RETURNED", "The cell has returned your pledge for completion.", False),
        ("SENT", "Your pledge is sent; the cell confirms it.", True),
        ("CONFIRMED", "Your pledge is confirmed by the cell.", True),
    ],
)
def test_a_person_reads_of_ones_own_pledge_alone(cell, phase, state, sentence, is_done):
    own, _other = placed(cell, state, "NONE")
    account = AccountFactory(member=own.member)

    assert told(account) == [(sentence, None if is_done else LAST_DAY, True, is_done)]


def test_while_criteria_are_wanting_both_are_told_and_nobody_is_sent_to_write(
    cell, phase
):
    PledgeSetup.objects.update(needs_criteria=True)
    own, _sent = placed(cell, "NONE", "SENT")
    account = AccountFactory(member=own.member)

    (mine,) = due_items(actor_for(account), today=TODAY)
    assert mine.sentence == (
        "Your pledge opens once the criteria of the cell are published; they are not "
        "yet."
    )
    assert not mine.button

    owed = due_items(actor_for(secretary(cell)), today=TODAY)
    (missing,) = [each for each in owed if "missing" in each.key]
    assert missing.sentence.endswith("Pledges open once the criteria are published.")
    assert missing.url == reverse(
        "pledges:criteria_list", args=[cell.campaign_id, cell.live_unit_id]
    )
    assert not missing.other_button


def test_once_the_criteria_are_sent_the_cell_reads_that_they_wait_above(cell, phase):
    PledgeSetup.objects.update(needs_criteria=True)
    placed(cell, "NONE")
    criteria = CriteriaSetFactory(unit=cell, state="SENT")

    def missing():
        (item,) = due_items(actor_for(account), today=TODAY)
        return item

    account = secretary(cell)
    assert "are sent and wait for the level above" in missing().sentence
    assert missing().button == "Read the criteria that were sent"
    criteria.state = "RETURNED"
    criteria.save()
    assert missing().button == "Open the criteria of the cell"


def test_the_button_counts_whom_nobody_has_reminded_today(cell, phase):
    first, second, third = placed(cell, "NONE", "DRAFT", "NONE")
    account = secretary(cell)

    def buttons():
        (item,) = due_items(actor_for(account), today=TODAY)
        return item.button, item.other_button

    def reminded(person):
        Reminder.objects.create(
            unit=cell, participant=person, matter="PLEDGE", to="PERSON", on=TODAY,
            asked_by=account,
        )  # fmt: skip

    reminded(first)
    assert buttons() == ("Remind 2 comrades", "Enter from the paper")
    reminded(second)
    reminded(third)
    assert buttons() == ("Enter from the paper", "")


def test_while_criteria_are_wanting_who_has_begun_can_still_be_reminded(cell, phase):
    PledgeSetup.objects.update(needs_criteria=True)
    own, _unbegun = placed(cell, "RETURNED", "NONE")

    (missing,) = due_items(actor_for(secretary(cell)), today=TODAY)
    assert (missing.button, missing.other_button) == (
        "Open the criteria of the cell",
        "Remind 2 comrades",
    )
    assert missing.other_url == reverse(
        "reminders:people_remind", args=[cell.campaign_id, cell.live_unit_id]
    )
    (mine,) = due_items(actor_for(AccountFactory(member=own.member)), today=TODAY)
    assert mine.button == "Complete it"


def test_after_the_last_day_both_are_told_and_nothing_is_offered_that_is_refused(
    cell, phase
):
    own, returned = placed(cell, "NONE", "RETURNED")
    after = date(2024, 4, 1)

    def items(account):
        return [
            (each.sentence, each.button, each.url, each.is_own)
            for each in due_items(actor_for(account), today=after)
        ]

    assert items(AccountFactory(member=own.member)) == [
        ("Your pledge is not sent. The last day was 31/03/2024.", "", "", True)
    ]
    [(sentence, *_rest)] = items(AccountFactory(member=returned.member))
    assert sentence.startswith("The cell has returned your pledge")
    [(sentence, button, _url, _own)] = items(secretary(cell))
    assert sentence == "2 comrades have not sent the pledge: Bé, Đào."
    assert button == "Open the list"


def test_where_no_texts_are_entered_nobody_is_asked_to_write(cell, phase):
    Campaign.objects.update(mode=Campaign.Mode.RESULTS_ONLY)
    (own,) = placed(cell, "NONE")

    assert told(AccountFactory(member=own.member)) == []
    (missing,) = due_items(actor_for(secretary(cell)), today=TODAY)
    assert missing.sentence == "1 comrade has not sent the pledge: Bé."
    assert (missing.button, missing.other_button) == (
        "Remind 1 comrade",
        "Enter from the paper",
    )
    PledgeSetup.objects.update(needs_criteria=True)  # no paper is recorded before
    (missing,) = due_items(actor_for(secretary(cell)), today=TODAY)
    assert missing.button == "Open the criteria of the cell"


def test_the_exempt_owe_nothing(cell, phase):
    (own,) = placed(cell, "NONE")
    with changing([cell.pk]):
        Participant.objects.filter(pk=own.pk).update(status="EXEMPT")

    assert told(AccountFactory(member=own.member)) == told(secretary(cell)) == []


def test_above_the_cell_there_are_numbers_of_units(cell, phase):
    placed(cell, "NONE", "CONFIRMED")
    beside = CampaignUnitFactory(campaign=cell.campaign, parent=cell.parent)
    placed(beside, "CONFIRMED", names=("Phạm Thị Mơ",))
    committee = PostFactory(unit=cell.parent.live_unit, role=Role.SECRETARY).account

    assert told(committee) == [
        ("1 of 2 units are not through with the pledges.", LAST_DAY, False, False)
    ]


def test_above_the_cell_each_part_that_has_begun_is_told_to_who_may_read_it(
    cell, phase
):
    for step in (Step.STUDY, Step.SELF_REVIEW):
        PhaseFactory(campaign=cell.campaign, step=step, until_on=date(2024, 4, 1))
    first, second = placed(cell, "CONFIRMED", "CONFIRMED")
    with changing([cell.pk]):
        Participant.objects.filter(pk=first.pk).update(review_state="CONFIRMED")
        Participant.objects.filter(pk=second.pk).update(review_state="SENT")
    Tally.objects.filter(unit=cell).update(study_owed=2, studied=2)
    above = cell.parent.live_unit
    committee = PostFactory(unit=above, role=Role.SECRETARY).account
    department = PostFactory(unit=above, role=Role.PROPAGANDA_DEPARTMENT).account

    through = [
        ("All 1 units are through with their study.", None, False, True),
        ("All pledges are confirmed in all 1 units.", None, False, True),
    ]
    assert sorted(told(committee)) == sorted(
        [
            *through,
            (
                "1 of 1 units are not through with the self-reviews.",
                date(2024, 3, 31),
                False,
                False,
            ),
        ]
    )
    assert sorted(told(department)) == through


@pytest.mark.parametrize("made", [ResultsImportFactory, RollImportFactory])
def test_who_sent_a_file_is_told_that_it_waits_and_nobody_else(made):
    unit = UnitFactory()
    office = PostFactory(unit=unit, role=Role.CLERK).account
    beside = PostFactory(unit=unit, role=Role.CLERK).account
    upload = made(
        within=unit, uploaded_by=office, state="READY", digest="x", file_name="a.xlsx"
    )
    sentence = "The file a.xlsx was read and waits for your confirmation."

    assert told(office) == [(sentence, None, False, False)]
    assert told(beside) == []
    made._meta.model.objects.filter(pk=upload.pk).update(state="DONE")
    assert told(office) == []


def test_a_longer_time_moves_the_day_that_the_committee_reads(cell, phase):
    placed(cell, "NONE")
    ExtensionFactory(
        campaign=cell.campaign,
        unit=cell.parent,
        with_below=True,
        until_on=date(2024, 5, 1),
    )
    committee = PostFactory(unit=cell.parent.live_unit, role=Role.SECRETARY).account

    ((_sentence, day, _is_own, _is_done),) = told(committee)

    assert day == date(2024, 4, 30)


def test_the_days_of_a_unit_are_those_that_each_step_gives_it(cell, phase):
    PhaseFactory(campaign=cell.campaign, step=Step.CRITERIA, until_on=date(2024, 2, 1))
    PhaseFactory(campaign=cell.campaign, unit=cell.parent, until_on=date(2024, 3, 20))
    ExtensionFactory(
        unit=cell.parent, campaign=cell.campaign, step=Step.CRITERIA,
        until_on=date(2024, 3, 22),
    )  # fmt: skip

    found = spans_of_unit(cell)

    assert found == {
        step: spans_of_units([cell.pk], step=step)[cell.pk]
        for step in (Step.CRITERIA, Step.PLEDGE)
    }
    assert found[Step.PLEDGE].until_on == date(2024, 3, 22)
