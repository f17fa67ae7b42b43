"""When a step is over, and what still counts after it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.test import RequestFactory
from django.utils import timezone

from campaigns.models import (
    Campaign,
    Extension,
    Meeting,
    PersonalExtension,
    Phase,
    Programme,
    ProgrammeItem,
)
from campaigns.queries import phases
from campaigns.services.phases import StepClosed, demand_open
from campaigns.steps import GRACE, Step, is_in_time, moved_by, moves, window_of
from members import acts, queries
from members.policy import NOBODY, SYSTEM, Role
from members.row_security import asked_by
from tests.factories import (
    AccountFactory,
    CampaignFactory,
    CampaignUnitFactory,
    ExtensionFactory,
    MeetingFactory,
    ParticipantFactory,
    PersonalExtensionFactory,
    PhaseFactory,
    PlacementFactory,
    PostFactory,
    ProgrammeItemFactory,
)
from tests.restricted import restricted

ENDS = datetime(2024, 4, 1, 0, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("opened", "now", "counts"),
    [
        (None, ENDS - SECOND, True),
        (None, ENDS, False),
        (ENDS - SECOND, ENDS, True),
        (ENDS - SECOND, ENDS + GRACE - SECOND, True),
        (ENDS - SECOND, ENDS + GRACE, False),
        (ENDS, ENDS + SECOND, False),
    ],
)
def test_a_form_opened_in_time_may_be_finished(opened, now, counts):
    assert is_in_time(ENDS, opened=opened, now=now) is counts


@pytest.mark.django_db
def test_a_step_has_one_phase_of_the_campaign_and_one_of_each_unit():
    phase = PhaseFactory()
    unit = CampaignUnitFactory(campaign=phase.campaign)
    PhaseFactory(campaign=phase.campaign, unit=unit)

    for taken in (None, unit):
        with pytest.raises(IntegrityError, match="phase_once"), transaction.atomic():
            PhaseFactory(campaign=phase.campaign, unit=taken)


@pytest.mark.django_db
def test_work_is_seen_by_posts_in_reach_and_by_the_members_of_the_unit():
    campaign = CampaignFactory()
    committee = CampaignUnitFactory(campaign=campaign)
    cell = CampaignUnitFactory(campaign=campaign, parent=committee)
    other = CampaignUnitFactory(campaign=campaign, parent=committee)
    member = ParticipantFactory(campaign=campaign)
    PlacementFactory(participant=member, unit=cell)
    phase = PhaseFactory(campaign=campaign)
    PhaseFactory()
    meetings = {each.pk: MeetingFactory(unit=each) for each in (committee, cell, other)}
    items = {
        each.pk: ProgrammeItemFactory(programme__unit=each)
        for each in (committee, cell, other)
    }

    def seen_by(account):
        actor = queries.actor_for(account)
        with restricted(), asked_by(account.pk):
            return seen_as(actor)

    def seen_as(actor):
        units = [
            set(Meeting.objects.visible_to(actor).values_list("unit", flat=True)),
            set(Programme.objects.visible_to(actor).values_list("unit", flat=True)),
            {
                each.programme.unit_id
                for each in ProgrammeItem.objects.visible_to(actor)
            },
        ]
        assert units[0] == units[1] == units[2]
        return units[0], set(Phase.objects.visible_to(actor))

    own = AccountFactory(member=member.member)
    secretary = PostFactory(unit=other.custodian, role=Role.SECRETARY).account
    assert seen_by(own) == ({committee.pk, cell.pk}, {phase})
    assert seen_by(secretary) == ({other.pk}, {phase})
    assert seen_by(AccountFactory()) == (set(), set())
    assert not Meeting.objects.visible_to(NOBODY).exists()
    assert Meeting.objects.visible_to(SYSTEM).count() == len(meetings) == len(items)


VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def day(month, number):
    return date(2024, month, number)


def moment(month, number, hour=0, minute=0):
    return datetime(2024, month, number, hour, minute, tzinfo=VIETNAM)


class World:
    """A committee, two cells, one person in each; pledges until 31 March."""

    def __init__(self):
        self.campaign = CampaignFactory(
            state=Campaign.State.OPEN, opened_at=moment(1, 1), rule_set_resolved={}
        )
        self.root = CampaignUnitFactory(campaign=self.campaign)
        self.committee = self.unit(self.root)
        self.cell, self.other = self.unit(self.committee), self.unit(self.committee)
        self.person, self.neighbour = self.placed(self.cell), self.placed(self.other)
        PhaseFactory(campaign=self.campaign)

    def unit(self, parent):
        return CampaignUnitFactory(campaign=self.campaign, parent=parent)

    def placed(self, unit):
        person = ParticipantFactory(campaign=self.campaign)
        PlacementFactory(participant=person, unit=unit)
        return person

    def last_day(self, unit, participant=None, step=Step.PLEDGE):
        return phases.last_day(
            campaign=self.campaign, step=step, unit=unit, participant=participant
        )

    def of_all(self):
        """The last days of committee, cells and people, by every way of asking."""
        units = [self.committee, self.cell, self.other]
        people = {self.cell: self.person, self.other: self.neighbour}
        alone = [self.last_day(unit) for unit in units]
        of_people = [self.last_day(*pair) for pair in people.items()]
        many = phases.spans_of_units([u.pk for u in units], step=Step.PLEDGE)
        ids = [each.pk for each in people.values()]
        persons = phases.last_days(ids, step=Step.PLEDGE)
        assert [many[unit.pk] and many[unit.pk].last_day for unit in units] == alone
        assert [persons[pk] for pk in ids] == of_people
        return alone, of_people


@pytest.fixture
def world(db):
    return World()


def test_what_depends_on_a_step_moves_with_it():
    assert moves(Step.CRITERIA) == (Step.CRITERIA, Step.PLEDGE, Step.CHECK)
    assert moves(Step.STUDY) == (Step.STUDY,)
    assert moves(Step.SELF_REVIEW)[0] == moved_by(Step.REMEDIATION)[-1]
    assert {each for each in Step if Step.CRITERIA in moved_by(each)} == set(
        moves(Step.CRITERIA)
    )


def test_a_year_of_phases_goes_from_november_to_june():
    assert window_of(2025) == (date(2024, 11, 1), date(2026, 6, 30))


def test_a_step_without_a_phase_has_no_last_day(world):
    ExtensionFactory(campaign=world.campaign, unit=world.cell, step=Step.STUDY)

    assert world.last_day(world.cell, step=Step.STUDY) is None
    assert world.last_day(world.cell, world.person, step=Step.STUDY) is None
    assert phases.last_days([world.person.pk], step=Step.STUDY) == {
        world.person.pk: None
    }


def test_the_phase_of_the_nearest_unit_counts(world):
    PhaseFactory(campaign=world.campaign, unit=world.committee, until_on=day(3, 1))
    PhaseFactory(campaign=world.campaign, unit=world.cell, until_on=day(2, 1))

    assert world.last_day(None) == world.last_day(world.root) == day(3, 31)
    assert world.of_all() == (
        [day(2, 29), day(1, 31), day(2, 29)],
        [day(1, 31), day(2, 29)],
    )


def test_a_longer_time_reaches_a_unit_alone_or_all_below_it(world):
    ExtensionFactory(unit=world.committee, with_below=False)
    assert world.of_all() == (
        [day(4, 30), day(3, 31), day(3, 31)],
        [day(3, 31), day(3, 31)],
    )

    ExtensionFactory(unit=world.committee, until_on=day(4, 20))
    ExtensionFactory(unit=world.cell, until_on=day(4, 10))
    assert world.of_all() == (
        [day(4, 30), day(4, 19), day(4, 19)],
        [day(4, 19), day(4, 19)],
    )


def test_a_longer_time_of_a_person_goes_along_and_changes_nobody_else(world):
    PersonalExtensionFactory(participant=world.person, unit=world.other)

    assert world.of_all() == ([day(3, 31)] * 3, [day(4, 30), day(3, 31)])


def test_a_longer_time_moves_what_would_be_over_before_and_nothing_earlier(world):
    PhaseFactory(campaign=world.campaign, step=Step.CRITERIA, until_on=day(2, 1))
    PhaseFactory(campaign=world.campaign, step=Step.CHECK, until_on=day(12, 1))
    ExtensionFactory(unit=world.cell, step=Step.CRITERIA, until_on=day(4, 16))

    def last_days(unit):
        steps = (Step.CRITERIA, Step.PLEDGE, Step.CHECK)
        return [world.last_day(unit, step=step) for step in steps]

    assert last_days(world.cell) == [day(4, 15), day(4, 15), day(11, 30)]
    assert last_days(world.other) == [day(1, 31), day(3, 31), day(11, 30)]


def test_longer_times_of_another_campaign_or_step_change_nothing(world):
    ExtensionFactory(step=Step.PLEDGE)
    ExtensionFactory(unit=world.cell, step=Step.STUDY)
    PersonalExtensionFactory(step=Step.PLEDGE)

    assert world.of_all() == ([day(3, 31)] * 3, [day(3, 31)] * 2)


def test_many_people_are_asked_for_in_one_query(world, django_assert_num_queries):
    ids = [world.placed(world.cell).pk for _ in range(5)]

    with django_assert_num_queries(1):
        assert phases.last_days(ids, step=Step.PLEDGE) == dict.fromkeys(ids, day(3, 31))
    with django_assert_num_queries(1):
        world.last_day(world.cell, world.person)


def is_open(world, now, *, opened=None, unit=None, person=None):
    try:
        demand_open(
            campaign=world.campaign,
            step=Step.PLEDGE,
            unit=unit or world.cell,
            participant=person,
            opened_at=opened,
            now=now,
        )
    except StepClosed:
        return False
    return True


def test_a_step_is_open_from_its_first_day_to_the_end_of_its_last(world):
    assert not is_open(world, moment(1, 1) - SECOND)
    assert is_open(world, moment(1, 1))
    assert is_open(world, moment(4, 1) - SECOND)
    assert not is_open(world, moment(4, 1))
    assert is_open(world, moment(4, 1), opened=moment(3, 31, 23, 59))
    assert not is_open(world, moment(4, 1, 0, 15), opened=moment(3, 31, 23, 59))
    assert not is_open(world, moment(4, 1, 0, 1), opened=moment(4, 1))


def test_a_longer_time_opens_the_step_again(world):
    PersonalExtensionFactory(participant=world.person, unit=world.cell)

    assert is_open(world, moment(4, 30, 23), person=world.person)
    assert not is_open(world, moment(4, 30, 23))
    assert not is_open(world, moment(5, 1), person=world.person)


def test_the_refusal_says_the_last_day(world):
    with pytest.raises(StepClosed, match=r"31/03/2024"):
        demand_open(
            campaign=world.campaign,
            step=Step.PLEDGE,
            unit=world.cell,
            now=moment(4, 2),
        )


@pytest.mark.parametrize("state", [Campaign.State.DRAFT, Campaign.State.CLOSED])
def test_a_campaign_that_does_not_run_takes_nothing(world, state):
    world.campaign.state = state

    assert not is_open(world, moment(2, 1))


def test_longer_times_are_seen_by_those_whom_they_concern(world):
    of_unit = ExtensionFactory(unit=world.cell)
    of_person = PersonalExtensionFactory(participant=world.person, unit=world.cell)

    def seen_by(account):
        actor = queries.actor_for(account)
        return (
            set(Extension.objects.visible_to(actor)),
            set(PersonalExtension.objects.visible_to(actor)),
        )

    def post(unit, role):
        return PostFactory(unit=unit.custodian, role=role).account

    everything = {of_unit}, {of_person}
    assert seen_by(AccountFactory(member=world.person.member)) == everything
    assert seen_by(post(world.cell, Role.SECRETARY)) == everything
    assert seen_by(post(world.root, Role.CLERK)) == everything
    assert seen_by(post(world.other, Role.SECRETARY)) == ({of_unit}, set())
    assert seen_by(post(world.root, Role.INSPECTION_COMMISSION)) == ({of_unit}, set())
    assert seen_by(AccountFactory(member=world.neighbour.member)) == ({of_unit}, set())
    assert seen_by(AccountFactory()) == (set(), set())


class TestWhenAFormWasOpened:
    """It stands in the form, signed, for its page and its reader."""

    def request(self, path="/a/", account=None, **posted):
        request = RequestFactory().post(path, posted)
        request.user = account or AnonymousUser()
        return request

    def test_it_is_read_back_and_kept_through_a_refusal(self):
        first = acts.opened(self.request())
        again = acts.opened(self.request(opened=first))
        at = acts.opened_at(self.request(opened=first))

        assert at == acts.opened_at(self.request(opened=again))
        assert abs(timezone.now() - at) < timedelta(minutes=1)

    @pytest.mark.django_db
    def test_it_counts_nowhere_else_and_not_for_somebody_else(self):
        sent = acts.opened(self.request())

        assert acts.opened_at(self.request("/b/", opened=sent)) is None
        other = self.request(account=AccountFactory(), opened=sent)
        assert acts.opened_at(other) is None

    @pytest.mark.parametrize("sent", ["", "x", "x:y", "W10:" + "a" * 43])
    def test_what_was_not_signed_here_is_unknown(self, sent):
        assert acts.opened_at(self.request(opened=sent)) is None
