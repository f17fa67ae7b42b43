"""Tasks, programme items and pledges' items: offered, pointed to, checked, shown on both."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns.models import MeetingTask, Participant, PledgeItem, ProgrammeCheck
from campaigns.queries.meeting_sections import pledges_section, programme_section
from campaigns.queries.meetings import own_tasks
from campaigns.queries.pledges import suggestions_for, task_checks
from campaigns.services.pledges import sending
from tests.campaigns.work_worlds import NOW, browser_of, cell_at_work, typed_in
from tests.factories import (
    AccountFactory,
    CheckRoundFactory,
    MeetingFactory,
    MeetingTaskFactory,
    MinutesFactory,
    PledgeAnswerFactory,
    PledgeCheckFactory,
    PledgeDraftFactory,
    PledgeFactory,
    PledgeItemFactory,
    PledgeSetupFactory,
    ProgrammeCheckFactory,
    ProgrammeFactory,
    ProgrammeItemFactory,
)

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 5)
TYPED = {
    "section": "duty", "measure": "TEXT", "text": "Giúp ba hộ", "goal": "3 hộ",
    "unit_of_measure": "", "due_on": "", "evidence": "",
}  # fmt: skip


@pytest.fixture
def world():
    return cell_at_work(mode="FULL_TEXT")


@pytest.fixture
def person(world):
    return world.people[0]


@pytest.fixture
def meeting(world):
    return MeetingFactory(unit=world.cell, on=DAY, state="HELD")


@pytest.fixture
def programme(world):
    return ProgrammeFactory(unit=world.cell, state="ADOPTED", adopted_on="2024-01-05")


def promised(person, **columns):
    """An item of a confirmed pledge."""
    Participant.objects.filter(pk=person.pk).update(pledge_state="CONFIRMED")
    pledge = PledgeFactory(participant=person)
    return PledgeItemFactory(sent__pledge=pledge, **columns)


def offered(world, person, account):
    actor = world.actor(account)
    return [
        (each.source, each.text, each.due_on)
        for each in suggestions_for(person, world.cell, actor=actor)["task"]
    ]


# ---- Tasks beside the pledge ------------------------------------------------


def test_open_tasks_are_offered_to_their_member_and_to_who_types_on_behalf(
    world, person, meeting
):
    task = MeetingTaskFactory(meeting=meeting, participant=person)
    MeetingTaskFactory(meeting=meeting, participant=world.people[1])
    MeetingTaskFactory(
        meeting=meeting, participant=person, result="DONE", checked_at=meeting
    )

    found = [(f"task:{task.pk}", task.text, "01/04/2024")]
    assert offered(world, person, world.member) == found
    assert offered(world, person, world.secretary) == found
    assert offered(world, world.people[1], world.member) == []


def test_a_task_is_taken_by_its_button_and_the_sent_item_points_to_it(
    world, person, meeting
):
    task = MeetingTaskFactory(meeting=meeting, participant=person)
    Participant.objects.filter(pk=person.pk).update(pledge_state="DRAFT")
    PledgeFactory(participant=person)
    draft = PledgeDraftFactory(participant=person)
    client = browser_of(world.member)
    write = reverse("pledges:pledge_write", args=[person.pk])
    assert task.text in client.get(write).content.decode()

    client.post(write, {"version": 1, "do": f"use:task:{task.pk}:duty"})
    draft.refresh_from_db()
    (item,) = draft.content["items"]
    assert (item["text"], item["due_on"]) == (task.text, "01/04/2024")
    draft.content["items"][0]["goal"] = "3 hộ"
    draft.save()
    sending.send(
        draft=draft,
        version=draft.version,
        actor=world.actor(world.member),
        now=NOW,
    )

    assert PledgeItem.objects.get().meeting_task == task


def test_an_item_points_to_no_task_of_somebody_else(world, person, meeting):
    own = MeetingTaskFactory(meeting=meeting, participant=person)
    others = MeetingTaskFactory(meeting=meeting, participant=world.people[1])
    collective = MeetingTaskFactory(
        meeting=meeting, participant=None, collective="Chi ủy"
    )
    items = [
        {**TYPED, "source": f"task:{each.pk}"} for each in (own, others, collective)
    ]
    Participant.objects.filter(pk=person.pk).update(pledge_state="DRAFT")
    PledgeFactory(participant=person)
    # The secretary types it, and sees the tasks of all.
    draft = PledgeDraftFactory(
        participant=person,
        is_on_behalf=True,
        content={"answers": {}, "items": items},
    )
    sending.send(draft=draft, version=1, **world.by_secretary)

    pointed = PledgeItem.objects.values_list("meeting_task", flat=True)
    assert list(pointed) == [own.pk, None, None]


# ---- A check of either shows on both ----------------------------------------


def test_a_check_of_the_pledge_shows_on_the_task_for_who_may_read_it(
    world, person, meeting
):
    task = MeetingTaskFactory(meeting=meeting, participant=person)
    item = promised(person, meeting_task=task)
    check = PledgeCheckFactory(item=item)
    PledgeCheckFactory(item=item, is_own_report=True)

    for account in (world.secretary, world.member):
        assert task_checks([task.pk], world.actor(account))[task.pk] == [check]
    fellow = AccountFactory(member=world.people[1].member)
    assert task_checks([task.pk], world.actor(fellow)) == {}
    (line,) = own_tasks(world.actor(world.member), world.cell)
    assert (line.task, line.checks) == (task, [check])
    other = browser_of(world.upper)
    page = reverse(
        "meetings:meeting_detail",
        args=[world.campaign.pk, world.cell.live_unit_id, meeting.pk],
    )
    assert check.note not in other.get(page).content.decode()
    assert check.note in browser_of(world.secretary).get(page).content.decode()


def test_the_next_meeting_sees_the_pledge_beside_the_task(world, person, meeting):
    task = MeetingTaskFactory(meeting=meeting, participant=person)
    PledgeCheckFactory(item=promised(person, meeting_task=task), note="Mới một hộ")
    later = MeetingFactory(unit=world.cell, on=date(2024, 4, 5))
    hold = reverse(
        "meetings:meeting_hold",
        args=[world.campaign.pk, world.cell.live_unit_id, later.pk],
    )
    page = browser_of(world.secretary).get(hold)

    assert [row.checks[0].note for row in page.context["form"].task_rows] == [
        "Mới một hộ"
    ]
    assert "Mới một hộ" in page.content.decode()


def test_the_result_of_a_task_and_the_check_of_a_programme_show_on_the_pledge(
    world, person, meeting, programme
):
    task = MeetingTaskFactory(
        meeting=meeting, participant=person, result="DONE", result_note="Đủ ba hộ",
        checked_at=meeting,
    )  # fmt: skip
    measure = ProgrammeItemFactory(programme=programme)
    ProgrammeCheckFactory(item=measure, on=DAY, state="DONE", note="Cũ")
    ProgrammeCheckFactory(item=measure, state="BEHIND", note="Thiếu kỳ")
    promised(person, meeting_task=task, programme_item=measure)

    detail = reverse("pledges:pledge_detail", args=[person.pk])
    unit = [world.campaign.pk, world.cell.live_unit_id]
    lists = reverse("pledges:check_list", args=unit)
    for client, page in (
        (browser_of(world.member), detail),
        (browser_of(world.secretary), lists),
    ):
        text = client.get(page).content.decode()
        assert ("Đủ ba hộ" in text, "Thiếu kỳ" in text) == (True, True)
        assert "Cũ)" not in text
    assert MeetingTask.objects.get().result == "DONE"


def test_a_fellow_reads_a_published_pledge_without_what_was_found_elsewhere(
    world, person, programme
):

    measure = ProgrammeItemFactory(programme=programme)
    ProgrammeCheckFactory(item=measure, state="BEHIND", note="Thiếu kỳ")
    item = promised(person, programme_item=measure)
    PledgeAnswerFactory(text=item.sent)
    PledgeSetupFactory(campaign=world.campaign, is_published=True)

    fellow = browser_of(AccountFactory(member=world.people[1].member))
    page = fellow.get(reverse("pledges:pledge_detail", args=[person.pk]))

    assert item.text in page.content.decode()
    assert "Thiếu kỳ" not in page.content.decode()


def test_the_programme_shows_checks_of_pledges_without_a_name(world, person, programme):
    measure = ProgrammeItemFactory(programme=programme)
    check = PledgeCheckFactory(item=promised(person, programme_item=measure))

    page = browser_of(world.secretary).get(world.url("programme"))
    assert check.note in page.content.decode()
    assert person.full_name not in page.content.decode()
    fellow = world.people[1]

    other = browser_of(AccountFactory(member=fellow.member))
    assert check.note not in other.get(world.url("programme")).content.decode()


# ---- At meetings --------------------------------------------------------------


def lines(section_of, meeting, actor):
    section = section_of(meeting, actor)
    return None if section is None else list(section.lines)


def test_what_of_the_programme_is_behind_is_on_the_list_of_the_next_meeting(
    world, meeting, programme
):
    behind = ProgrammeItemFactory(programme=programme, text="Giữ nếp")
    fine = ProgrammeItemFactory(programme=programme, text="Công khai")
    ProgrammeCheckFactory(
        item=behind, on=DAY, meeting=meeting, state="BEHIND", note="Thiếu kỳ"
    )
    ProgrammeCheckFactory(item=fine, on=DAY, meeting=meeting)
    later = MeetingFactory(unit=world.cell, on=date(2024, 4, 5))
    secretary, member = world.actor(), world.actor(world.member)

    assert lines(programme_section, meeting, member) == [
        "Giữ nếp: cần đôn đốc. Thiếu kỳ",
        "Đã kiểm tra chương trình; các mục khác đúng tiến độ.",
    ]
    assert lines(programme_section, later, member) == [
        "Giữ nếp: cần đôn đốc từ 05/03/2024. Thiếu kỳ",
        "Buổi này chưa kiểm tra chương trình.",
    ]
    check = reverse("work:programme_check", args=[programme.pk])
    assert programme_section(later, secretary).url == f"{check}?meeting={later.pk}"
    assert programme_section(later, member).url == reverse(
        "work:programme_named", args=[programme.pk]
    )


def test_a_programme_that_is_no_more_than_a_draft_is_on_no_list(world, meeting):
    ProgrammeFactory(unit=world.cell)

    assert programme_section(meeting, world.actor()) is None


def test_the_next_check_of_the_programme_has_what_is_behind_first_and_behind(
    world, meeting, programme
):
    ProgrammeItemFactory(programme=programme, text="Công khai", position=1)
    behind = ProgrammeItemFactory(programme=programme, text="Giữ nếp", position=2)
    ProgrammeCheckFactory(item=behind, on=DAY, state="BEHIND", note="Thiếu kỳ")
    later = MeetingFactory(unit=world.cell, on=date(2024, 4, 5), state="HELD")
    client = browser_of(world.secretary)
    address = reverse("work:programme_check", args=[programme.pk])
    page = client.get(f"{address}?meeting={later.pk}")
    form = page.context["form"]

    assert [item.text for item in form.items] == ["Giữ nếp", "Công khai"]
    assert form["meeting"].value() == str(later.pk)
    assert form[f"note_{behind.pk}"].value() == "Thiếu kỳ"
    sent = typed_in(page) | {"on": "05/04/2024"}
    assert client.post(address, sent).status_code == 302
    again = ProgrammeCheck.objects.get(item=behind, on=date(2024, 4, 5))
    assert (again.state, again.note, again.meeting) == ("BEHIND", "Thiếu kỳ", later)


def test_pledges_are_named_to_who_keeps_them_and_to_nobody_else(world, person, meeting):
    item = promised(person, text="Giúp hộ", progress="BEHIND")
    late = promised(world.people[1], text="Đọc", progress="BEHIND")
    PledgeCheckFactory(item=item, meeting=meeting, note="Mới một hộ")
    CheckRoundFactory(unit=world.cell, meeting=meeting)

    assert lines(pledges_section, meeting, world.actor()) == [
        f"{person.full_name}, Giúp hộ: cần đôn đốc. Mới một hộ",
        "Chi bộ đã rà soát mọi cam kết; các mục khác đúng tiến độ.",
        f"Cần xem lại: {late.sent.pledge.participant.full_name}, Đọc",
    ]
    later = MeetingFactory(unit=world.cell, on=date(2024, 4, 5))
    assert len(lines(pledges_section, later, world.actor())) == 2
    meeting.state = "SIGNED"
    assert len(lines(pledges_section, meeting, world.actor())) == 2
    for account in (world.member, world.upper):
        assert pledges_section(meeting, world.actor(account)) is None


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_meeting_takes_as_many_queries_for_all_that_it_checks(
    world, meeting, programme, rows, django_assert_num_queries
):
    MinutesFactory(meeting=meeting)
    for person in world.people[:rows]:
        measure = ProgrammeItemFactory(programme=programme)
        ProgrammeCheckFactory(item=measure, meeting=meeting, state="BEHIND", note="x")
        task = MeetingTaskFactory(meeting=meeting, participant=person)
        item = promised(person, meeting_task=task, progress="BEHIND")
        PledgeCheckFactory(item=item, meeting=meeting)
    client = browser_of(world.secretary)
    page = reverse(
        "meetings:meeting_detail",
        args=[world.campaign.pk, world.cell.live_unit_id, meeting.pk],
    )
    client.get(page)

    with django_assert_num_queries(23):
        client.get(page)
