"""Criteria whose page was opened on the last day are still taken some minutes after it."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from campaigns.models import CriteriaSet, Criterion
from members.policy import Role
from tests.campaigns.pledge_worlds import cell_of_writers
from tests.factories import (
    CriteriaSetFactory,
    CriterionFactory,
    PhaseFactory,
    PostFactory,
)

pytestmark = pytest.mark.django_db
# The last day is 31 March in Vietnam, seven hours ahead.
JUST_BEFORE = datetime(2024, 3, 31, 16, 58, tzinfo=UTC)
WITHIN_GRACE = datetime(2024, 3, 31, 17, 5, tzinfo=UTC)
TOO_LATE = datetime(2024, 3, 31, 17, 20, tzinfo=UTC)


@pytest.fixture
def criterion():
    cell = cell_of_writers()
    PhaseFactory(
        campaign=cell.campaign, step="CRITERIA",
        from_on=date(2024, 3, 1), until_on=date(2024, 4, 1),
    )  # fmt: skip
    return CriterionFactory(criteria=CriteriaSetFactory(unit=cell))


def secretary_at(criterion) -> Client:
    unit = criterion.criteria.unit.live_unit
    client = Client()
    client.force_login(PostFactory(unit=unit, role=Role.SECRETARY).account)
    return client


def sent_at(client, url, moment, **typed):
    with time_machine.travel(JUST_BEFORE, tick=False):
        page = client.get(url)
    kept = {name: page.context[name] for name in ("opened",)}
    with time_machine.travel(moment, tick=False):
        return client.post(url, {**kept, "once": page.context["key"], **typed})


@pytest.mark.parametrize("act", ["edit", "remove", "send"])
def test_what_was_opened_in_time_is_taken_within_the_grace_and_not_after(
    criterion, act
):
    client, unit = secretary_at(criterion), criterion.criteria.unit
    address = {
        "edit": reverse("pledges:criterion_edit", args=[criterion.pk]),
        "remove": reverse("pledges:criterion_remove", args=[criterion.pk]),
        "send": reverse(
            "pledges:criteria_send", args=[unit.campaign_id, unit.live_unit_id]
        ),
    }[act]
    typed = {
        "version": 1, "organisation": "", "occupation": "",
        "text": "Dạy học", "measure": "NUMBER", "goal": "18", "unit_of_measure": "tiết",
    }  # fmt: skip

    late = sent_at(client, address, TOO_LATE, **typed)
    in_time = sent_at(client, address, WITHIN_GRACE, **typed)

    assert (late.status_code, in_time.status_code) == (422, 302)
    done = {
        "edit": Criterion.objects.filter(text="Dạy học").exists(),
        "remove": not Criterion.objects.exists(),
        "send": CriteriaSet.objects.get().state == "SENT",
    }
    assert done[act]
