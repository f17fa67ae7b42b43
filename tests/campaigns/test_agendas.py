"""Matters of the campaign's plan on the agendas of meetings, and where one sees it."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns.models import AgendaItem, Meeting
from campaigns.models.meetings import LONGEST_MATTER
from campaigns.queries.agendas import contents_in_order, dealt_with
from tests.campaigns.work_worlds import browser_of, cell_at_work
from tests.factories import (
    AgendaItemFactory,
    CampaignUnitFactory,
    ContentItemFactory,
    MeetingFactory,
    MeetingRatingFactory,
    MinutesFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return cell_at_work()


@pytest.fixture
def contents(world):
    """A content item with a sub-item, and another that stands before it."""
    unity = ContentItemFactory(campaign=world.campaign, text="Đoàn kết", position=2)
    sub = ContentItemFactory(campaign=world.campaign, text="Nêu gương", parent=unity)
    first = ContentItemFactory(campaign=world.campaign, text="Học tập", position=1)
    return {"unity": unity, "sub": sub, "first": first}


@pytest.fixture
def secretary(world):
    return browser_of(world.secretary)


def address(world, name, *more):
    unit = (world.campaign.pk, world.cell.live_unit_id)
    return reverse(f"meetings:meeting_{name}", args=[*unit, *more])


def sent(**more):
    return {"kind": "REGULAR", "on": "05/03/2024", "agenda": "", "topic": "", **more}


def planned(world, secretary, *contents, agenda=""):
    secretary.post(
        address(world, "add"), sent(contents=[c.pk for c in contents], agenda=agenda)
    )
    return Meeting.objects.latest("pk")


def matters(meeting):
    rows = AgendaItem.objects.filter(meeting=meeting)
    return list(rows.values_list("text", "content"))


def held_on(unit, day, *contents):
    meeting = MeetingFactory(unit=unit, on=day, state="HELD")
    for content in contents:
        AgendaItemFactory(meeting=meeting, text=content.text, content=content)
    return meeting


def test_items_stand_in_the_order_of_the_plan_each_before_its_sub_items(
    world, contents
):
    ContentItemFactory(text="Của đợt khác")

    assert [each.text for each in contents_in_order(world.campaign)] == [
        "Học tập",
        "Đoàn kết",
        "Nêu gương",
    ]


def test_matters_of_the_plan_stand_first_in_its_words(world, secretary, contents):
    meeting = planned(
        world, secretary, contents["sub"], contents["first"], agenda="Thời sự\nĐảng phí"
    )

    assert matters(meeting) == [
        ("Học tập", contents["first"].pk),
        ("Nêu gương", contents["sub"].pk),
        ("Thời sự", None),
        ("Đảng phí", None),
    ]


def test_a_change_shows_what_was_chosen_and_keeps_nothing_else(
    world, secretary, contents
):
    meeting = planned(world, secretary, contents["first"], agenda="Thời sự")
    form = secretary.get(address(world, "edit", meeting.pk)).context["form"]
    assert form["contents"].value() == [contents["first"].pk]
    assert form["agenda"].value() == "Thời sự"

    changed = sent(contents=[contents["sub"].pk], agenda="Thời sự", version=1)
    secretary.post(address(world, "edit", meeting.pk), changed)

    assert matters(meeting) == [("Nêu gương", contents["sub"].pk), ("Thời sự", None)]


def test_two_who_change_the_agenda_see_both(world, secretary, contents):
    meeting = planned(world, secretary, contents["first"])
    page = address(world, "edit", meeting.pk)
    secretary.post(page, sent(contents=[contents["sub"].pk], version=1))

    response = secretary.post(
        page, sent(contents=[contents["unity"].pk], version=1, agenda="Thời sự")
    )

    assert response.status_code == 409
    both = {str(label): (now, typed) for label, now, typed in response.context["both"]}
    assert ("– Nêu gương", "Đoàn kết") in both.values()
    assert matters(meeting) == [("Nêu gương", contents["sub"].pk)]


def test_an_item_of_another_plan_is_refused_at_its_field(world, secretary, contents):
    other = ContentItemFactory()
    response = secretary.post(address(world, "add"), sent(contents=[other.pk]))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["contents"]
    assert not Meeting.objects.exists()


def test_a_plan_without_content_asks_for_own_matters_alone(world, secretary):
    form = secretary.get(address(world, "add")).context["form"]

    assert "contents" not in form.fields


def test_the_next_meeting_takes_over_the_own_matters_alone(world, secretary, contents):
    planned(world, secretary, contents["first"], agenda="Thời sự")

    form = secretary.get(address(world, "add")).context["form"]
    assert form["agenda"].value() == "Thời sự"
    assert not form["contents"].value()


def test_a_long_item_is_cut_and_lines_become_one(world, secretary):
    long = ContentItemFactory(campaign=world.campaign, text="Một\r\nhai " + "x" * 600)
    meeting = planned(world, secretary, long)

    text = AgendaItem.objects.get(meeting=meeting).text
    assert (len(text), text[:8], text[-1]) == (LONGEST_MATTER, "Một hai ", "…")


def test_the_words_stay_when_the_plan_loses_the_item(world, secretary, contents):
    meeting = planned(world, secretary, contents["first"])
    contents["first"].delete()

    assert matters(meeting) == [("Học tập", None)]


def test_the_meeting_leads_to_the_plan(world, secretary, contents):
    meeting = planned(world, secretary, contents["first"])
    page = secretary.get(address(world, "detail", meeting.pk)).content.decode()

    plan = reverse("plans:plan_detail", args=[world.campaign.pk])
    assert f'href="{plan}#content-{contents["first"].pk}"' in page


def test_the_plan_counts_meetings_and_names_the_latest_that_one_sees(world, contents):
    other = CampaignUnitFactory(campaign=world.campaign, parent=world.committee)
    for month in range(1, 6):
        held_on(world.cell, date(2024, month, 5), contents["first"])
    held_on(other, date(2024, 6, 5), contents["first"])
    planned = MeetingFactory(unit=world.cell, on=date(2024, 7, 5))
    AgendaItemFactory(meeting=planned, content=contents["first"])

    def seen(account):
        found = dealt_with(world.campaign, world.actor(account))[contents["first"].pk]
        return found.meetings, found.units, [each.on.month for each in found.latest]

    assert seen(world.secretary) == (5, 1, [5, 4, 3])
    assert seen(world.member) == (5, 1, [5, 4, 3])
    assert contents["sub"].pk not in dealt_with(world.campaign, world.actor())


def test_the_plan_and_the_work_of_the_unit_show_the_meetings(world, contents):
    meeting = held_on(world.cell, date(2024, 3, 5), contents["sub"])
    client = browser_of(world.member)

    plan = client.get(reverse("plans:plan_detail", args=[world.campaign.pk]))
    work = client.get(world.url("unit_work"))

    link = f'href="{address(world, "detail", meeting.pk)}"'
    assert link in plan.content.decode()
    assert work.content.decode().count(link) == 2  # the latest, and the content
    lines = work.context["meetings"].contents
    assert [(line.content.text, len(line.meetings)) for line in lines] == [
        ("Học tập", 0),
        ("Đoàn kết", 0),
        ("Nêu gương", 1),
    ]


def test_the_work_of_the_unit_shows_the_latest_meeting_its_rating_and_the_next(
    world, secretary
):
    held_on(world.cell, date(2024, 2, 5))
    latest = held_on(world.cell, date(2024, 3, 5))
    MeetingRatingFactory(meeting=latest, degree="Khá")
    MeetingFactory(unit=world.cell, on=date(2024, 4, 5))  # its day has passed
    coming = MeetingFactory(unit=world.cell, on=date(2999, 4, 5))
    MeetingFactory(unit=world.cell, on=date(2999, 5, 5))

    found = secretary.get(world.url("unit_work")).context["meetings"]

    assert (found.latest, found.degree, found.next) == (latest, "Khá", coming)


@pytest.mark.parametrize("rows", [1, 4])
def test_the_work_of_a_unit_takes_as_many_queries_for_any_agenda(
    world, secretary, contents, rows, django_assert_num_queries
):
    for month in range(1, 1 + rows):
        held_on(world.cell, date(2024, month, 5), *contents.values())
    secretary.get(world.url("unit_work"))

    with django_assert_num_queries(36):
        secretary.get(world.url("unit_work"))


def test_the_minutes_say_what_is_of_the_plan(world, secretary, contents):
    from reports.documents.minutes import minutes_printout
    from reports.documents.printout_html import to_html
    from reports.queries.minutes import minutes_paper

    meeting = planned(world, secretary, contents["first"], agenda="Thời sự")
    html = to_html(
        minutes_printout(minutes_paper(MinutesFactory(meeting=meeting), language="vi"))
    )

    assert "1. Học tập (nội dung kế hoạch của đợt)" in html
    assert "2. Thời sự</p>" in html
