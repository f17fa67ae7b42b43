"""Texts and levels by DECIDED: of whom a committee decides on, from when, for how long.

Pages are asked under the second lock. Source: docs/policy.md § 1.
"""

import pytest
from django.urls import reverse

from campaigns.models import Participant, Placement, Pledge
from members import queries as registry
from members.models import Account, Event
from members.policy import Area, Role
from reviews.models import Remark, ReviewSuggestion, SelfReview, UnitFile
from reviews.services import deciding, proposing
from tests.clients import client_of
from tests.factories import (
    AccountFactory,
    CampaignUnitFactory,
    GrassrootsFactory,
    PledgeFactory,
    PledgeItemFactory,
    PledgeTextFactory,
    PostFactory,
    RemarkFactory,
    ReviewOccasionFactory,
    ReviewSuggestionFactory,
    SelfReviewFactory,
    SelfReviewTextFactory,
)
from tests.reviews.level_worlds import (
    NOW,
    PAPERS,
    cell,
    committee,
    holder,
    recorded,
    secretary,
    sent,
    someone,
)

__all__ = ["cell", "committee", "secretary"]
QUERIES_OF_A_FILE = 11
pytestmark = pytest.mark.django_db


@pytest.fixture
def person(cell):
    """Somebody with a pledge, a self-review, and a remark that is published."""
    found = someone(cell, pledge_state="CONFIRMED")
    PledgeItemFactory(sent=PledgeTextFactory(pledge=PledgeFactory(participant=found)))
    form = "self-review-02a-2023.1"
    SelfReviewTextFactory(
        self_review=SelfReviewFactory(participant=found, form=form), form=form
    )
    RemarkFactory(
        occasion=ReviewOccasionFactory(participant=found, meeting__unit=cell),
        text="Còn nể nang",
    )
    return found


@pytest.fixture
def verifier(cell):
    """Of the organisation department at the unit that decides."""
    return department(cell.parent)


def department(unit):
    post = PostFactory(unit=unit.live_unit, role=Role.ORGANISATION_DEPARTMENT)
    return registry.actor_for(post.account)


def pages(person):
    return [
        reverse(name, args=[person.pk])
        for name in ("reviews:self_review_detail", "pledges:pledge_detail")
    ]


def answers(actor, person):
    client = client_of(actor)
    return [client.get(page).status_code for page in pages(person)]


def beside(cell):
    """Another grassroots unit of the campaign."""
    root = cell.parent.parent
    live = GrassrootsFactory(parent=root.live_unit)
    return CampaignUnitFactory(campaign=cell.campaign, parent=root, live_unit=live)


READ, UNKNOWN = [200, 200], [404, 404]


def received(file, actor):
    proposing.receive(file=file, version=file.version, actor=actor, now=NOW)
    return UnitFile.objects.get(pk=file.pk)


def test_a_committee_reads_from_when_the_file_is_sent(
    cell, secretary, committee, verifier, person
):
    other = someone(cell)
    file = recorded(cell, secretary, (person, "GOOD"))
    assert answers(committee, person) == answers(verifier, person) == UNKNOWN

    proposing.send(file=file, version=file.version, actor=secretary, now=NOW)

    assert answers(committee, person) == answers(verifier, person) == READ
    assert answers(committee, other) == UNKNOWN
    shown = client_of(committee).get(pages(person)[0])
    assert "Còn nể nang" in shown.content.decode()


def test_a_file_that_goes_back_takes_the_texts_along(
    cell, secretary, committee, verifier, person
):
    file = sent(cell, secretary, (person, "GOOD"))

    proposing.give_back(
        file=file, version=file.version, reason="Thiếu", actor=committee, now=NOW
    )

    assert answers(committee, person) == answers(verifier, person) == UNKNOWN


def test_what_was_decided_is_read_for_good(
    cell, secretary, committee, verifier, person
):
    file = received(sent(cell, secretary, (person, "GOOD")), committee)
    deciding.decide(
        unit=cell.parent, papers=deciding.Papers(**PAPERS), exceptions={},
        files={file.pk: file.version}, actor=committee, now=NOW,
    )  # fmt: skip
    assert UnitFile.objects.get(pk=file.pk).state == "DECIDED"

    # Since then the person is somewhere else, or has left.
    elsewhere = beside(cell)
    Placement.objects.filter(participant=person).update(unit=elsewhere)
    assert answers(committee, person) == answers(verifier, person) == READ
    Placement.objects.filter(participant=person).update(until_on="2024-12-20")
    Participant.objects.filter(pk=person.pk).update(presence="LEFT")
    assert answers(committee, person) == answers(verifier, person) == READ

    # Another committee looked at the level again: both decided.
    Participant.objects.filter(pk=person.pk).update(decided_by=elsewhere)
    assert answers(committee, person) == READ
    assert answers(department(elsewhere), person) == READ


