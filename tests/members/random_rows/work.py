"""Random rows of units' work that name people, for the worlds of this package."""

from collections.abc import Sequence
from random import Random

from campaigns.models import (
    CampaignUnit,
    CoChair,
    Essay,
    Participant,
    Programme,
    StudyAttendance,
    StudyDocument,
    StudySession,
    TeamMember,
    TeamVisit,
    WorkingTeam,
)

DAYS = {"from_on": "2024-01-01", "ends_on": "2024-12-31"}


def add(
    random: Random, places: Sequence[CampaignUnit], people: Sequence[Participant]
) -> None:
    """Write who studied, who handed in, who chairs a programme, who attends cells."""
    sessions = StudySession.objects.bulk_create(
        StudySession(unit=unit, topic="t", rapporteur="r", on="2024-03-05")
        for unit in places
    )
    StudyAttendance.objects.bulk_create(
        StudyAttendance(session=random.choice(sessions), participant=person)
        for person in people
    )
    document = StudyDocument.objects.create(unit=places[0], name="d")
    Essay.objects.bulk_create(
        Essay(
            unit=random.choice(places), participant=person, document=document,
            handed_in_on="2024-03-20",
        )
        for person in people
    )  # fmt: skip
    programmes = Programme.objects.bulk_create(Programme(unit=each) for each in places)
    CoChair.objects.bulk_create(
        CoChair(
            programme=programme, member=random.choice([None, random.choice(people).member]),
            name="n", title="t", document="d", **DAYS,
        )
        for programme in programmes
    )  # fmt: skip
    teams = WorkingTeam.objects.bulk_create(
        WorkingTeam(unit=each, name="n", decision="d", **DAYS) for each in places
    )
    TeamMember.objects.bulk_create(TeamMember(team=team, name="n") for team in teams)
    TeamVisit.objects.bulk_create(
        TeamVisit(
            team=random.choice(teams), unit=random.choice(places), on="2024-11-05"
        )
        for _ in places
    )
