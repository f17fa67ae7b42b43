"""An act and the closing of its campaign that meet have one order."""

import pytest

from campaigns.models import Campaign, Pledge
from campaigns.services import closing
from campaigns.services.pledges import answering
from campaigns.services.written.states import NotRunning
from tests.campaigns.pledge_worlds import (
    NOW,
    TODAY,
    cell_of_writers,
    secretary_of,
    someone,
)
from tests.small_worlds import BY_COMMAND, one_behind_the_other

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def acts():
    """Recording a paper, and closing."""
    cell = cell_of_writers()
    Campaign.objects.update(
        mode="RESULTS_ONLY", state="ROLL_FIXED", roll_fixed_at=NOW, only_imported=False
    )
    person, secretary = someone(cell), secretary_of(cell)

    def record():
        try:
            answering.record_paper(
                author=person, received_on=TODAY, confirmed_on=TODAY,
                actor=secretary, now=NOW,
            )  # fmt: skip
        except NotRunning as refusal:
            return refusal
        return None

    def close():
        closing.close_campaign(campaign=cell.campaign, **BY_COMMAND)

    return record, close


def test_who_holds_a_unit_comes_before_the_closing(acts):
    record, close = acts

    refused, _closed = one_behind_the_other(record, close)

    assert refused is None
    assert Pledge.objects.get().confirmed_on == TODAY
    assert Campaign.objects.get().state == "CLOSED"


def test_who_waits_for_a_unit_finds_the_campaign_closed(acts):
    record, close = acts

    _closed, refused = one_behind_the_other(close, record)

    assert isinstance(refused, NotRunning)
    assert not Pledge.objects.exists()
