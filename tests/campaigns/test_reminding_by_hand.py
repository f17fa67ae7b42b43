"""Reminding by hand: a cell its own people, the office above the cells; the paper list."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from campaigns.models import Campaign, Phase, Reminder
from campaigns.queries.matters import matter_of_people
from campaigns.services.reminders import by_hand, planning, sending
from campaigns.services.reminders.by_hand import CellsReminded, PeopleReminded
from members.models import Account, Event, Post
from members.policy import Role
from tests.campaigns.reminder_worlds import (
    at,
    cell_below,
    cell_with_pledges,
    mailed,
    moves,
)
from tests.clients import english_client_of
from tests.factories import (
    CampaignUnitFactory,
    MemberFactory,
    ParticipantFactory,
    PhaseFactory,
    PlacementFactory,
    PostFactory,
    UnitFactory,
    WantedReminderFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

MONDAY = at(3, 25)
TWICE = "All who are missing were reminded today; nobody is reminded twice a day."


@pytest.fixture
def cell():
    return cell_with_pledges()


@pytest.fixture
def office(cell):
    """Whoever runs the campaign at the unit above the cell."""
    return english_client_of(cell.clerk)


def remind_people(cell, now=MONDAY):
    return by_hand.remind_missing(
        unit=cell.unit, matter=matter_of_people("PLEDGE"), actor=cell.actor(), now=now
    )


def remind_cells(cell, unit=None, now=MONDAY):
    return by_hand.remind_cells(
        unit=unit or cell.above,
        matter=matter_of_people("PLEDGE"),
        actor=cell.actor(cell.clerk),
        now=now,
    )


def address(cell, name, unit=None):
    where = unit or cell.unit
    return reverse(f"reminders:{name}", args=[cell.campaign.pk, where.live_unit_id])


def test_a_cell_reminds_all_who_are_missing_and_reads_how(cell):
    mailed(member=cell.people[1].member)

    assert remind_people(cell) == PeopleReminded(by_email=1, on_paper=2, before=0)
    assert list(
        Reminder.objects.order_by("pk").values_list("participant", "asked_by", "days")
    ) == [(person.pk, cell.secretary.pk, None) for person in cell.people[:3]]
    event = Event.objects.get(action="reminders.people")
    assert (event.unit_id, event.data["reminded"]) == (cell.unit.custodian_id, 3)


def test_nobody_is_reminded_twice_a_day_and_on_the_next_day_again(cell):
    remind_people(cell)
    with pytest.raises(by_hand.NobodyReminded, match="twice a day"):
        remind_people(cell)
    assert remind_people(cell, at(3, 26)).on_paper == 3


def test_by_hand_and_by_the_plan_are_one_reminder(cell):
    WantedReminderFactory(campaign=cell.campaign, days=-3)
    remind_people(cell)

    assert planning.plan_today(now=MONDAY) == 0
    member = MemberFactory(full_name="Vũ Thị Tư", sort_key="9")
    late = ParticipantFactory(campaign=cell.campaign, member=member)
    PlacementFactory(unit=cell.unit, participant=late)
    assert remind_people(cell) == PeopleReminded(by_email=0, on_paper=1, before=3)


def test_what_is_asked_for_by_hand_goes_out_although_the_last_day_moves(cell):
    own = mailed(member=cell.people[0].member)
    remind_people(cell)
    Phase.objects.update(until_on=date(2024, 4, 10))

    assert sending.send_today(now=MONDAY).emails == 1
    (told,) = Reminder.objects.own(cell.actor(own))
    assert told.state == Reminder.State.SENT


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        ("closed", "is in the state “Closed” and does not take this act"),
        ("not begun", "The step begins on 26/03/2024: nobody can do it yet."),
        ("all sent", "Nobody is missing: all of the cell have done it."),
    ],
)
def test_there_is_nobody_to_remind(cell, why, sentence):
    if why == "closed":
        closed = {"state": "CLOSED", "closed_at": MONDAY, "roll_fixed_at": MONDAY}
        Campaign.objects.update(**closed)
        cell.unit.campaign.refresh_from_db()
    elif why == "not begun":
        Phase.objects.update(from_on=date(2024, 3, 26))
    else:
        for person in cell.people:
            moves(person, cell.unit, "SENT")

    with pytest.raises(by_hand.NobodyReminded, match=sentence):
        remind_people(cell)
    assert Reminder.objects.count() == 0


def test_an_office_reminds_committees_in_numbers_and_no_member(cell):
    deputy = mailed()
    PostFactory(account=deputy, unit=cell.unit.live_unit, role=Role.DEPUTY_SECRETARY)
    without, _people = cell_below(cell.above)
    through, _people = cell_below(cell.above, ("CONFIRMED",))
    PostFactory(unit=through.live_unit, role=Role.SECRETARY)

    assert remind_cells(cell) == CellsReminded(
        cells=1, by_email=1, on_page=1, unreached=(without.name,)
    )
    assert set(Reminder.objects.values_list("to", "account", "participant")) == {
        ("SECRETARY", cell.secretary.pk, None),
        ("SECRETARY", deputy.pk, None),
    }
    event = Event.objects.get(action="reminders.cells")
    assert event.post_id == Post.objects.get(account=cell.clerk).pk


def test_an_office_reminds_nobody_twice_a_day(cell):
    remind_cells(cell)
    with pytest.raises(by_hand.NobodyReminded, match="twice a day"):
        remind_cells(cell)
    for person in cell.people:
        moves(person, cell.unit, "CONFIRMED")
    with pytest.raises(by_hand.NobodyReminded, match="is through"):
        remind_cells(cell)


def test_a_committee_reads_that_the_level_above_reminded_it(cell):
    remind_cells(cell)

    page = english_client_of(cell.secretary).get(reverse("own_reminders"))

    (told,) = page.context["reminders"]
    assert told.why.startswith("The level above reminded the units that were not")


@time_machine.travel(MONDAY, tick=False)
def test_the_button_of_the_secretary_leads_to_the_list_to_be_printed(cell):
    mailed(member=cell.people[1].member)
    client = english_client_of(cell.secretary)

    page = client.post(address(cell, "people_remind"), follow=True)

    paper = address(cell, "paper_list")
    assert page.redirect_chain == [(f"{paper}?matter=PLEDGE", 302)]
    assert [str(each) for each in page.context["messages"]] == [
        "3 comrades are reminded: by e-mail 1, on the printed list 2. "
        "E-mails go out within ten minutes."
    ]
    assert [(line.person.name, left) for line, left in page.context["lines"]] == [
        ("Lê Thị Bé", 3),
        ("Nguyễn Thị Út", 3),
    ]
    shown = client.get(address(cell, "people_remind"))
    assert shown.context["left"] == 0
    assert "Remind 0" not in shown.content.decode()
    assert "were reminded today" in shown.content.decode()
    again = client.post(address(cell, "people_remind"))
    assert (again.status_code, again.context["refusal"]) == (422, TWICE)


@pytest.mark.parametrize(
    ("now", "when"),
    [
        (at(3, 25, 18), "E-mails go out within ten minutes."),
        (at(3, 25, 19), "E-mails go out on 26/03/2024 from 7 o'clock on."),
        (at(3, 29, 20), "E-mails go out on 01/04/2024 from 7 o'clock on."),
        (at(3, 30), "E-mails go out on 01/04/2024 from 7 o'clock on."),
    ],
    ids=str,
)
def test_the_page_says_when_e_mails_go_out(cell, now, when):
    with time_machine.travel(now, tick=False):
        page = english_client_of(cell.secretary).get(address(cell, "people_remind"))

    assert page.context["when"] == when


def test_no_page_promises_an_e_mail_where_no_server_sends_one(cell, settings):
    settings.SENDS_EMAIL = False
    client = english_client_of(cell.secretary)

    page = client.get(address(cell, "people_remind"))
    assert page.context["when"] == "This site sends no e-mails."
    own = client.get(reverse("own_reminders")).content.decode()
    assert "This site sends no e-mails." in own
    assert "Enter an e-mail address" not in own


@time_machine.travel(MONDAY, tick=False)
def test_the_office_reads_how_many_committees_it_reached(cell, office):
    url = address(cell, "cells_remind", cell.above)
    unreached, _people = cell_below(cell.above)

    page = office.post(url, follow=True)

    assert [str(each) for each in page.context["messages"]] == [
        "1 unit is reminded. Of its committee get an e-mail: 0; read it on the first "
        f"page: 1. Nobody of these committees has an account: {unreached.name}."
    ]
    assert page.context["waiting"] == 2


@time_machine.travel(MONDAY, tick=False)
def test_of_many_committees_without_an_account_ten_are_named_with_their_place(
    cell, office
):
    commune = CampaignUnitFactory(
        campaign=cell.above.campaign,
        parent=cell.above,
        live_unit=UnitFactory(parent=cell.above.live_unit, name="Đảng bộ xã Yên Đồng"),
    )
    made = [cell_below(commune)[0] for _ in range(12)]

    page = office.post(address(cell, "cells_remind", cell.above), follow=True)

    [said] = [str(each) for each in page.context["messages"]]
    assert said.count("(Đảng bộ xã Yên Đồng)") == 10
    assert made[0].name in said
    assert said.endswith("Nor of 2 more: give their secretaries accounts, or call.")


@time_machine.travel(MONDAY, tick=False)
def test_names_of_a_cell_are_shown_to_nobody_above(cell, office):
    page = office.get(address(cell, "cells_remind", cell.above))

    text = page.content.decode()
    assert [name for name in ("Bé", "Đào", "Út") if name in text] == []
    assert office.get(address(cell, "people_remind")).status_code == 404


@pytest.mark.parametrize("more", [0, 3])
@pytest.mark.parametrize(
    ("name", "queries"), [("people_remind", 10), ("paper_list", 13)]
)
def test_pages_of_a_cell_ask_as_often_for_many_people(
    cell, name, queries, more, django_assert_num_queries
):
    for number in range(more):
        member = MemberFactory(sort_key=f"8{number}")
        person = ParticipantFactory(campaign=cell.campaign, member=member)
        PlacementFactory(unit=cell.unit, participant=person)
    client = english_client_of(cell.secretary)
    client.get(address(cell, name))

    with django_assert_num_queries(queries):
        client.get(address(cell, name))


@pytest.mark.parametrize("rows", [1, 3])
def test_one_s_own_reminders_ask_as_often_for_many(
    cell, rows, django_assert_num_queries
):
    for day in range(rows):
        Reminder.objects.create(
            unit=cell.unit,
            matter="PLEDGE",
            to="SECRETARY",
            account=cell.secretary,
            on=date(2024, 3, 1 + day),
        )
    client = english_client_of(cell.secretary)
    client.get(reverse("own_reminders"))

    with django_assert_num_queries(6):
        client.get(reverse("own_reminders"))


@pytest.mark.parametrize("cells", [1, 3])
def test_reminding_cells_asks_as_often_for_many(cell, cells, django_assert_num_queries):
    for _number in range(cells - 1):
        unit, _people = cell_below(cell.above)
        PostFactory(unit=unit.live_unit, role=Role.SECRETARY)

    with django_assert_num_queries(19):
        remind_cells(cell)


def test_a_unit_of_another_campaign_is_not_reached(cell):
    other = CampaignUnitFactory()
    PostFactory(unit=other.live_unit, role=Role.CLERK, account=cell.clerk)

    with pytest.raises(by_hand.NobodyReminded):
        remind_cells(cell, other)
    assert not Account.objects.exclude(email="").exists()


@time_machine.travel(MONDAY, tick=False)
def test_other_matters_are_reminded_of_by_the_same_pages(cell, office):
    for step in ("STUDY", "SELF_REVIEW", "PROGRAMME"):
        PhaseFactory(
            campaign=cell.campaign,
            step=step,
            from_on=date(2024, 3, 1),
            until_on=date(2024, 4, 2),
        )
    secretary = english_client_of(cell.secretary)
    reviews = address(cell, "people_remind") + "?matter=SELF_REVIEW"
    programmes = address(cell, "cells_remind", cell.above) + "?matter=PROGRAMME"

    paper = secretary.post(reviews, follow=True)
    told = office.post(programmes, follow=True)

    first, *others = [
        (line.person.name, line.what) for line, _left in paper.context["lines"]
    ]
    assert first == ("Lê Thị Bé", "Pledge")
    assert others[:2] == [
        ("Lê Thị Bé", "Self-review"),
        ("Trần Văn Đào", "Pledge"),
    ]
    assert others[-1] == ("Phạm Văn Tám", "Self-review")
    assert told.context["waiting"] == 1
    rows = Reminder.objects.values_list("matter", "to", "last_day").distinct()
    assert set(rows) == {
        ("SELF_REVIEW", "PERSON", date(2024, 4, 1)),
        ("PROGRAMME", "SECRETARY", date(2024, 4, 1)),
    }


@pytest.mark.parametrize(
    ("name", "matter"),
    [("people_remind", "PROGRAMME"), ("paper_list", "X"), ("cells_remind", "MEETING")],
)
def test_a_matter_that_is_not_reminded_of_so_is_no_page(cell, office, name, matter):
    unit = cell.above if name == "cells_remind" else cell.unit
    client = office if name == "cells_remind" else english_client_of(cell.secretary)

    page = client.get(address(cell, name, unit), {"matter": matter})

    assert page.status_code == 404
