"""What a ballot gave is what the cell proposes: no other level, and none where none is."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns.models import Participant
from members import queries as registry
from members.services import versions
from reviews.models import Proposal, UnitFile
from reviews.services import proposing
from reviews.services.balloting import CountsDoNotAdd
from reviews.services.proposing import ProposalRefused, Proposed
from reviews.services.tellers import BallotNotChangeable
from tests.clients import client_of
from tests.factories import PlacementFactory, PostFactory
from tests.reviews.ballot_worlds import NOW, Hall, correct
from tests.small_worlds import one_behind_the_other

pytestmark = pytest.mark.django_db
ON = date(2024, 12, 5)
SPLIT = {"excellent": 3, "good": 3, "unmarked": 1}


@pytest.fixture
def voted():
    """The first of seven has no majority, the others are good; one more joined later."""
    return hall_that_voted()


def hall_that_voted():
    hall = Hall()
    hall.seat_tellers()
    hall.lock("LEVELS", hall.lines(SPLIT))
    Participant.objects.update(review_state="REVIEWED")
    hall.late = PlacementFactory(
        unit=hall.cell,
        participant__sort_key="99",
        participant__review_state="CONFIRMED",
    ).participant
    hall.proposer = registry.actor_for(
        PostFactory(unit=hall.cell.live_unit, role="SECRETARY").account
    )
    return hall


def levels(hall, **others):
    """As the ballot gave them; who was not voted on is typed by hand."""
    wanted = ["", *["GOOD"] * 6]
    people = {each.pk: level for each, level in zip(hall.people, wanted, strict=True)}
    people |= {hall.late.pk: "SATISFACTORY"}
    return people | {hall.people[int(at[1:])].pk: to for at, to in others.items()}


def record(hall, levels, version=0):
    return proposing.record(
        unit=hall.cell, minutes="BB 03", minutes_on=ON, version=version,
        proposed=[Proposed(pk, level) for pk, level in levels.items()],
        actor=hall.proposer, now=NOW,
    )  # fmt: skip


def test_what_the_ballot_gave_is_proposed_and_others_are_typed(voted):
    record(voted, levels(voted))

    assert Proposal.objects.filter(level="GOOD").count() == 6
    late = Proposal.objects.get(participant=voted.late)
    assert late.level == "SATISFACTORY"


@pytest.mark.parametrize(
    ("who", "level"), [("p1", "EXCELLENT"), ("p1", ""), ("p0", "GOOD")]
)
def test_another_level_than_the_ballots_is_refused_beside_the_person(voted, who, level):
    with pytest.raises(ProposalRefused) as refused:
        record(voted, levels(voted, **{who: level}))

    assert refused.value.column == f"level_{voted.people[int(who[1:])].pk}"
    assert not UnitFile.objects.exists()


def test_who_is_not_to_be_rated_any_more_is_passed_over(voted):
    Participant.objects.filter(pk=voted.people[1].pk).update(status="EXEMPT")
    rest = levels(voted)
    del rest[voted.people[1].pk]

    record(voted, rest)

    assert Proposal.objects.filter(level="GOOD").count() == 5


def test_nothing_is_sent_that_a_later_round_has_changed_or_that_is_being_counted(
    voted,
):
    file = record(voted, levels(voted))
    again = voted.open("AGAIN")

    def send():
        proposing.send(file=file, version=file.version, actor=voted.proposer, now=NOW)

    with pytest.raises(ProposalRefused):
        send()
    pk = voted.occasions[0].pk
    voted.confirm(voted.enter(again, {pk: {"excellent": 7}}))
    with pytest.raises(ProposalRefused) as refused:
        send()
    assert refused.value.column is None
    file = record(voted, levels(voted, p0="EXCELLENT"), file.version)
    send()
    assert UnitFile.objects.get().state == "SENT"


def test_the_form_offers_what_the_ballot_gave_and_nothing_else(voted):
    arguments = [voted.cell.campaign_id, voted.cell.live_unit_id]
    url = reverse("reviews:proposal_list", args=arguments)
    client = client_of(voted.proposer)
    form = client.get(url).context["form"]
    first, second = (form.fields[f"level_{each.pk}"] for each in voted.people[:2])
    assert [code for code, _label in first.choices] == [""]
    assert [code for code, _label in second.choices] == ["GOOD"]
    assert len(form.fields[f"level_{voted.late.pk}"].choices) > 2

    typed = {"minutes": "BB 03", "minutes_on": "05/12/2024", "version": 0}
    typed |= {f"level_{pk}": level for pk, level in levels(voted).items()}
    name = f"level_{voted.people[1].pk}"
    answer = client.post(url, typed | {name: "EXCELLENT"})
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {name})
    assert client.post(url, typed).status_code == 302


def outcome(act):
    """What an act did, or why it did not."""

    def run():
        try:
            act()
        except (BallotNotChangeable, CountsDoNotAdd, ProposalRefused):
            return "refused"
        except versions.ChangedMeanwhile:
            return "changed meanwhile"
        return "done"

    return run


@pytest.mark.django_db(transaction=True)
def test_of_two_tellers_in_two_tabs_one_has_an_effect_and_one_is_told():
    hall = Hall()
    hall.seat_tellers()
    ballot = hall.open()
    other = hall.lines({"excellent": 7})

    both = one_behind_the_other(
        outcome(lambda: hall.enter(ballot, hall.lines(), version=1)),
        outcome(lambda: hall.enter(ballot, other, by=hall.second, version=1)),
    )

    assert both == ["done", "changed meanwhile"]
    ballot.refresh_from_db()
    assert (ballot.state, ballot.entered_by_id) == ("ENTERED", hall.first.account_id)


@pytest.mark.django_db(transaction=True)
def test_a_round_is_locked_once_and_never_beside_a_file_that_is_sent():
    hall = hall_that_voted()
    entered = hall.enter(hall.open("AGAIN"), {hall.occasions[0].pk: {"excellent": 7}})
    confirm = outcome(lambda: hall.confirm(entered))

    assert one_behind_the_other(confirm, confirm) == ["done", "changed meanwhile"]
    file = record(hall, levels(hall, p0="EXCELLENT"))

    entered.refresh_from_db()
    send = outcome(
        lambda: proposing.send(
            file=file, version=file.version, actor=hall.proposer, now=NOW
        )
    )
    both = one_behind_the_other(send, outcome(lambda: correct(hall, entered)))
    assert both == ["done", "refused"]
