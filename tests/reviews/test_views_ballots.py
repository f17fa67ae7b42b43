"""The pages of a ballot: tellers named, a round opened, counted, confirmed, corrected."""

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.models import Campaign, Meeting
from members import queries as registry
from members.models import PartyUnit
from members.policy import Role
from members.queries.due import due_items
from reviews.models import Ballot, BallotDraft, BallotLine, Teller
from reviews.views import counting
from tests.clients import client_of
from tests.factories import PostFactory, UnitFileFactory
from tests.reviews.ballot_worlds import NOW, SIZE, Hall

pytestmark = pytest.mark.django_db
PAPERS = {"present": 7, "issued": 7, "returned": 7, "valid": 7, "invalid": 0}
TODAY = NOW.date()


@pytest.fixture
def hall():
    hall = Hall()
    hall.seat_tellers()
    return hall


def page(hall, name="ballot_list"):
    unit = hall.cell
    arguments = [unit.campaign_id, unit.live_unit_id, hall.meeting.pk]
    return reverse(f"reviews:{name}", args=arguments)


def of(ballot, name="ballot_detail"):
    return reverse(f"reviews:{name}", args=[ballot.pk])


def typed(hall, ballot, first=None, **papers):
    """All good, but the first person's as given."""
    lines = {f"good_{each.pk}": 7 for each in hall.occasions}
    pk = hall.occasions[0].pk
    if first:
        del lines[f"good_{pk}"]
        lines |= {f"{name}_{pk}": count for name, count in first.items()}
    return {"version": ballot.version, **PAPERS, **papers, **lines}


def test_tellers_are_named_and_a_round_opened_by_who_keeps_the_meeting(hall):
    Teller.objects.all().delete()
    hall.meeting.refresh_from_db()
    keeper, first = client_of(hall.keeper), client_of(hall.first)
    assert keeper.get(page(hall)).context["may_name"]
    assert first.get(page(hall)).status_code == 404
    head, other = hall.people[1].pk, hall.people[2].pk
    names = {"version": hall.meeting.version, "head": head, "others": [head, other]}

    assert keeper.post(page(hall, "teller_edit"), names).status_code == 302

    assert first.get(page(hall)).status_code == 200
    hall.meeting.refresh_from_db()
    begin = {"version": hall.meeting.version, "kind": "LEVELS"}
    assert keeper.post(page(hall, "ballot_open"), begin).status_code == 302
    ballot = Ballot.objects.get()
    assert keeper.get(of(ballot, "ballot_enter")).status_code == 404
    assert keeper.get(of(ballot)).status_code == 200


def test_no_round_is_opened_and_no_teller_named_once_the_minutes_are_signed(hall):
    Meeting.objects.update(state="SIGNED")

    for name in ("teller_edit", "ballot_open"):
        assert client_of(hall.keeper).get(page(hall, name)).status_code == 404
    assert not client_of(hall.keeper).get(page(hall)).context["may_name"]


def test_a_round_goes_from_its_counts_to_the_levels_by_its_pages(hall):
    keeper, first, second = map(client_of, (hall.keeper, hall.first, hall.second))
    ballot = hall.open()
    form = first.get(of(ballot, "ballot_enter")).context["form"]
    names = [each.full_name for each in hall.people]
    assert [name for name, _boxes in form.rows] == names
    assert form["present"].value() == SIZE
    counts = typed(hall, ballot, {"excellent": 3, "good": 3, "unmarked": 1})
    assert first.post(of(ballot, "ballot_enter"), counts).status_code == 302
    ballot.refresh_from_db()
    confirm = of(ballot, "ballot_confirm"), {"version": ballot.version}
    assert first.post(*confirm).status_code == 422
    shown = second.get(of(ballot)).context
    assert (shown["may_confirm"], shown["lines"][0].follows) == (True, "")

    assert second.post(*confirm).status_code == 302

    assert hall.proposed() == ["", *["GOOD"] * 6]
    locked = keeper.get(of(ballot)).context
    assert locked["open_names"] == names[:1]
    assert locked["lines"][0].why[0].startswith("3/7")
    again = keeper.get(page(hall)).context["next_rounds"]
    assert [(each.kind, each.names) for each in again] == [("AGAIN", names[:1])]


def test_what_does_not_add_up_is_said_beside_the_box(hall):
    ballot, first = hall.open(), client_of(hall.first)
    counts = typed(hall, ballot, {"excellent": 4}, issued=8, invalid=1)

    answer = first.post(of(ballot, "ballot_enter"), counts)

    assert answer.status_code == 422
    pk = hall.occasions[0].pk
    assert set(answer.context["form"].errors) == {
        "issued",
        "invalid",
        f"excellent_{pk}",
    }
    assert "3" in answer.context["form"].errors[f"excellent_{pk}"][0]
    assert Ballot.objects.get().state == "COUNTING"