def test_another_committee_reads_nothing(cell, secretary, person):
    sent(cell, secretary, (person, "GOOD"))
    other = beside(cell)

    for reader in (
        holder(other),
        department(other),
        department(cell.parent.parent),  # above the unit that decides
        holder(cell.parent.parent),
    ):
        assert answers(reader, person) == UNKNOWN
        assert not SelfReview.objects.visible_to(reader)
        assert not Pledge.objects.visible_to(reader)
        assert not Remark.objects.visible_to(reader)
        assert not Participant.objects.visible_to(reader, Area.LEVELS)


def test_an_upper_committee_that_decides_sees_the_level_and_no_text(cell, person):
    root = cell.parent.parent
    Participant.objects.filter(pk=person.pk).update(
        status="ASSESSED", level="GOOD", decided_by=root
    )
    above = holder(root)

    seen = Participant.objects.visible_to(above, Area.LEVELS)

    assert [each.level for each in seen] == ["GOOD"]
    assert answers(above, person) == UNKNOWN


def test_each_opening_is_told_to_the_person_with_the_post(
    cell, secretary, verifier, person
):
    sent(cell, secretary, (person, "GOOD"))
    answers(verifier, person)

    openings = Event.objects.filter(action__endswith=".opened", member=person.member)
    assert {each.action for each in openings} == {
        "self_reviews.opened",
        "pledges.opened",
    }
    assert {each.post.role for each in openings} == {Role.ORGANISATION_DEPARTMENT}
    author = client_of(registry.actor_for(AccountFactory(member=person.member)))
    for page in pages(person):
        (opening,) = author.get(page).context["openings"]
        assert opening.post


def test_an_opening_after_a_transfer_names_the_post_that_decided(
    cell, verifier, person
):
    Participant.objects.filter(pk=person.pk).update(
        status="ASSESSED", level="GOOD", decided_by=cell.parent
    )
    elsewhere = beside(cell)
    Placement.objects.filter(participant=person).update(unit=elsewhere)

    assert answers(verifier, person) == READ

    opening = Event.objects.get(action="pledges.opened")
    assert (opening.post.role, opening.unit) == (
        Role.ORGANISATION_DEPARTMENT,
        cell.parent.live_unit,
    )


def test_a_reader_by_decision_is_offered_nothing_that_the_cell_does(
    cell, secretary, committee, person
):
    sent(cell, secretary, (person, "GOOD"))
    Participant.objects.filter(pk=person.pk).update(review_state="SENT")
    # Keeps the documents of another cell.
    other = CampaignUnitFactory(campaign=cell.campaign, parent=cell.parent)
    account = Account.objects.get(pk=committee.account_id)
    PostFactory(account=account, unit=other.live_unit, role=Role.SECRETARY)

    shown = client_of(committee).get(pages(person)[0])

    assert not shown.context["may_keep"]
    assert not shown.context["may_answer"]
    assert shown.context["following"] is None


def test_who_verifies_finds_the_file_and_does_nothing_with_it(
    cell, secretary, verifier, person
):
    file = sent(cell, secretary, (person, "GOOD"))
    client = client_of(verifier)

    listed = client.get(reverse("self_review_own"))
    shown = client.get(reverse("reviews:file_detail", args=[file.pk]))

    assert [each.pk for each in listed.context["verified"]] == [file.pk]
    for page in pages(person):
        assert page in shown.content.decode()
    assert not shown.context["may_receive"]
    assert not shown.context["may_return"]
    for act in ("file_receive", "file_return"):
        page = reverse(f"reviews:{act}", args=[file.pk])
        assert client.get(page).status_code == 404


@pytest.mark.parametrize("people", [1, 4])
def test_the_page_of_a_file_takes_the_same_queries_for_any_number(
    cell, secretary, committee, django_assert_num_queries, people
):
    lines = [(someone(cell), "GOOD") for _ in range(people)]
    file = sent(cell, secretary, *lines)
    client, page = client_of(committee), reverse("reviews:file_detail", args=[file.pk])
    client.get(page)

    with django_assert_num_queries(QUERIES_OF_A_FILE):
        client.get(page)


def test_who_decided_says_nothing_on_suggestions_to_whom_is_elsewhere(
    cell, committee, person
):
    suggestion = ReviewSuggestionFactory(participant=person, issuer=cell.parent)
    Participant.objects.filter(pk=person.pk).update(
        status="ASSESSED", level="GOOD", decided_by=cell.parent
    )
    judge = reverse("reviews:suggestion_judge", args=[suggestion.pk])
    assert client_of(committee).get(judge).status_code == 200

    Placement.objects.filter(participant=person).update(unit=beside(cell))

    assert ReviewSuggestion.objects.visible_to(committee).exists()
    assert client_of(committee).get(judge).status_code == 404
