"""What the first page says of figures that wait to be signed."""

from datetime import date

import pytest

from campaigns.models import Campaign
from members.policy import SYSTEM
from reports.queries.due_submissions import submissions_due
from reports.services import submissions
from tests.factories import PhaseFactory
from tests.reports.signing_worlds import NOW, REASON, change_a_figure, clerk_of, sign
from tests.small_worlds import unit_of

pytestmark = pytest.mark.django_db
BEFORE, DURING, AFTER = date(2024, 11, 1), date(2024, 12, 10), date(2025, 1, 2)


@pytest.fixture
def campaign(campaign):
    Campaign.objects.update(only_imported=False)
    PhaseFactory(
        campaign=campaign,
        step="DECISION",
        from_on=date(2024, 12, 1),
        until_on=date(2025, 1, 1),
    )
    return campaign


def waits(campaign, code: str, today: date) -> dict[str, int]:
    actor = clerk_of(unit_of(campaign, code))
    found = submissions_due(actor, today=today)
    return {item.key.partition("/")[0].partition(".")[2]: item.count for item in found}


def test_a_unit_is_asked_from_the_first_day_until_it_has_signed(campaign):
    assert waits(campaign, "X1", BEFORE) == {}
    assert waits(campaign, "X1", DURING) == {"figures_to_sign": 1}
    sign(unit_of(campaign, "X1"))
    assert waits(campaign, "X1", AFTER) == {}

    change_a_figure(campaign)

    assert waits(campaign, "X1", AFTER) == {"figures_to_sign": 1}


def test_what_was_sent_back_waits(campaign):
    made = sign(unit_of(campaign, "X1"))
    above = clerk_of(unit_of(campaign, "X"))
    submissions.send_back(submission=made, reason=REASON, actor=above, now=NOW)

    assert waits(campaign, "X1", BEFORE) == {"figures_to_sign": 1}


def test_above_one_is_told_after_the_last_day_how_many_are_missing(campaign):
    sign(unit_of(campaign, "X1"))

    assert waits(campaign, "X", DURING) == {"figures_to_sign": 1}
    assert waits(campaign, "X", AFTER) == {"figures_to_sign": 1, "figures_missing": 1}


def test_after_the_closing_nobody_is_missing(campaign):
    sign(unit_of(campaign, "X1"))
    Campaign.objects.update(state="CLOSED", closed_at=NOW)

    assert waits(campaign, "X", AFTER) == {}
    change_a_figure(campaign)
    assert waits(campaign, "X1", AFTER) == {"figures_to_sign": 1}


def test_of_a_campaign_of_imports_alone_nobody_is_told(campaign):
    Campaign.objects.update(only_imported=True)

    assert waits(campaign, "X", AFTER) == {}


@pytest.mark.parametrize("code", ["X1", "H"])
def test_it_takes_five_queries_whatever_stands_below(
    campaign, code, django_assert_max_num_queries
):
    sign(unit_of(campaign, "X1"))
    actor = clerk_of(unit_of(campaign, code))

    with django_assert_max_num_queries(5):
        list(submissions_due(actor, today=AFTER))


def test_the_server_owes_nothing(campaign):
    assert list(submissions_due(SYSTEM, today=AFTER)) == []