def test_without_a_quorum_nobody_votes(hall):
    ballot, first = hall.open(), client_of(hall.first)
    papers = {"present": 4, "issued": 4, "returned": 4, "valid": 4}
    counts = typed(hall, ballot, **papers)
    counts |= {name: 4 for name in counts if name.startswith("good_")}

    answer = first.post(of(ballot, "ballot_enter"), counts)

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"present"}


def test_half_typed_counts_are_kept_for_the_teller_alone(hall):
    ballot, first = hall.open(), client_of(hall.first)
    pk = hall.occasions[0].pk
    sent = {"version": ballot.version, "draft_version": 0, f"good_{pk}": "5"}

    answer = first.post(of(ballot, "ballot_save"), sent)

    assert (answer.status_code, answer.headers["Draft-Version"]) == (204, "1")
    assert BallotDraft.objects.get().content == {f"good_{pk}": "5"}
    form = first.get(of(ballot, "ballot_enter")).context["form"]
    assert form[f"good_{pk}"].value() == "5"
    other = client_of(hall.second).get(of(ballot, "ballot_enter")).context
    assert (other["draft"], other["form"][f"good_{pk}"].value()) == (None, None)
    stale = first.post(of(ballot, "ballot_save"), {**sent, f"good_{pk}": "6"})
    assert stale.status_code == 409
    assert (
        client_of(hall.keeper).post(of(ballot, "ballot_save"), sent).status_code == 404
    )

    first.post(of(ballot, "ballot_enter"), typed(hall, ballot))
    assert not BallotDraft.objects.exists()


def test_a_draft_is_given_up_by_its_button(hall):
    ballot, first = hall.open(), client_of(hall.first)
    sent = {"version": ballot.version, "draft_version": 0, "present": "5"}
    first.post(of(ballot, "ballot_save"), sent)

    first.post(of(ballot, "ballot_draft_remove"))

    assert not BallotDraft.objects.exists()


def test_after_the_lock_a_teller_is_told_so_and_sees_no_count(hall):
    ballot = hall.lock("LEVELS", hall.lines({"excellent": 7}))
    first = client_of(hall.first)

    told = first.get(of(ballot))

    assert told.status_code == 200
    assert "lines" not in told.context
    for name in ("ballot_enter", "ballot_confirm"):
        assert first.get(of(ballot, name)).headers["Location"] == of(ballot)
    answer = first.post(of(ballot, "ballot_enter"), typed(hall, ballot))
    assert answer.headers["Location"] == of(ballot)
    assert first.post(of(ballot, "ballot_save"), {}).status_code == 409
    removed = first.post(of(ballot, "ballot_draft_remove"))
    assert removed.headers["Location"] == of(ballot)
    seen = first.get(page(hall)).context
    assert (seen["results"], seen["totals"], seen["sentences"]) == ([], [], [])
    bystander = client_of(hall.account_of(hall.people[3]))
    for address in (of(ballot), of(ballot, "ballot_enter"), page(hall)):
        assert bystander.get(address).status_code == 404


def test_of_two_tellers_at_once_the_second_sees_both(hall):
    ballot = hall.open()
    hall.enter(ballot, hall.lines(), version=1)
    counts = typed(hall, Ballot(version=1), {"excellent": 7})

    answer = client_of(hall.second).post(of(ballot, "ballot_enter"), counts)

    assert answer.status_code == 409
    assert len(answer.context["both"]) == 2
    assert not BallotLine.objects.filter(excellent__gt=0).exists()


def test_who_types_while_another_confirms_is_told_that_it_is_locked(hall, monkeypatch):
    ballot = hall.lock("LEVELS", hall.lines())
    monkeypatch.setattr(counting, "countable", lambda *_: ballot)
    counts = typed(hall, Ballot(version=1))
    answer = client_of(hall.second).post(of(ballot, "ballot_enter"), counts)

    assert answer.headers["Location"] == of(ballot)


def test_a_correction_asks_for_its_paragraph_and_is_counted_anew(hall):
    ballot = hall.lock("LEVELS", hall.lines({"excellent": 7}))
    keeper, url = client_of(hall.keeper), of(ballot, "ballot_correct")
    form = {"version": ballot.version, "paragraph": ""}

    assert keeper.get(url).status_code == 200
    assert keeper.post(url, form).status_code == 422
    assert keeper.post(url, form | {"paragraph": "Mục 5"}).status_code == 302

    assert keeper.get(url).status_code == 404
    assert client_of(hall.first).get(url).status_code == 404
    edition = Ballot.objects.get(edition=2)
    assert client_of(hall.first).get(of(edition, "ballot_enter")).status_code == 200
    assert keeper.get(of(ballot)).context["lines"][0].counts[0] == 7


