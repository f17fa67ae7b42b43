"""Who keeps the papers of a cell alone: the unit right above records their own."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Campaign, Participant, Pledge, PledgeItem
from campaigns.queries.written.keepers import sole_keeper, sole_keepers
from campaigns.services.pledges import answering
from campaigns.services.written.states import WritingRefused
from members import queries as registry
from members.models import Account, Event, Post
from members.policy import Role
from members.row_security import asked_by
from reviews.models import SelfReview
from tests.campaigns.pledge_worlds import NOW, TODAY, cell_of_writers, someone
from tests.clients import client_of
from tests.factories import AccountFactory, PostFactory
from tests.restricted import restricted

pytestmark = pytest.mark.django_db


@pytest.fixture
def cell():
    made = cell_of_writers()
    Campaign.objects.update(mode="RESULTS_ONLY")
    made.campaign.refresh_from_db()
    return made


@pytest.fixture
def keeper(cell):
    """The secretary of the cell, the one of its committee who can log in."""
    person = someone(cell)
    AccountFactory(member=person.member)
    head(cell, member=person.member)
    return person


def head(unit, role=Role.SECRETARY, **whose):
    return PostFactory(
        unit=unit.live_unit, role=role, **{"account": None, "member": None, **whose}
    )


def office(cell, role=Role.CLERK):
    return registry.actor_for(
        PostFactory(unit=cell.parent.live_unit, role=role).account
    )


def names(cell, actor):
    with restricted(), asked_by(actor.account_id):
        found = sole_keepers(cell.parent, actor)
        for each in found:
            assert sole_keeper(each.participant.pk, actor) == each
    return [each.participant.pk for each in found]


@pytest.mark.parametrize("role", [Role.CLERK, Role.SECRETARY])
def test_office_and_committee_above_find_who_keeps_alone(cell, keeper, role):
    someone(cell)
    assert names(cell, office(cell, role)) == [keeper.pk]


@pytest.mark.parametrize("role", [Role.DEPUTY_SECRETARY, Role.COMMITTEE_MEMBER])
def test_beside_another_who_can_log_in_nobody_is_found(cell, keeper, role):
    other = someone(cell)
    head(cell, role, member=other.member)
    clerk = office(cell)
    assert names(cell, clerk) == [keeper.pk]  # the other has no account
    account = AccountFactory(member=other.member)
    assert names(cell, clerk) == []
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert names(cell, clerk) == [keeper.pk]
    head(cell, role, account=AccountFactory())
    assert names(cell, clerk) == []


def test_others_of_the_cell_and_those_whose_post_is_over_are_not_found(cell, keeper):
    clerk = office(cell)
    other = someone(cell)
    AccountFactory(member=other.member)
    with restricted(), asked_by(clerk.account_id):
        assert sole_keeper(other.pk, clerk) is None
    Post.objects.filter(member=keeper.member).update(ended_at=timezone.now())
    assert names(cell, clerk) == []


def test_nobody_finds_themselves_and_no_unit_beside_or_below_finds_any(cell, keeper):
    own = registry.actor_for(Account.objects.get(member=keeper.member))
    with restricted(), asked_by(own.account_id):
        assert sole_keeper(keeper.pk, own) is None
    head(cell.parent, Role.CLERK, member=keeper.member)
    both = registry.actor_for(Account.objects.get(member=keeper.member))
    assert names(cell, both) == []
    stranger = registry.actor_for(PostFactory(role=Role.CLERK).account)
    with restricted(), asked_by(stranger.account_id):
        assert sole_keeper(keeper.pk, stranger) is None


def test_where_texts_are_entered_or_nothing_runs_there_is_none(cell, keeper):
    clerk = office(cell)
    Campaign.objects.update(mode="FULL_TEXT")
    assert names(cell, clerk) == []
    Campaign.objects.update(
        mode="RESULTS_ONLY", state="CLOSED", closed_at=NOW, roll_fixed_at=NOW
    )
    assert names(cell, clerk) == []


def test_the_office_records_days_and_number_and_the_person_reads_who_did(cell, keeper):
    clerk = office(cell)
    browser = client_of(clerk)
    today = timezone.localdate()
    Campaign.objects.update(year=today.year)
    place = [cell.campaign_id, cell.parent.live_unit_id]
    listed = reverse("keeper_papers", args=place)
    pledge = reverse("pledges:pledge_paper", args=[keeper.pk])
    review = reverse("reviews:self_review_paper", args=[keeper.pk])
    page = browser.get(listed).content.decode()
    assert pledge in page
    assert review in page
    days = {"received_on": f"{today:%d/%m/%Y}", "confirmed_on": f"{today:%d/%m/%Y}"}

    done = browser.post(pledge, days | {"items": "2"})
    assert (done.status_code, done.url) == (302, listed)
    assert browser.post(review, days).url == listed

    keeper.refresh_from_db()
    assert (keeper.pledge_state, keeper.review_state) == ("CONFIRMED", "CONFIRMED")
    assert PledgeItem.objects.count() == 2
    assert SelfReview.objects.get().confirmed_on == today
    event = Event.objects.get(action="pledges.paper_recorded")
    assert (event.account_id, event.unit_id) == (clerk.account_id, cell.custodian_id)
    assert event.member_id == keeper.member_id
    again = browser.get(pledge).context["form"].initial
    assert (again["items"], again["received_on"]) == (2, today)
    board = reverse("reports:unit_progress", args=place)
    assert listed in browser.get(board).content.decode()


def test_the_office_records_the_results_by_number(cell, keeper):
    clerk = office(cell)
    browser = client_of(clerk)
    listed = reverse("keeper_papers", args=[cell.campaign_id, cell.parent.live_unit_id])
    answering.record_paper(
        author=keeper, received_on=TODAY, confirmed_on=TODAY, items=2,
        actor=clerk, now=NOW, is_from_above=True,
    )  # fmt: skip

    first, second = PledgeItem.objects.order_by("position")
    results = reverse("pledges:pledge_results", args=[keeper.pk])
    assert results in browser.get(listed).content.decode()
    asked = browser.get(results).context["form"].fields
    assert list(asked) == [f"result-{first.pk}", f"result-{second.pk}"]
    done = browser.post(results, {f"result-{first.pk}": "DONE"})
    assert (done.status_code, done.url) == (302, listed)
    first.refresh_from_db()
    assert first.result == "DONE"
    event = Event.objects.get(action="pledges.results_recorded")
    assert event.account_id == clerk.account_id


def test_the_office_reads_no_other_paper_of_the_cell(cell, keeper):
    browser = client_of(office(cell))
    other = someone(cell)
    for page, person in (
        ("pledges:pledge_paper", other),
        ("pledges:pledge_detail", keeper),
        ("pledges:pledge_results", other),
        ("reviews:self_review_paper", other),
    ):
        assert browser.get(reverse(page, args=[person.pk])).status_code == 404


def test_nobody_records_the_own_paper_not_even_that_it_came(cell, keeper):
    own = registry.actor_for(Account.objects.get(member=keeper.member))
    with pytest.raises(WritingRefused):
        answering.record_paper(
            author=keeper, received_on=TODAY, confirmed_on=None, actor=own, now=NOW
        )
    page = reverse("pledges:pledge_paper", args=[keeper.pk])
    assert client_of(own).get(page).status_code == 404
    roll = reverse("pledges:unit_pledges", args=[cell.campaign_id, cell.live_unit_id])
    assert "tổ chức đảng cấp trên ghi" in client_of(own).get(roll).content.decode()
    assert not Pledge.objects.exists()
    assert Participant.objects.get(pk=keeper.pk).pledge_state == "NONE"


def test_who_may_log_in_only_from_tomorrow_records_nothing_today(cell, keeper):
    other = someone(cell)
    AccountFactory(member=other.member)
    post = head(cell, Role.DEPUTY_SECRETARY, member=other.member)
    Post.objects.filter(pk=post.pk).update(
        from_on=timezone.localdate() + timedelta(days=2)
    )

    assert names(cell, office(cell)) == [keeper.pk]
