"""What goes to the level above: numbers, after a warning, for each last day."""

from datetime import date, timedelta

import pytest
from django.core import mail

from campaigns.models import Reminder
from members.models import Account, Post
from members.policy import Role
from tests.campaigns.reminder_worlds import (
    LAST_DAY,
    at,
    cell_below,
    cell_with_pledges,
    mailed,
    plan,
    send,
    wish,
)
from tests.factories import ExtensionFactory, PostFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

MONDAY = at(3, 25)  # three days before the last day


@pytest.fixture
def cell():
    return cell_with_pledges()


def test_upward_goes_a_number_two_working_days_after_the_warning(cell):
    """The wish: one day after the last, Friday; the warning: on Wednesday."""
    wish(cell, days=1, to="ABOVE")
    secretary = mailed(email="bi.thu@example.vn", email_language="en")
    Post.objects.filter(account=cell.secretary).update(account=secretary)
    Account.objects.filter(pk=cell.clerk.pk).update(
        email="van.phong@example.vn", email_confirmed_at=MONDAY, email_language="en"
    )

    assert (plan(at(3, 27)), send(at(3, 27)).emails) == (1, 1)
    unwarned, _people = cell_below(cell.above)
    PostFactory(unit=unwarned.live_unit, role=Role.SECRETARY)
    assert (plan(at(3, 29)), send(at(3, 29)).emails) == (1, 1)

    assert [(each.to, each.subject) for each in mail.outbox] == [
        (["bi.thu@example.vn"], "Tự Soi: 1 thing waits for you"),
        (["van.phong@example.vn"], "Tự Soi: 1 thing waits for you"),
    ]
    up = mail.outbox[1].body
    assert f"{cell.above.name}: 1 cell is not through" in up
    assert [person.full_name for person in cell.people if person.full_name in up] == []


def test_an_office_is_told_of_every_last_day_that_falls_on_one_working_day(cell):
    """Saturday and Sunday: both are told on Friday, each in its own line."""
    wish(cell, days=0, to="ABOVE")
    for days in (2, 3, 3):
        unit, _people = cell_below(cell.above)
        PostFactory(unit=unit.live_unit, role=Role.SECRETARY)
        ExtensionFactory(
            campaign=cell.campaign, unit=unit, until_on=LAST_DAY + timedelta(days=days)
        )
    Account.objects.filter(pk=cell.clerk.pk).update(
        email="van.phong@example.vn", email_confirmed_at=MONDAY, email_language="en"
    )
    plan(at(3, 27))
    send(at(3, 27))

    assert (plan(at(3, 29)), plan(at(3, 29)), send(at(3, 29)).emails) == (2, 0, 1)
    (message,) = mail.outbox
    name = cell.above.name
    assert [line for line in message.body.splitlines() if name in line] == [
        f"- {name}: 1 cell is not through with the pledges.",
        f"- {name}: 2 cells are not through with the pledges.",
    ]


def test_nothing_goes_up_of_cells_that_were_not_warned_in_time(cell):
    wish(cell, days=1, to="ABOVE")
    Reminder.objects.create(
        unit=cell.unit,
        matter="PLEDGE",
        to="SECRETARY",
        account=cell.secretary,
        on=date(2024, 3, 28),
        last_day=LAST_DAY,
        days=0,
        state="LISTED",
        settled_at=MONDAY,
    )

    assert plan(at(3, 29)) == 0