def test_sentences_on_the_greatest_number_come_after_the_lock_alone(hall):
    keeper = client_of(hall.keeper)
    entered = hall.enter(hall.open(), hall.lines({"excellent": 7}))
    assert keeper.get(page(hall)).context["sentences"] == []

    hall.confirm(entered)

    context = keeper.get(page(hall)).context
    assert len(context["sentences"]) > 0
    assert [each.name for each in context["results"]] == [
        each.full_name for each in hall.people
    ]


def test_people_stand_in_the_order_of_the_meeting_whatever_their_votes(hall):
    ballot = hall.lock("LEVELS", hall.lines({"good": 7}, {"excellent": 7}))

    lines = client_of(hall.keeper).get(of(ballot)).context["lines"]

    assert [each.name for each in lines] == [each.full_name for each in hall.people]


@pytest.mark.parametrize(("best", "follows"), [(4, 0), (3, 1)])
def test_the_round_of_the_best_keeps_or_takes_the_best_level(best, follows):
    two = Hall(rounds=2)
    two.seat_tellers()
    two.lock("LEVELS", two.lines({"excellent": 7}))
    pk = two.occasions[0].pk
    ballot = two.lock("BEST", {pk: {"excellent": best, "against": 7 - best}})

    context = client_of(two.keeper).get(of(ballot)).context

    labels = [each.label.vi for each in two.cell.campaign.rules.members.levels]
    assert [each.follows for each in context["lines"]] == [labels[follows]]
    assert [each.name for each in context["columns"]] == [
        "excellent",
        "against",
        "unmarked",
    ]


@pytest.mark.parametrize(
    "majority", ["HALF_OF_CONVOKED", "HALF_OF_PRESENT", "HALF_OF_VALID", "CUMULATIVE"]
)
def test_why_a_level_follows_says_base_and_number_needed(majority):
    hall = Hall(majority=majority)
    hall.seat_tellers()
    ballot = hall.lock("LEVELS", hall.lines({"excellent": 4, "good": 3}))

    why = client_of(hall.keeper).get(of(ballot)).context["lines"][0].why

    assert why[0].startswith("4/7")
    assert len(why) == 3  # no published text says which base holds


def test_tellers_find_their_round_among_what_they_have_to_do(hall):
    Campaign.objects.update(state=Campaign.State.OPEN)

    def due(actor):
        return [
            (each.key.split("/")[0], each.url, each.is_done)
            for each in due_items(actor, today=TODAY)
            if "ballot" in each.key
        ]

    assert due(hall.first) == []
    ballot = hall.open()
    key = "reviews.ballot_to_count"
    assert due(hall.first) == [(key, of(ballot, "ballot_enter"), False)]
    entered = hall.enter(ballot, hall.lines())
    assert due(hall.first) == [(key, of(ballot), True)]
    assert due(hall.second) == [(key, of(ballot), False)]
    hall.confirm(entered)
    assert due(hall.first) == due(hall.second) == due(hall.keeper) == []


def test_the_meeting_leads_to_its_ballots_for_who_keeps_or_counts(hall):
    unit = hall.cell
    meeting = reverse(
        "meetings:meeting_detail",
        args=[unit.campaign_id, unit.live_unit_id, hall.meeting.pk],
    )

    for actor, leads in (
        (hall.keeper, True),
        (hall.first, True),
        (hall.account_of(hall.people[3]), False),
    ):
        assert (page(hall) in client_of(actor).get(meeting).content.decode()) == leads


def test_from_above_counts_of_small_bodies_are_not_seen(hall):
    """Source: docs/rules/ballots.md § 1.3."""
    committee = hall.cell.parent.live_unit
    PartyUnit.objects.filter(pk=committee.pk).update(kind="GRASSROOTS_COMMITTEE")
    above = PostFactory(unit=committee, role=Role.SECRETARY).account
    ballot = hall.lock("LEVELS", hall.lines({"excellent": 7}))
    file = UnitFileFactory(unit=hall.cell, goes_to=hall.cell.parent)
    client, papers = Client(), reverse("reviews:file_detail", args=[file.pk])
    client.force_login(above)
    assert client.get(of(ballot)).status_code == 200
    assert of(ballot) in client.get(papers).content.decode()

    Ballot.objects.update(
        convoked=5, present=5, issued=5, returned=5, valid=5, invalid=0
    )

    assert not Ballot.objects.visible_to(registry.actor_for(above)).exists()
    assert client.get(of(ballot)).status_code == 404
    shown = client.get(papers).context
    assert (shown["rounds"], "5" in shown["why_hidden"]) == ([], True)
    assert client_of(hall.keeper).get(of(ballot)).status_code == 200


def test_pages_ask_a_fixed_number_of_times(hall, django_assert_max_num_queries):
    ballot = hall.lock("LEVELS", hall.lines())
    keeper = client_of(hall.keeper)
    for address, most in ((page(hall), 30), (of(ballot), 16)):
        with django_assert_max_num_queries(most):
            keeper.get(address)
