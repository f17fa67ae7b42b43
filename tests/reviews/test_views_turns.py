"""The pages of a review meeting: called up in order, reviewed, left for later.

The campaign keeps no texts; with them it is tests/reviews/test_views_remarks.py.
"""

import pytest

from campaigns.models import Attendance, Campaign, Meeting, Minutes
from reviews.models import ReviewOccasion
from tests.clients import client_of
from tests.factories import MinutesFactory
from tests.reviews.turn_pages import page
from tests.reviews.turn_worlds import Turns

pytestmark = pytest.mark.django_db


@pytest.fixture
def turns():
    turns = Turns()
    turns.all_present()
    Campaign.objects.update(mode=Campaign.Mode.RESULTS_ONLY)
    return turns


def listed(turns, client=None):
    context = (client or client_of(turns.keeper)).get(page(turns)).context
    return [(each.name, each.occasion.state) for each in context["turns"]]


def test_persons_are_called_up_in_order_and_reviewed_one_after_the_other(turns):
    keeper = client_of(turns.keeper)
    assert listed(turns) == []
    turns.meeting.refresh_from_db()
    call = {"version": turns.meeting.version}
    assert keeper.post(page(turns, "turn_call"), call).status_code == 302

    first, own, third, *_others = ReviewOccasion.objects.all()
    answer = keeper.post(
        page(turns, "turn_edit", first), {"version": 1, "remarks_made": 3}
    )

    assert answer.headers["Location"] == page(turns, "turn_edit", third)
    shown = keeper.get(page(turns)).context
    assert (shown["reviewed"], shown["next"].occasion) == (1, third)
    assert shown["turns"][0].occasion.remarks_made == 3
    # Nobody records what is said of oneself: another who keeps the meeting does.
    assert shown["turns"][1].why_closed
    assert keeper.get(page(turns, "turn_edit", own)).status_code == 404
    secretary = client_of(turns.secretary)
    assert secretary.get(page(turns, "turn_edit", own)).status_code == 200


def test_after_the_last_one_comes_back_to_the_list(turns):
    last = turns.call()[-1]
    left = [each for each in turns.call() if each != last]
    ReviewOccasion.objects.filter(pk__in=[each.pk for each in left]).update(
        state="REVIEWED", meeting=turns.meeting
    )

    answer = client_of(turns.keeper).post(
        page(turns, "turn_edit", last), {"version": 1, "remarks_made": 0}
    )

    assert answer.headers["Location"] == page(turns)


def test_while_the_chair_is_reviewed_the_page_asks_who_leads(turns):
    first = turns.call()[0]
    MinutesFactory(meeting=turns.meeting, chair=first.participant.full_name)
    keeper, url = client_of(turns.keeper), page(turns, "turn_edit", first)
    typed = {"version": 1, "remarks_made": 1}

    assert keeper.post(url, typed).status_code == 422
    assert keeper.post(url, typed | {"chaired_by": "Bình"}).status_code == 302

    assert ReviewOccasion.objects.get(pk=first.pk).chaired_by == "Bình"
    Minutes.objects.update(chair="")
    assert "chaired_by" not in keeper.get(url).context["form"].fields


def test_whoever_is_left_is_asked_for_again(turns):
    one = turns.call()[2]
    keeper = client_of(turns.keeper)

    answer = keeper.post(page(turns, "turn_leave", one), {"version": 1})

    assert answer.headers["Location"] == page(turns)
    assert listed(turns)[2][1] == "LEFT"


def test_of_two_who_record_one_turn_the_second_sees_both(turns):
    first = turns.call()[0]
    turns.review(first, version=1)

    answer = client_of(turns.keeper).post(
        page(turns, "turn_edit", first), {"version": 1, "remarks_made": 9}
    )

    assert answer.status_code == 409
    assert [line[1:] for line in answer.context["both"]] == [("2", "9")]


def test_absent_voted_on_and_reviewed_elsewhere_say_why_nothing_is_recorded(turns):
    occasions = turns.call()
    turns.seat_tellers()
    turns.review(occasions[2])
    turns.open()
    elsewhere = Meeting.objects.create(
        unit=turns.cell, kind="REVIEW", on=turns.meeting.on
    )
    ReviewOccasion.objects.filter(pk=occasions[3].pk).update(
        state="REVIEWED", meeting=elsewhere
    )

    Attendance.objects.filter(participant=occasions[4].participant).delete()

    context = client_of(turns.keeper).get(page(turns)).context

    said = [each.why_closed for each in context["turns"]]
    assert [bool(why) for why in said] == [False, True, True, True, True, False, False]
    assert len({*said}) == 5


def test_once_the_minutes_are_signed_nothing_is_recorded(turns):
    first = turns.call()[0]
    Meeting.objects.update(state="SIGNED")
    keeper = client_of(turns.keeper)

    assert keeper.get(page(turns)).context["next"] is None
    assert keeper.get(page(turns, "turn_call")).status_code == 404
    for name in ("turn_edit", "turn_leave"):
        assert keeper.get(page(turns, name, first)).status_code == 404


def test_a_member_of_the_cell_does_not_open_the_turns(turns):
    first = turns.call()[0]
    client = client_of(turns.account_of(turns.people[3]))

    for address in (page(turns), page(turns, "turn_edit", first)):
        assert client.get(address).status_code == 404
