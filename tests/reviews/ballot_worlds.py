"""A cell of 22 at its review meeting, and the ballot on it."""

from datetime import UTC, date, datetime

import pytest

from campaigns import rulesets
from campaigns.models import Attendance, Campaign, Meeting, Participant
from members import queries as registry
from members.policy import Role
from reviews.ballots import Papers
from reviews.models import ReviewOccasion
from reviews.services import balloting
from reviews.services.tellers import name_tellers
from tests.factories import (
    AccountFactory,
    CampaignBodyFactory,
    CampaignFactory,
    CampaignUnitFactory,
    MeetingFactory,
    ParticipantFactory,
    PlacementFactory,
    PostFactory,
)

NOW = datetime(2024, 12, 5, 8, tzinfo=UTC)
SIZE = 7
ALL = Papers(convoked=SIZE, present=7, issued=7, returned=7, valid=7, invalid=0)
GOOD = {"good": 7}


def open_campaign(**ballot):
    resolved = rulesets.resolve("qd124-2023")
    for name, value in ballot.items():
        resolved["procedure"]["ballot"][name]["value"] = value
    return CampaignFactory(
        state=Campaign.State.OPEN,
        opened_at=datetime(2024, 1, 15, 5, tzinfo=UTC),
        rule_set_code="qd124-2023",
        rule_set_resolved=resolved,
    )


class Hall:
    """A cell at its review meeting: seven full members, the first its secretary."""

    def __init__(self, **ballot):
        campaign = open_campaign(**ballot)
        root = CampaignUnitFactory(campaign=campaign)
        self.cell = CampaignUnitFactory(campaign=campaign, parent=root)
        self.meeting = MeetingFactory(
            unit=self.cell, kind=Meeting.Kind.REVIEW, on=date(2024, 12, 5)
        )
        self.people = [self.join(at) for at in range(SIZE)]
        PostFactory(
            unit=self.cell.live_unit, role=Role.SECRETARY, member=self.people[0].member
        )
        body = CampaignBodyFactory(unit=self.cell)
        self.occasions = [
            ReviewOccasion.objects.create(
                participant=person, body=body, meeting=self.meeting,
                state="REVIEWED", position=at,
            )
            for at, person in enumerate(self.people)
        ]  # fmt: skip
        self.keeper = self.account_of(self.people[0])
        self.all_present()

    def all_present(self):
        Attendance.objects.bulk_create(
            (
                Attendance(meeting=self.meeting, participant=each, state="PRESENT")
                for each in self.people
            ),
            ignore_conflicts=True,
        )

    def join(self, at, **columns):
        person = ParticipantFactory(
            campaign=self.cell.campaign,
            **{"sort_key": f"{at:02}", "official_on": "2011-05-19", **columns},
        )
        PlacementFactory(unit=self.cell, participant=person)
        return person

    def account_of(self, person):
        return registry.actor_for(AccountFactory(member=person.member))

    def name(self, head=1, others=(2,)):
        self.meeting.refresh_from_db()
        name_tellers(
            meeting=self.meeting,
            version=self.meeting.version,
            head=self.people[head].pk,
            others=[self.people[at].pk for at in others],
            actor=self.keeper,
            now=NOW,
        )

    def seat_tellers(self):
        self.name()
        self.first, self.second = map(self.account_of, self.people[1:3])

    def open(self, kind="LEVELS"):
        self.meeting.refresh_from_db()
        return balloting.open_ballot(
            meeting=self.meeting, version=self.meeting.version, kind=kind,
            actor=self.keeper, now=NOW,
        )  # fmt: skip

    def lines(self, *counts):
        """Of each person what is given, of those after them all for good."""
        given = [*counts, *[GOOD] * (SIZE - len(counts))]
        return {each.pk: line for each, line in zip(self.occasions, given, strict=True)}

    def enter(self, ballot, lines, *, by=None, papers=ALL, version=None):
        return balloting.enter_counts(
            ballot=ballot, version=version or ballot.version, papers=papers,
            lines=lines, actor=by or self.first, now=NOW,
        )  # fmt: skip

    def confirm(self, ballot, by=None):
        return balloting.confirm_counts(
            ballot=ballot, version=ballot.version, actor=by or self.second, now=NOW
        )

    def lock(self, kind, lines):
        return self.confirm(self.enter(self.open(kind), lines))

    def proposed(self):
        return [
            Participant.objects.get(pk=each.pk).proposed_level for each in self.people
        ]


@pytest.fixture
def hall():
    hall = Hall()
    hall.seat_tellers()
    return hall


def correct(hall, ballot, paragraph="Mục 5 biên bản"):
    return balloting.correct_counts(
        ballot=ballot, version=ballot.version, paragraph=paragraph,
        actor=hall.keeper, now=NOW,
    )  # fmt: skip
