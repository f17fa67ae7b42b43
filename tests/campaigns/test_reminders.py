"""Reminders by the plan: who, on which day, once, and only if it still holds."""

from datetime import date, timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from campaigns.lifecycle import State
from campaigns.models import Campaign, Digest, Reminder
from campaigns.queries import reminders as queries
from campaigns.services.reminders import planning, sending
from campaigns.services.reminders.sending import Outcome
from members.models import Account, Post
from members.policy import Role
from tests.campaigns.reminder_worlds import (
    LAST_DAY,
    at,
    cell_below,
    cell_with_pledges,
    mailed,
    moves,
    plan,
    send,
    wish,
)
from tests.factories import (
    ExtensionFactory,
    PersonalExtensionFactory,
    PhaseFactory,
    PostFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

MONDAY = at(3, 25)  # three days before the last day


@pytest.fixture
def cell():
    return cell_with_pledges()


def rows():
    found = Reminder.objects.order_by("pk").select_related("participant", "account")
    return [
        (row.to, str(row.participant or row.account), row.on, row.state)
        for row in found
    ]


def states():
    return list(Reminder.objects.order_by("pk").values_list("state", flat=True))


def test_whoever_has_not_done_it_is_planned_once_on_the_day(cell):
    wish(cell)

    assert [plan(at(3, 22)), plan(MONDAY), plan(at(3, 25, 15))] == [0, 3, 0]
    day = date(2024, 3, 25)
    assert rows() == [
        ("PERSON", "Lê Thị Bé", day, "PLANNED"),
        ("PERSON", "Trần Văn Đào", day, "PLANNED"),
        ("PERSON", "Nguyễn Thị Út", day, "PLANNED"),
    ]


def test_two_wishes_that_lead_to_one_day_are_one_reminder(cell):
    wish(cell)
    wish(cell, unit=cell.above)

    assert plan(MONDAY) == 3


def test_the_database_holds_each_slot_once(cell):
    row = {"unit": cell.unit, "matter": "PLEDGE", "on": LAST_DAY}
    for to, recipient in (
        ("PERSON", {"participant": cell.people[0]}),
        ("SECRETARY", {"account": cell.secretary}),
    ):
        Reminder.objects.create(**row, to=to, **recipient)
        with pytest.raises(IntegrityError), transaction.atomic():
            Reminder.objects.create(**row, to=to, **recipient)


def test_the_database_holds_another_slot_for_another_last_day(cell):
    row = {"unit": cell.unit, "matter": "PLEDGE", "on": LAST_DAY, "to": "SECRETARY"}
    for last_day in (None, LAST_DAY, LAST_DAY + timedelta(days=1)):
        Reminder.objects.create(**row, account=cell.secretary, last_day=last_day)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(**row, account=cell.secretary, last_day=LAST_DAY)


def test_longer_times_move_the_slot_of_those_who_have_them(cell):
    wish(cell)
    other, _people = cell_below(cell.above)
    ExtensionFactory(
        campaign=cell.campaign, unit=other, until_on=LAST_DAY + timedelta(days=8)
    )
    PersonalExtensionFactory(
        campaign=cell.campaign,
        participant=cell.people[0],
        unit=cell.unit,
        until_on=LAST_DAY + timedelta(days=2),
    )

    plan(MONDAY)
    plan(at(3, 26))  # three days before 29 March, the last day of the first person

    assert [(who, on.day) for _to, who, on, _state in rows()] == [
        ("Trần Văn Đào", 25),
        ("Nguyễn Thị Út", 25),
        ("Lê Thị Bé", 26),
    ]


def test_nothing_is_planned_for_others(cell):
    wish(cell, unit=cell_below(cell.above, ())[0])  # of a local plan
    wish(cell, matter="SELF_REVIEW")  # has no time
    wish(cell, days=-2)
    Campaign.objects.exclude(pk=cell.campaign.pk).delete()

    assert plan(MONDAY) == 0
    wish(cell)
    Campaign.objects.update(state=State.CLOSED, closed_at=MONDAY, roll_fixed_at=MONDAY)
    assert plan(MONDAY) == 0


def test_the_committee_of_a_cell_is_planned_by_its_posts(cell):
    wish(cell, to="SECRETARY")
    deputy = PostFactory(unit=cell.unit.live_unit, role=Role.DEPUTY_SECRETARY).account
    PostFactory(
        member=cell.people[3].member,
        account=None,
        unit=cell.unit.live_unit,
        role=Role.COMMITTEE_MEMBER,
    )  # has no account
    PostFactory(unit=cell.unit.live_unit, role=Role.WORKING_TEAM)

    assert plan(MONDAY) == 2
    planned = Reminder.objects.values_list("account", flat=True)
    assert set(planned) == {cell.secretary.pk, deputy.pk}


def test_one_email_a_day_tells_all_that_is_due(cell):
    wish(cell)
    wish(cell, to="SECRETARY")
    own = mailed(member=cell.people[0].member, email_language="en")
    PostFactory(
        member=cell.people[0].member,
        account=None,
        unit=cell.unit.live_unit,
        role=Role.DEPUTY_SECRETARY,
    )
    plan(MONDAY)

    assert send(MONDAY) == Outcome(emails=1, listed=3)

    (message,) = mail.outbox
    assert (message.to, message.subject) == (
        [own.email],
        "Tự Soi: 2 things wait for you",
    )
    assert message.body.split("\n\n")[1:3] == [
        "- Your pledge is not with the cell yet.\n"
        f"  {cell.campaign.name}\n"
        "  Last day: 28/03/2024. 3 days left.",
        f"- {cell.unit.name}: pledges not sent yet: 3; sent and not confirmed yet: 1.\n"
        f"  {cell.campaign.name}\n"
        "  Last day: 28/03/2024. 3 days left.",
    ]
    assert "https://tusoi.example.vn/me/reminders/" in message.body
    assert sorted(states()) == ["LISTED", "LISTED", "LISTED", "SENT", "SENT"]
    assert Digest.objects.get().sent_at == MONDAY


def test_sent_again_by_a_doubled_message_nothing_goes_out(cell):
    wish(cell)
    mailed(member=cell.people[0].member)
    plan(MONDAY)

    assert [send(MONDAY).emails, send(MONDAY).emails] == [1, 0]
    assert len(mail.outbox) == 1


def test_a_worker_that_dies_between_writing_and_sending_sends_nothing_twice(
    cell, monkeypatch
):
    wish(cell)
    mailed(member=cell.people[0].member)
    plan(MONDAY)

    def die(*_arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(sending, "_message", die)
        with pytest.raises(KeyboardInterrupt):
            send(MONDAY)

    assert send(at(3, 25, 10)).emails == 0
    assert (mail.outbox, Digest.objects.get().sent_at) == ([], None)
    (told, *_others) = queries.own_reminders(
        cell.actor(Account.objects.get(email__gt=""))
    )
    assert told.state == "the e-mail was begun; whether it arrived nobody knows"


def test_what_comes_after_the_email_of_the_day_waits_for_the_next_working_day(cell):
    wish(cell)
    own = mailed(member=cell.people[0].member)
    Digest.objects.create(account=own, on=date(2024, 3, 25), begun_at=MONDAY)
    plan(MONDAY)

    assert (send(MONDAY).emails, send(at(3, 26)).emails) == (0, 1)


def test_only_who_has_not_done_it_at_the_moment_of_sending_is_told(cell):
    wish(cell)
    for person in cell.people:
        mailed(member=person.member)
    plan(MONDAY)
    moves(cell.people[0], cell.unit, "SENT")
    PersonalExtensionFactory(
        campaign=cell.campaign,
        participant=cell.people[1],
        unit=cell.unit,
        until_on=LAST_DAY + timedelta(days=8),
    )

    assert send(MONDAY) == Outcome(emails=1)
    assert states() == ["DONE", "LAPSED", "SENT"]


@pytest.mark.parametrize(
    "ended", ["post", "cell is through", "campaign", "longer time"]
)
def test_a_committee_is_told_only_while_it_holds(cell, ended):
    wish(cell, to="SECRETARY")
    Account.objects.filter(pk=cell.secretary.pk).update(
        email="bi.thu@example.vn", email_confirmed_at=MONDAY
    )
    plan(MONDAY)
    if ended == "post":
        Post.objects.filter(account=cell.secretary).update(ended_at=MONDAY)
    elif ended == "campaign":
        Campaign.objects.update(
            state=State.CLOSED, closed_at=MONDAY, roll_fixed_at=MONDAY
        )
    elif ended == "longer time":
        later = LAST_DAY + timedelta(days=8)
        ExtensionFactory(campaign=cell.campaign, unit=cell.unit, until_on=later)
    else:
        for person in cell.people:
            moves(person, cell.unit, "CONFIRMED")

    assert send(MONDAY) == Outcome()
    assert states() == ["DONE" if ended == "cell is through" else "LAPSED"]


@pytest.mark.parametrize(
    ("now", "emails", "state"),
    [
        (at(3, 25, 19), 0, "PLANNED"),  # in the evening
        (at(3, 26, 7), 1, "SENT"),
        (at(3, 27), 0, "LAPSED"),  # two days later the next slot says more
    ],
    ids=str,
)
def test_at_night_it_waits_and_what_is_older_than_a_day_lapses(
    cell, now, emails, state
):
    wish(cell)
    mailed(member=cell.people[0].member)
    plan(MONDAY)

    assert (send(now).emails, states()[0]) == (emails, state)


def test_nobody_without_a_confirmed_address_gets_an_email(cell, settings):
    wish(cell)
    mailed(member=cell.people[0].member, email_confirmed_at=None)
    mailed(member=cell.people[1].member, is_active=False)
    plan(MONDAY)
    assert send(MONDAY) == Outcome(emails=0, listed=3)

    Reminder.objects.all().delete()
    Account.objects.update(email_confirmed_at=MONDAY, email="a@example.vn")
    settings.SENDS_EMAIL = False
    plan(MONDAY)
    assert send(MONDAY) == Outcome(emails=0, listed=3)
    assert mail.outbox == []


class _Unreachable:
    def open(self):
        raise ConnectionRefusedError

    def send_messages(self, messages):
        raise SMTPException

    def close(self):
        pass


class _Refusing(_Unreachable):
    def open(self):
        return True


def test_while_the_mail_server_is_away_all_waits(cell, monkeypatch):
    wish(cell)
    mailed(member=cell.people[0].member)
    plan(MONDAY)
    with monkeypatch.context() as patched:
        patched.setattr(sending, "get_connection", _Unreachable)
        assert send(MONDAY) == Outcome(emails=0, listed=2)

    assert (states()[0], Digest.objects.count()) == ("PLANNED", 0)
    assert send(MONDAY).emails == 1


def test_what_the_mail_server_refuses_stands_on_the_list(cell, monkeypatch):
    wish(cell)
    mailed(member=cell.people[0].member)
    plan(MONDAY)
    monkeypatch.setattr(sending, "get_connection", _Refusing)

    assert send(MONDAY).emails == 0
    assert (states()[0], Digest.objects.get().is_refused) == ("LISTED", True)


def test_who_was_reminded_reads_why(cell):
    wish(cell)
    own = mailed(member=cell.people[0].member)
    plan(MONDAY)
    send(MONDAY)

    (told,) = queries.own_reminders(cell.actor(own))
    assert (told.what, told.why, told.state, told.last_day) == (
        "Pledge",
        "The plan of the campaign reminds whoever has not done it 3 days before the last "
        "day.",
        "sent by e-mail",
        LAST_DAY,
    )


@pytest.mark.parametrize("cells", [1, 3])
def test_planning_asks_as_often_for_many_cells(cell, cells, django_assert_num_queries):
    wish(cell)
    for _number in range(cells - 1):
        cell_below(cell.above)

    with django_assert_num_queries(10):
        planning.plan_today(now=MONDAY)


def test_a_phase_of_a_local_plan_has_its_own_slots(cell):
    wish(cell)
    PhaseFactory(
        campaign=cell.campaign,
        unit=cell.above,
        from_on=date(2024, 1, 1),
        until_on=date(2024, 3, 23),
    )

    assert (plan(at(3, 19)), plan(MONDAY)) == (3, 0)
