"""A secret ballot on paper from its tellers to the locked counts, as its services have it."""

import pytest
from django.db import IntegrityError, transaction

from campaigns.models import Meeting, Participant
from members.models import Event
from members.policy import Role
from members.services.versions import ChangedMeanwhile
from reviews.ballots import Fault, Papers
from reviews.models import Ballot, BallotLine, ReviewOccasion, Teller
from reviews.services.balloting import CountsDoNotAdd
from reviews.services.tellers import BallotNotChangeable
from tests.factories import ParticipantFactory, PostFactory
from tests.reviews.ballot_worlds import GOOD, SIZE, Hall, correct, hall

__all__ = ["hall"]
pytestmark = pytest.mark.django_db
QUERIES_OF_LOCKING = 17


def test_counts_entered_by_one_teller_and_confirmed_by_another_give_the_levels(hall):
    counts = hall.lines({"excellent": 4, "good": 3}, {"excellent": 3, "good": 4})

    ballot = hall.lock("LEVELS", counts)

    assert (ballot.state, ballot.convoked, ballot.version) == ("LOCKED", SIZE, 3)
    assert hall.proposed() == ["EXCELLENT", *["GOOD"] * 6]
    events = Event.objects.filter(action__startswith="ballots.").order_by("pk")
    assert [each.action for each in events] == [
        "ballots.opened",
        "ballots.entered",
        "ballots.locked",
    ]


def test_nothing_is_proposed_before_the_counts_are_locked(hall):
    hall.enter(hall.open(), hall.lines())

    assert hall.proposed() == [""] * SIZE


def test_probationary_suspended_and_exempt_members_are_not_convoked(hall):
    hall.join(20, official_on="")
    hall.join(21, official_on="2024-12-06")
    hall.join(22, status=Participant.Status.SUSPENDED)
    hall.join(23, status=Participant.Status.EXEMPT)

    assert hall.open().convoked == SIZE


@pytest.mark.parametrize(("head", "others"), [(1, ()), (0, (1,)), (1, (0, 2))])
def test_tellers_are_two_at_least_and_never_the_secretary(head, others):
    hall = Hall()

    with pytest.raises(BallotNotChangeable):
        hall.name(head, others)

    assert not Teller.objects.exists()


def test_a_probationary_member_is_no_teller():
    hall = Hall()
    hall.people.append(hall.join(20, official_on=""))

    with pytest.raises(BallotNotChangeable):
        hall.name(1, (SIZE,))


def test_tellers_are_of_review_meetings_alone():
    hall = Hall()
    Meeting.objects.update(kind=Meeting.Kind.REGULAR)

    with pytest.raises(BallotNotChangeable):
        hall.name()


def test_tellers_stay_once_counts_are_entered(hall):
    hall.enter(hall.open(), hall.lines())

    with pytest.raises(BallotNotChangeable):
        hall.name(3, (4,))


def test_no_round_opens_without_tellers_or_beside_another(hall):
    hall.open()
    with pytest.raises(BallotNotChangeable):
        hall.open()
    with pytest.raises(BallotNotChangeable):
        Hall().open()


def test_only_tellers_of_the_meeting_count(hall):
    ballot = hall.open()
    other = Hall()
    other.seat_tellers()

    for actor in (hall.keeper, hall.account_of(hall.people[3]), other.first):
        with pytest.raises(BallotNotChangeable):
            hall.enter(ballot, hall.lines(), by=actor)
    entered = hall.enter(ballot, hall.lines())
    for actor in (hall.keeper, hall.first, other.first):
        with pytest.raises(BallotNotChangeable):
            hall.confirm(entered, by=actor)

    assert Ballot.objects.get().state == "ENTERED"


def test_a_teller_who_has_become_secretary_counts_no_more(hall):
    ballot = hall.open()
    PostFactory(
        unit=hall.cell.live_unit, role=Role.SECRETARY, member=hall.people[1].member
    )

    with pytest.raises(BallotNotChangeable):
        hall.enter(ballot, hall.lines())


def test_what_does_not_add_up_is_said_with_its_number_and_records_nothing(hall):
    ballot = hall.open()
    papers = Papers(convoked=7, present=7, issued=7, returned=7, valid=6, invalid=0)

    with pytest.raises(CountsDoNotAdd) as refused:
        hall.enter(ballot, hall.lines({"good": 4}), papers=papers)

    assert refused.value.faults == (Fault.RETURNED_IS_NO_SUM,)
    few, *many = (each.pk for each in hall.occasions)
    assert refused.value.missing == {few: 2, **dict.fromkeys(many, -1)}
    assert Ballot.objects.get().state == "COUNTING"


def test_negative_votes_that_sum_are_refused(hall):
    with pytest.raises(CountsDoNotAdd) as refused:
        hall.enter(hall.open(), hall.lines({"excellent": -1, "good": 8}))

    assert refused.value.faults == (Fault.NEGATIVE,)


def test_counts_are_of_the_persons_of_the_round_and_its_voters(hall):
    ballot = hall.open()
    lines = hall.lines()
    lines.popitem()

    with pytest.raises(BallotNotChangeable):
        hall.enter(ballot, lines)
    with pytest.raises(BallotNotChangeable):
        hall.enter(
            ballot,
            hall.lines(),
            papers=Papers(
                convoked=8, present=7, issued=7, returned=7, valid=7, invalid=0
            ),
        )


def test_of_two_tellers_at_once_the_second_is_told(hall):
    ballot = hall.open()
    hall.enter(ballot, hall.lines(), version=1)

    with pytest.raises(ChangedMeanwhile):
        hall.enter(ballot, hall.lines({"excellent": 7}), by=hall.second, version=1)

    assert not BallotLine.objects.filter(excellent__gt=0).exists()


