"""What is refused to somebody who is logged in: written down, and telling nothing."""

from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from members import limits
from members.models import Event
from members.policy import Role
from members.services import refused
from tests.clients import english_client
from tests.factories import (
    NOON,
    AccountFactory,
    MemberFactory,
    PostFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

MISSING = 999_999


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def cell():
    committee = UnitFactory(code="X", name="Đảng ủy xã")
    return UnitFactory(code="1", name="Chi bộ 1", parent=committee)


@pytest.fixture
def stranger():
    """A member of whom the secretary of the cell has nothing."""
    return MemberFactory(cell=UnitFactory(code="9"))


@pytest.fixture
def secretary(cell):
    return PostFactory(unit=cell, role=Role.SECRETARY)


@pytest.fixture
def client(secretary) -> Client:
    client = english_client()
    client.force_login(secretary.account)
    client.get(reverse("home"))
    return client


def page_of(member_id: int) -> str:
    return reverse("members:member_detail", args=[member_id])


def noted() -> list[tuple[str, dict]]:
    events = Event.objects.filter(action__startswith="accounts.refused")
    return [(event.action, event.data) for event in events.order_by("pk")]


def limit(monkeypatch, attempts: int) -> None:
    shrunk = replace(limits.limits(), attempts_noted=attempts)
    monkeypatch.setattr(refused, "limits", lambda: shrunk)


def later(client: Client, clock, account) -> None:
    """An hour later the session has locked, and the account logs in again."""
    clock.shift(timedelta(hours=1))
    client.logout()
    client.force_login(account)


def test_what_is_out_of_reach_leaves_an_event(client, secretary, stranger):
    assert client.get(page_of(stranger.pk)).status_code == 404

    event = Event.objects.get(action="accounts.refused")
    assert (event.account, event.post, event.unit) == (
        secretary.account,
        secretary,
        secretary.unit,
    )
    assert event.data == {
        "address": "members:member_detail",
        "ids": {"member_id": stranger.pk},
        "attempts": 1,
    }


def test_what_does_not_exist_leaves_the_same_and_costs_the_same(client, stranger):
    client.get(page_of(stranger.pk))  # begins the chain of the day
    answers = []
    for pk in (stranger.pk, MISSING):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(page_of(pk))
        answers.append((lines_of(answer), sorted(answer.headers), len(queries)))

    assert answers[0] == answers[1]
    assert [each[1]["ids"]["member_id"] for each in noted()] == [
        stranger.pk,
        stranger.pk,
        MISSING,
    ]


def lines_of(page) -> list[str]:
    """What a page says, but for its token and where it was asked for."""
    return [
        line
        for line in page.text.splitlines()
        if "csrfmiddlewaretoken" not in line and 'name="next"' not in line
    ]


def test_an_act_leaves_one_too(client, stranger):
    assert client.post(reverse("member_end", args=[stranger.pk])).status_code == 404

    assert [data["address"] for _action, data in noted()] == ["member_end"]


def test_what_has_no_row_leaves_one_too(client):
    """The page of the roll workbook is for whoever brings many people."""
    assert client.get(reverse("members:roll_template")).status_code == 404

    assert noted()[0][1]["ids"] == {}


@pytest.mark.parametrize("path", ["/khong-co/", "/sessions/use/?account=1"])
def test_what_is_no_attempt_leaves_none(client, path):
    assert client.get(path).status_code == 404

    assert noted() == []


def test_a_visitor_leaves_none(stranger):
    assert Client().get(page_of(stranger.pk)).status_code == 302

    assert noted() == []


def test_words_and_monstrous_numbers_of_an_address_are_not_kept(client):
    file = reverse("reports:report_file", args=[MISSING, "Nguyễn Văn An"])
    client.get(file)
    client.get(page_of(2**63))

    assert [data["ids"] for _action, data in noted()] == [{"report_id": MISSING}, {}]


def test_the_highest_post_is_named(client, secretary, cell, stranger):
    above = PostFactory(
        account=secretary.account, unit=cell.parent, role=Role.PROPAGANDA_DEPARTMENT
    )

    client.get(page_of(stranger.pk))

    assert Event.objects.get(action="accounts.refused").post == above


def test_a_member_without_a_post_reads_it_in_the_own_record(stranger):
    own = AccountFactory(member=MemberFactory(cell=UnitFactory(code="8")))
    client = english_client()
    client.force_login(own)

    client.get(page_of(stranger.pk))

    event = Event.objects.get(action="accounts.refused")
    assert (event.post, event.unit, event.member) == (None, None, own.member)


def test_a_scanner_does_not_fill_the_log(
    client, clock, secretary, stranger, monkeypatch
):
    limit(monkeypatch, 3)
    costs = []
    for pk in (1_000_001, stranger.pk, MISSING, stranger.pk, MISSING, 1_000_002):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page_of(pk)).status_code == 404
        costs.append(len(queries))

    actions = [action for action, _data in noted()]
    assert actions == ["accounts.refused"] * 2 + ["accounts.refused_often"]
    assert costs[1:3] == [costs[2]] * 2
    assert costs[3:] == [costs[5]] * 3

    later(client, clock, secretary.account)
    client.get(page_of(MISSING))
    assert noted()[-1][0] == "accounts.refused"


def test_the_committee_above_reads_of_many(client, cell, stranger, monkeypatch):
    limit(monkeypatch, 2)
    for _ in range(2):
        client.get(page_of(stranger.pk))
    clerk = english_client()
    clerk.force_login(PostFactory(unit=cell.parent, role=Role.CLERK).account)

    page = clerk.get(reverse("members:unit_detail", args=[cell.pk])).text

    assert "asked 2 times within an hour" in page


def listed(**options: str) -> list[str]:
    output = StringIO()
    with translation.override("en"):
        call_command("refused_attempts", stdout=output, **options)
    return output.getvalue().splitlines()


def test_the_command_lists_by_hour_account_and_address(
    client, secretary, clock, stranger, monkeypatch
):
    limit(monkeypatch, 3)
    for pk in (MISSING, stranger.pk, MISSING):
        client.get(page_of(pk))
    later(client, clock, secretary.account)
    client.get(reverse("members:roll_template"))

    lines = listed()

    login = secretary.account.login
    numbers = f"{stranger.pk}, {MISSING}"
    assert [line.split("  ", 1)[1] for line in lines] == [
        f"{login}  members:member_detail  3 times: {numbers}"
        " (and more, which is not written down)",
        f"{login}  members:roll_template  1 times: –",
    ]
    assert listed(since="2100-01-01") == ["Nothing was refused."]


def test_a_day_that_is_none_is_refused_with_a_sentence():
    with pytest.raises(CommandError, match=r"\A--since: Enter a valid date\.\Z"):
        listed(since="31/02/2024")
