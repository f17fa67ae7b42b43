"""A campaign on which somebody has worked is not replaced by a file."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from campaigns.models import Campaign, CampaignBody, Participant, PledgeDraft
from campaigns.services import criteria, programmes, tallies, worlds
from campaigns.services.meetings.planning import plan_meeting
from campaigns.services.progress import note_progress
from members import queries
from reviews.services.importing import Act, import_results
from tests.factories import AccountFactory
from tests.reviews.whole_imports import district, refusal
from tests.small_worlds import NOW, imported, order, unit_of

pytestmark = pytest.mark.django_db


def test_a_campaign_somebody_has_worked_on_is_not_replaced():
    imported(district())
    Campaign.objects.update(only_imported=False)

    assert refusal(lambda: import_results(district(X1="GOOD"), order())) == (
        "The campaign dot-2024 has been worked on since, so a file can no longer "
        "replace it."
    )


def rate_by_hand(campaign: Campaign) -> None:
    rated = Participant.objects.filter(campaign=campaign, level="GOOD")
    rated.update(level="EXCELLENT", is_imported=False)


def rate_unit_by_hand(campaign: Campaign) -> None:
    rated = CampaignBody.objects.filter(unit__campaign=campaign, level="GOOD")
    rated.update(level="EXCELLENT", is_imported=False)


def rate_inside(block: Callable[[Campaign], AbstractContextManager[None]]):
    def rate(campaign: Campaign) -> None:
        with block(campaign):
            rate_by_hand(campaign)
            Participant.objects.update(is_imported=True)

    return rate


def by_somebody() -> dict[str, object]:
    return {"actor": queries.actor_for(AccountFactory()), "now": NOW}


def call_meeting(campaign: Campaign) -> None:
    facts = {"kind": "REGULAR", "on": NOW.date()}
    unit = unit_of(campaign, "X1")
    plan_meeting(unit=unit, facts=facts, agenda=[], **by_somebody())


def begin_programme(campaign: Campaign) -> None:
    programmes.begin(unit=unit_of(campaign, "X1"), **by_somebody())


def add_criterion(campaign: Campaign) -> None:
    facts = dict.fromkeys(criteria.CriterionFacts.__annotations__, "x")
    criteria.add(unit=unit_of(campaign, "X1"), facts=facts, **by_somebody())


WORK = {
    "at a meeting": call_meeting,
    "on a programme": begin_programme,
    "on criteria": add_criterion,
    "in one unit": rate_inside(
        lambda campaign: tallies.changing([unit_of(campaign, "X1").pk])
    ),
    "in the tree": rate_inside(tallies.changing_tree),
    "on a person": rate_by_hand,
    "on a unit": rate_unit_by_hand,
}


@pytest.mark.parametrize("work", WORK.values(), ids=WORK)
def test_no_file_overwrites_what_was_decided_by_hand(work):
    work(imported(district()))

    assert "worked on since" in refusal(
        lambda: import_results(district(X1="GOOD"), order())
    )


def test_a_night_that_notes_how_far_the_units_are_is_no_work():
    imported(district())
    assert note_progress(now=NOW)

    outcome = import_results(district(X1="GOOD"), order())

    assert outcome.act == Act.REPLACED


def test_a_campaign_on_which_something_hangs_is_not_replaced_whoever_wrote_it():
    imported(district())
    person = Participant.objects.first()
    PledgeDraft.objects.bulk_create([PledgeDraft(participant=person, saved_at=NOW)])
    assert Campaign.objects.get().only_imported

    said = refusal(lambda: import_results(district(X1="GOOD"), order()))

    assert "worked on since" in said
    assert PledgeDraft.objects.exists()


def test_all_that_can_hang_on_a_world_is_found():
    found = {
        each.related_model.__name__
        for model, _at in worlds.WRITTEN
        for each in worlds.hanging_on(model)
    }

    assert {"PledgeDraft", "Meeting", "UnitFile", "ReviewOccasion", "PeakDay"} <= found
    assert not {"Tally", "Placement", "Participant"} & found