def test_a_locked_round_takes_no_counts(hall):
    ballot = hall.lock("LEVELS", hall.lines())

    with pytest.raises(BallotNotChangeable):
        hall.enter(ballot, hall.lines({"excellent": 7}))


def test_nothing_is_confirmed_before_it_is_entered(hall):
    with pytest.raises(BallotNotChangeable):
        hall.confirm(hall.open())


def test_who_has_no_majority_is_voted_on_again_and_nobody_else(hall):
    hall.lock(
        "LEVELS", hall.lines({"excellent": 3, "good": 3, "unmarked": 1}, {"good": 7})
    )
    assert hall.proposed()[0] == ""

    again = hall.lock("AGAIN", {hall.occasions[0].pk: {"excellent": 5, "good": 2}})

    assert hall.proposed() == ["EXCELLENT", *["GOOD"] * 6]
    assert BallotLine.objects.filter(ballot=again).count() == 1
    with pytest.raises(BallotNotChangeable):
        hall.open("AGAIN")


def test_the_round_of_the_best_is_held_where_the_rule_set_has_it(hall):
    hall.lock("LEVELS", hall.lines({"excellent": 7}))
    with pytest.raises(BallotNotChangeable):
        hall.open("BEST")

    two = Hall(rounds=2)
    two.seat_tellers()
    two.lock("LEVELS", two.lines({"excellent": 7}, {"excellent": 7}))
    first, second = (each.pk for each in two.occasions[:2])
    two.lock(
        "BEST",
        {first: {"excellent": 4, "against": 3}, second: {"excellent": 3, "against": 4}},
    )

    assert two.proposed() == ["EXCELLENT", *["GOOD"] * 6]


def test_a_correction_is_a_new_edition_and_the_old_one_stays(hall):
    locked = hall.lock("LEVELS", hall.lines({"excellent": 7}))

    edition = correct(hall, locked)
    assert hall.proposed()[0] == "EXCELLENT"
    hall.confirm(hall.enter(edition, hall.lines({"excellent": 3, "good": 4})))

    assert hall.proposed()[0] == "GOOD"
    first = BallotLine.objects.filter(occasion=hall.occasions[0]).order_by("ballot")
    assert [line.excellent for line in first] == [7, 3]
    assert list(Ballot.objects.standing()) == [Ballot.objects.get(edition=2)]


def test_a_corrected_first_round_takes_nothing_from_the_later_ones(hall):
    split = {"excellent": 3, "good": 3, "unmarked": 1}
    locked = hall.lock("LEVELS", hall.lines(split))
    hall.lock("AGAIN", {hall.occasions[0].pk: {"excellent": 7}})

    hall.confirm(
        hall.enter(correct(hall, locked), hall.lines(split, {"satisfactory": 7}))
    )

    assert hall.proposed() == ["EXCELLENT", "SATISFACTORY", *["GOOD"] * 5]


def test_a_correction_names_its_paragraph_and_happens_once(hall):
    ballot = hall.open()
    with pytest.raises(BallotNotChangeable):
        correct(hall, ballot)
    locked = hall.confirm(hall.enter(ballot, hall.lines()))
    with pytest.raises(BallotNotChangeable):
        correct(hall, locked, paragraph=" ")
    correct(hall, locked)

    with pytest.raises(ChangedMeanwhile):
        correct(hall, locked)


def test_the_teller_sees_the_counts_until_they_are_locked(hall):
    ballot = hall.open()
    bystander = hall.account_of(hall.people[3])
    assert list(Ballot.objects.visible_to(hall.first)) == [ballot]
    assert list(Ballot.objects.countable_by(hall.second)) == [ballot]
    assert not Ballot.objects.visible_to(bystander).exists()

    hall.confirm(hall.enter(ballot, hall.lines()))

    assert not Ballot.objects.visible_to(hall.first).exists()
    assert list(Ballot.objects.visible_to(hall.keeper)) == [ballot]
    assert not Ballot.objects.countable_by(hall.keeper).exists()


@pytest.mark.parametrize(
    "columns",
    [
        {"valid": 6},
        {"issued": 8},
        {"present": 8},
        {"state": "COUNTING"},
        {"confirmed_by": None},
        {"edition": 2},
    ],
)
def test_the_database_keeps_ballots_that_add_up_and_are_locked_by_two(hall, columns):
    hall.lock("LEVELS", hall.lines())

    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.update(**columns)


def test_the_database_locks_nothing_by_one_account_and_takes_no_line_that_lacks(hall):
    ballot = hall.lock("LEVELS", hall.lines())

    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.update(confirmed_by=ballot.entered_by_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        BallotLine.objects.update(good=6)


@pytest.mark.parametrize("size", [SIZE, 85])
def test_all_members_are_locked_in_a_fixed_number_of_queries(
    hall, django_assert_num_queries, size
):
    body = hall.occasions[0].body
    for at in range(SIZE, size):
        ReviewOccasion.objects.create(
            participant=ParticipantFactory(campaign=hall.cell.campaign), body=body,
            meeting=hall.meeting, state="REVIEWED", position=at,
        )  # fmt: skip
    ballot = hall.open()
    lines = dict.fromkeys(
        BallotLine.objects.filter(ballot=ballot).values_list("occasion", flat=True),
        GOOD,
    )
    entered = hall.enter(ballot, lines)
    with django_assert_num_queries(QUERIES_OF_LOCKING):
        hall.confirm(entered)

    assert Participant.objects.filter(proposed_level="GOOD").count() == size
