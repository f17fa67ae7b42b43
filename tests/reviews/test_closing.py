"""A campaign is closed: what its page says before, what goes on after, who waits."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.lifecycle import State
from campaigns.models import Campaign, CampaignUnit, Tally
from campaigns.queries.plans import phases_now
from campaigns.services import closing, opening, tallies
from campaigns.services.opening import CampaignNotChangeable
from members import queries as registry
from members.models import Event
from members.policy import SYSTEM, Role
from members.row_security import asked_by
from members.services.versions import ChangedMeanwhile
from reviews.models import LevelRequest, LevelRevision
from reviews.queries.closing import closing_preview
from reviews.queries.due import notices_due
from reviews.queries.notices import notices_of, own_looking_units, why_not_asked
from reviews.services import notifying
from reviews.services.importing import ResultsNotImportable
from reviews.services.notifying import NoticeRefused
from tests.clients import client_of
from tests.factories import (
    MeetingFactory,
    MinutesFactory,
    PhaseFactory,
    PlanTaskFactory,
    PostFactory,
    ProgrammeFactory,
    UnitFileFactory,
)
from tests.restricted import restricted
from tests.reviews.level_worlds import NOW, TODAY, cell, committee, holder, someone
from tests.reviews.notice_worlds import (
    answered,
    asked,
    own,
    own_again,
    rated,
    reopened,
    upper,
)
from tests.small_worlds import DISTRICT_PEOPLE, contents, imported

__all__ = ["cell", "committee"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(cell):
    found = cell.campaign
    found.state, found.roll_fixed_at = State.ROLL_FIXED, NOW
    found.save()
    return found


def close(campaign, actor=SYSTEM, version=None):
    closed = closing.close_campaign(
        campaign=campaign, actor=actor, now=NOW, version=version, system_reason="a test"
    )
    campaign.refresh_from_db()
    return closed


def clerk_of(campaign):
    return PostFactory(unit=campaign.root_unit, role=Role.CLERK).account


@pytest.mark.parametrize("state", ["DRAFT", "OPEN", "CLOSED"])
def test_only_a_campaign_whose_roll_is_fixed_is_closed(campaign, state):
    Campaign.objects.update(state=state, closed_at=NOW)

    with pytest.raises(CampaignNotChangeable):
        close(campaign)

    assert Campaign.objects.get().state == state
    assert not Event.objects.exists()


def test_closing_is_logged_and_nothing_leads_back(campaign):
    with pytest.raises(ChangedMeanwhile):
        close(campaign, version=campaign.version + 1)
    close(campaign, version=campaign.version)

    assert (campaign.state, campaign.closed_at) == ("CLOSED", NOW)
    assert not campaign.only_imported
    event = Event.objects.get()
    assert (event.action, event.subject_id) == ("campaigns.closed", campaign.pk)
    for act in (closing.close_campaign, opening.fix_roll, opening.open_campaign):
        with pytest.raises(CampaignNotChangeable):
            act(campaign=campaign, actor=SYSTEM, now=NOW)


def test_its_page_says_what_is_open_and_closes_after_it_was_read(campaign, cell):
    campaign.root_unit = cell.parent.parent.live_unit
    campaign.save()
    for _ in range(2):
        someone(cell)
    tallies.recount([cell.pk])
    today = timezone.localdate()
    PhaseFactory(
        campaign=campaign, step="REVIEW_MEETING",
        from_on=today, until_on=today + timedelta(days=6),
    )  # fmt: skip
    UnitFileFactory(unit=cell, goes_to=cell.parent, state="SENT")
    asked(rated(cell))
    MeetingFactory(unit=cell, state="HELD")
    MinutesFactory(meeting=MeetingFactory(unit=cell, state="SIGNED"))
    ProgrammeFactory(unit=cell)
    PlanTaskFactory(campaign=campaign)
    clerk = clerk_of(campaign)
    client, page = (
        client_of(registry.actor_for(clerk)),
        reverse("campaign_close", args=[campaign.pk]),
    )

    shown = client.get(page).context["preview"]

    assert (shown.units, shown.people) == (1, 2)
    assert [line.unit.pk for line in shown.undecided] == [cell.parent_id]
    assert [each.step for each in shown.lasting] == ["REVIEW_MEETING"]
    assert [each.count for each in shown.stays] == [1, 0, 1, 1, 1]
    assert [each.count for each in shown.goes_on] == [1, 1, 0]
    assert (
        page
        in client.get(
            reverse("plans:campaign_home", args=[campaign.pk])
        ).content.decode()
    )
    assert client.post(page, {"version": campaign.version + 1}).status_code == 409
    assert client.post(page, {"version": campaign.version}).status_code == 302
    campaign.refresh_from_db()
    assert campaign.state == "CLOSED"
    again = client.get(page)
    assert b'name="version"' not in again.content
    home = client.get(reverse("plans:campaign_home", args=[campaign.pk]))
    assert "Đợt đã kết thúc ngày" in home.content.decode()
    assert home.context["now"] == []


def test_the_preview_is_the_same_under_the_second_lock(campaign, cell):
    someone(cell)
    tallies.recount([cell.pk])
    asked(rated(cell))
    free, clerk = closing_preview(campaign, today=TODAY), clerk_of(campaign)

    with restricted(), asked_by(clerk.pk):
        locked = closing_preview(campaign, today=TODAY)

    assert locked == free
    assert (locked.people, locked.goes_on[0].count) == (1, 1)


def test_a_level_is_asked_about_and_looked_at_again_after_the_closing(campaign, cell):
    person, above = rated(cell), upper(cell)
    mine = own(person)
    close(campaign)

    with restricted():
        with asked_by(mine.account_id):
            (notice,) = notices_of(mine)
            notifying.read(notice=notice, actor=mine, now=NOW)
            request = asked(person, mine)
        with asked_by(above.account_id):
            assert [each.key for each in notices_due(above, today=TODAY)] == [
                f"reviews.level_requests/{request.goes_to_id}"
            ]
            assert request.goes_to in own_looking_units(above)
            notifying.receive(request=request, version=1, actor=above, now=NOW)
            request.refresh_from_db()
            answered(request, above, level="EXCELLENT", breach_reason="Thành tích")

    assert LevelRequest.objects.get().state == "CHANGED"
    revision = LevelRevision.objects.get()
    assert (revision.previous_level, revision.level) == ("GOOD", "EXCELLENT")
    assert Tally.objects.get(unit=cell, subject="MEMBERS").excellent == 1


def test_its_days_end_the_asking_and_where_there_are_none_the_closing_does(
    campaign, cell
):
    person = rated(cell)
    close(campaign)
    mine = own(person)
    (notice,) = notices_of(mine)
    assert why_not_asked(notice, on=TODAY) == ""
    notifying.read(notice=notice, actor=mine, now=NOW)
    (notice,) = notices_of(mine)
    assert why_not_asked(notice, on=notice.last_day + timedelta(days=1))

    rules = campaign.rule_set_resolved
    del rules["procedure"]["request_days"]
    Campaign.objects.update(rule_set_resolved=rules)

    with pytest.raises(NoticeRefused, match="đã kết thúc"):
        asked(person, own_again(person))


def test_a_draft_takes_no_request(campaign, cell):
    person = rated(cell)
    Campaign.objects.update(state="DRAFT")

    with pytest.raises(NoticeRefused):
        asked(person)


def test_who_is_found_in_violation_is_rated_anew(campaign, cell, committee):
    person = rated(cell)
    close(campaign)

    reopened(cell.parent, person, committee)

    person.refresh_from_db()
    assert person.level == "SATISFACTORY"


def test_nothing_runs_in_a_campaign_that_is_closed(campaign, cell):
    today = date(2024, 12, 10)
    PhaseFactory(campaign=campaign, from_on=today, until_on=today + timedelta(days=9))
    actor = holder(cell)
    assert phases_now(campaign, actor, today, unit=cell)

    close(campaign)

    assert phases_now(campaign, actor, today, unit=cell) == []
    assert CampaignUnit.objects.filter(campaign=campaign, closed_on=None).exists()


def test_no_file_replaces_what_is_closed():
    campaign = imported(contents())
    close(campaign)
    changed = contents(people={**DISTRICT_PEOPLE, "X1": "GOOD GOOD GOOD"})

    with pytest.raises(ResultsNotImportable):
        imported(changed)

    assert Campaign.objects.get().state == "CLOSED"
