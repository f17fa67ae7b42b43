"""A campaign that is closed takes no write, whatever form of whichever page is sent.

Each form to which the cases lead is opened while the campaign runs and sent once it is
closed. What goes on by rule is named here, with the rule.
"""

from functools import cache
from typing import NamedTuple

import pytest
import time_machine
from django.apps import apps
from django.db import models
from django.utils import timezone

from campaigns.models import Campaign
from tests.access import posting, prepared
from tests.access.addresses import address as address_of
from tests.access.addresses import ask_and_take_back
from tests.access.cases import CASES
from tests.access.sent_forms import REFUSED, forms_of

pytestmark = pytest.mark.django_db

POSTS = {
    case.name: case
    for case in reversed(CASES)
    if case.method == "post" and case.seen_by and case.name not in REFUSED
}
# Pages of one act alone, which is offered to nobody once the campaign is closed.
OVER = {"late_change", "decision_apply", "plans:task_report"}
# Entries of the menu, which name what runs; the campaign's own page leads to the rest.
MENU = {"reports:progress_list", "work:work_list", "meetings:meeting_home"}
READ = {
    str(case): case
    for case in CASES
    if case.method == "get" and case.seen_by and case.name not in OVER | MENU
}
LIFECYCLE = "docs/rules/lifecycle.md § 7.3"
# What is written of a closed campaign, and by which rule.
GOES_ON = {
    "reviews:level_reopen": LIFECYCLE,
    "reviews:notice_list": LIFECYCLE,
    "reviews:notice_read": LIFECYCLE,
    "reviews:request_add": LIFECYCLE,
    "reviews:request_answer": LIFECYCLE,
    "reviews:request_paper": LIFECYCLE,
    "reviews:request_receive": LIFECYCLE,
    "reports:report_issue": "a report on what there is gets its number after it, too",
    "reports:submission_sign": LIFECYCLE,
    "reports:submission_return": LIFECYCLE,
    "reports:report_request": "a report is made of what there is",
    "cell_papers": "and so are the papers of a cell",
    "plans:campaign_open": "the campaign is a draft, and another",
    "plans:campaign_add": "another campaign is made",
    "decision_carry_out": "docs/rules/lifecycle.md § 5: who may see it",
}


class Outcome(NamedTuple):
    """What a form wrote of a campaign, and what it was answered."""

    tables: set[str]
    status: int


@cache
def tables_of_campaigns() -> frozenset[str]:
    """Return the tables whose rows cannot be without a campaign."""
    found: set[type[models.Model]] = {Campaign}
    while True:
        more = {
            model
            for model in apps.get_models()
            if model._meta.app_label in posting.APPS
            for column in model._meta.concrete_fields
            if column.is_relation and not column.null and column.related_model in found
        }
        if more <= found:
            return frozenset(model._meta.db_table for model in found)
        found |= more


def sent(client, form) -> Outcome:
    before = posting.rows()
    answer = posting.send(client, form.path, form.data)
    changed = {table for table, *_ in posting.columns_that_differ(before, answer.rows)}
    return Outcome(changed & tables_of_campaigns(), answer.status)


def close(campaign: Campaign) -> None:
    now = timezone.now()
    running = Campaign.objects.filter(pk=campaign.pk).exclude(state="DRAFT")
    running.update(state="CLOSED", roll_fixed_at=now, closed_at=now)


@pytest.mark.parametrize("case", POSTS.values(), ids=POSTS)
def test_a_closed_campaign_takes_no_write(world, case, monkeypatch):
    name = sorted(case.seen_by)[0]
    prepared.ROWS.get(case.name, lambda *_: None)(world, monkeypatch)
    client = world.client_of(name)
    with time_machine.travel(timezone.now(), tick=False):
        forms = forms_of(world, case, name)
        while_it_runs = [sent(client, form) for form in forms]
        close(world.a.campaign)
        once_closed = [sent(client, form) for form in forms]

    for before, after in zip(while_it_runs, once_closed, strict=True):
        if case.name in GOES_ON:
            assert after == before
        else:
            assert after.tables == set()
            assert after.status in {404, 422} if before.tables else True


@pytest.mark.parametrize("case", READ.values(), ids=READ)
def test_everything_stays_readable(world, bare_answers, case):
    client = world.client_of(sorted(case.seen_by)[0])
    address = address_of(case, world.a)
    while_it_runs = ask_and_take_back(client, "get", address)

    close(world.a.campaign)

    assert ask_and_take_back(client, "get", address) == while_it_runs < 400


def test_what_goes_on_is_written(world):
    """The names above are addresses of the matrix, and of nothing that was dropped."""
    assert set(GOES_ON) <= set(POSTS)


def test_rows_of_campaigns_are_found_through_what_they_hang_on():
    found = tables_of_campaigns()

    assert {
        "campaigns_meeting",
        "reviews_levelrequest",
        "campaigns_pledgecheck",
    } <= found
    assert not {"members_member", "reviews_remediationitem", "members_event"} & found
