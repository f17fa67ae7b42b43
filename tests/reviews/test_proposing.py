"""A cell's proposals from the minutes to the committee; and all that is refused."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from campaigns import rulesets
from campaigns.models import Participant, Tally
from members.models import Event
from members.row_security import asked_by
from members.services.versions import ChangedMeanwhile
from reviews.models import Proposal, UnitFile
from reviews.queries import files as queries
from reviews.queries.rating import decider_of
from reviews.services import proposing
from reviews.services.proposing import ProposalRefused
from tests.factories import CampaignUnitFactory, PlacementFactory, UnitFileFactory
from tests.restricted import restricted
from tests.reviews.level_worlds import (
    NOW,
    TODAY,
    cell,
    committee,
    holder,
    recorded,
    secretary,
    sent,
    someone,
)

__all__ = ["cell", "committee", "secretary"]
pytestmark = pytest.mark.django_db
State = UnitFile.State


def test_a_cell_proposes_and_sends_up_under_the_second_lock(cell, secretary, committee):
    person, other = someone(cell), someone(cell)
    with restricted(), asked_by(secretary.account_id):
        file = sent(cell, secretary, (person, "EXCELLENT"), (other, ""))

    assert list(
        Proposal.objects.values_list("file", "participant", "level", "reason")
    ) == [(file.pk, person.pk, "EXCELLENT", "")]
    assert (file.state, file.sent_by_id) == (State.SENT, secretary.account_id)
    assert file.goes_to == cell.parent
    person.refresh_from_db()
    assert (person.proposed_level, person.level) == ("EXCELLENT", "")
    assert list(Event.objects.order_by("pk").values_list("action", flat=True)) == [
        "proposals.recorded", "proposals.sent",
    ]  # fmt: skip

    with restricted(), asked_by(committee.account_id):
        proposing.receive(file=file, version=file.version, actor=committee, now=NOW)
    file.refresh_from_db()
    assert (file.state, file.answered_by_id) == (State.RECEIVED, committee.account_id)


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"status": "EXEMPT"}, "Exempt"),
        ({"status": "SUSPENDED"}, "Suspended"),
        ({"status": "UNDER_SIX_MONTHS"}, "six months"),
        ({"review_state": "SENT"}, "not confirmed"),
        (
            {"status": "ASSESSED", "level": "GOOD", "is_imported": True},
            "Decided already",
        ),
    ],
)
def test_who_is_not_to_be_rated_is_refused_with_the_reason(
    cell, secretary, columns, why, settings
):
    settings.LANGUAGE_CODE = "en"
    person = someone(cell, **columns)

    with pytest.raises(ProposalRefused, match=why) as refusal:
        recorded(cell, secretary, (person, "GOOD"))
    assert refusal.value.column == f"level_{person.pk}"
    assert not UnitFile.objects.exists()


def test_a_campaign_of_results_only_asks_for_no_self_review(cell, secretary):
    cell.campaign.mode = "RESULTS_ONLY"
    cell.campaign.save()
    person = someone(cell, review_state="NONE")

    assert recorded(cell, secretary, (person, "GOOD")).state == State.DRAFT


def test_the_lowest_level_and_its_reason_go_together(cell, secretary):
    person = someone(cell)

    for line in ((person, "NOT_COMPLETED"), (person, "GOOD", "DISCIPLINED")):
        with pytest.raises(ProposalRefused) as refusal:
            recorded(cell, secretary, line)
        assert refusal.value.column == f"reason_{person.pk}"
    file = recorded(cell, secretary, (person, "NOT_COMPLETED", "DISCIPLINED"))
    assert Proposal.objects.get(file=file).reason == "DISCIPLINED"


@pytest.mark.parametrize("level", ["CLEAN_STRONG", "NONSENSE"])
def test_a_level_that_the_campaign_lacks_is_refused(cell, secretary, level):
    with pytest.raises(ProposalRefused):
        recorded(cell, secretary, (someone(cell), level))


def test_somebody_of_another_cell_and_a_day_to_come_are_refused(cell, secretary):
    other = someone(CampaignUnitFactory(campaign=cell.campaign, parent=cell.parent))

    with pytest.raises(ProposalRefused):
        recorded(cell, secretary, (other, "GOOD"))
    with pytest.raises(ProposalRefused) as refusal:
        recorded(cell, secretary, (someone(cell), "GOOD"), on=TODAY + timedelta(2))
    assert refusal.value.column == "minutes_on"


def test_a_file_without_a_proposal_is_not_sent(cell, secretary):
    file = recorded(cell, secretary, (someone(cell), ""))

    with pytest.raises(ProposalRefused):
        proposing.send(file=file, version=file.version, actor=secretary, now=NOW)


def test_who_ceased_to_be_rated_meanwhile_keeps_the_file_from_being_sent(
    cell, secretary
):
    person = someone(cell)
    file = recorded(cell, secretary, (person, "GOOD"))
    Participant.objects.filter(pk=person.pk).update(status="EXEMPT")

    with pytest.raises(ProposalRefused):
        proposing.send(file=file, version=file.version, actor=secretary, now=NOW)


def test_what_was_sent_cannot_be_changed_by_the_cell(cell, secretary):
    person = someone(cell)
    file = sent(cell, secretary, (person, "GOOD"))

    with pytest.raises(ProposalRefused):
        recorded(cell, secretary, (person, "EXCELLENT"), version=file.version)
    with pytest.raises(ProposalRefused):
        proposing.send(file=file, version=file.version, actor=secretary, now=NOW)
    assert Proposal.objects.get().level == "GOOD"


def test_what_is_returned_comes_up_again_as_a_new_version(cell, secretary, committee):
    person = someone(cell)
    first = sent(cell, secretary, (person, "EXCELLENT"))
    proposing.give_back(
        file=first, version=first.version, reason="Thiếu biên bản kiểm phiếu",
        actor=committee, now=NOW,
    )  # fmt: skip
    second = sent(cell, secretary, (person, "GOOD"))

    first.refresh_from_db()
    assert (first.state, first.reason) == (State.RETURNED, "Thiếu biên bản kiểm phiếu")
    assert (second.number, second.state) == (2, State.SENT)
    levels = Proposal.objects.order_by("file__number").values_list("level", flat=True)
    assert list(levels) == ["EXCELLENT", "GOOD"]


def test_of_two_who_record_the_second_is_told(cell, secretary):
    person = someone(cell)
    file = recorded(cell, secretary, (person, "GOOD"))

    with pytest.raises(ChangedMeanwhile):
        recorded(cell, secretary, (person, "EXCELLENT"), version=file.version - 1)
    with pytest.raises(ChangedMeanwhile):
        proposing.send(
            file=file, version=file.version - 1, actor=secretary, now=NOW
        )  # fmt: skip


def test_a_closed_campaign_takes_no_proposal(cell, secretary):
    person = someone(cell)
    cell.campaign.state = "CLOSED"

    with pytest.raises(ProposalRefused):
        recorded(cell, secretary, (person, "GOOD"))


def test_a_proposal_changes_no_count(cell, secretary):
    person = someone(cell)
    sent(cell, secretary, (person, "GOOD"))

    assert not Tally.objects.filter(good__gt=0).exists()


def test_the_database_refuses_a_return_without_a_reason(cell):
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitFileFactory(unit=cell, state="RETURNED", answered_at=NOW)
    UnitFileFactory(unit=cell)
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitFileFactory(unit=cell, number=2)


@pytest.mark.parametrize(
    ("decider", "expected"), [("CELL", 0), ("GRASSROOTS", 1), ("SUPERIOR", 1)]
)
def test_the_rule_set_says_which_unit_decides(cell, decider, expected):
    resolved = cell.campaign.rule_set_resolved
    for authority in resolved["procedure"]["authorities"]:
        if (authority["subject"], authority["step"]) == ("members", "DECIDES"):
            authority["unit"] = decider
    cell.campaign.save()

    assert decider_of(cell) == (cell, cell.parent)[expected]


def test_files_and_proposals_are_seen_by_those_who_see_levels(
    cell, secretary, committee
):
    person = someone(cell)
    neighbour = holder(CampaignUnitFactory(campaign=cell.campaign, parent=cell.parent))
    above = holder(cell.parent.parent)
    sent(cell, secretary, (person, "GOOD"))

    seen = [
        (
            UnitFile.objects.visible_to(actor).count(),
            Proposal.objects.visible_to(actor).count(),
        )
        for actor in (secretary, committee, neighbour, above)
    ]
    assert seen == [(1, 1), (1, 1), (0, 0), (0, 0)]


def test_the_sentences_on_the_greatest_number_name_both_bases(settings):
    """A cell of 22 of whom 4 are proposed as excellent (docs/rules/ceilings.md § 2.3)."""
    settings.LANGUAGE_CODE = "en"
    rules = rulesets.load("qd366-2025")
    levels = ["EXCELLENT"] * 4 + ["GOOD"] * 18

    first, second = queries.ceiling_sentences(rules, levels)
    assert ": 4. At most 3, at 20% of 18" in first
    assert ": 4. At most 4, at 20% of 22" in second


def test_who_left_meanwhile_without_a_level_is_passed_over(cell, secretary):
    person, gone = someone(cell), PlacementFactory().participant

    recorded(cell, secretary, (person, "GOOD"), (gone, ""))

    assert [each.participant for each in Proposal.objects.all()] == [person]
