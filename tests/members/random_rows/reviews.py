"""Random rows of reviews at meetings: whom, who counts, what was counted."""

from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random
from typing import Any

from campaigns.models import CampaignBody, Meeting, Participant
from members.models import Account
from reviews.models import (
    Ballot,
    BallotDraft,
    BallotLine,
    CollectiveRemark,
    CollectiveReport,
    CollectiveReportAnswer,
    CollectiveReportDraft,
    CollectiveReportStatement,
    CollectiveReportText,
    CollectiveSaidVersion,
    CollectiveSuggestion,
    CollectiveTurn,
    Remark,
    ReviewOccasion,
    SaidVersion,
    SelfReviewStatement,
    Teller,
)

NOW = datetime(2024, 12, 1, 5, tzinfo=UTC)


def add(
    random: Random,
    meetings: list[Meeting],
    people: list[Participant],
    accounts: list[Account],
) -> None:
    bodies = CampaignBody.objects.bulk_create(
        CampaignBody(unit=each.unit, kind="LEADERSHIP") for each in meetings
    )
    _reports(bodies)
    _collective_turns(random, bodies, meetings)
    occasions = ReviewOccasion.objects.bulk_create(
        ReviewOccasion(participant=random.choice(people), body=body, position=1, **turn)
        for body, turn in zip(bodies, _turns(random, meetings), strict=True)
    )
    Remark.objects.bulk_create(Remark(occasion=each, text="Ý") for each in occasions)
    SaidVersion.objects.bulk_create(
        SaidVersion(occasion=each, number=1, reason="r", at=NOW) for each in occasions
    )
    SelfReviewStatement.objects.bulk_create(
        SelfReviewStatement(occasion=each, meeting=meeting, meets=True, at=NOW)
        for each, meeting in zip(occasions, meetings, strict=True)
    )
    Teller.objects.bulk_create(
        Teller(meeting=each, participant=person)
        for each in meetings
        for person in random.sample(people, 2)
    )
    ballots = Ballot.objects.bulk_create(
        _ballot(random, each, accounts) for each in meetings
    )
    BallotDraft.objects.bulk_create(
        BallotDraft(ballot=each, account=account, ballot_version=1, saved_at=NOW)
        for each in ballots
        for account in random.sample(accounts, 8)
    )
    BallotLine.objects.bulk_create(
        BallotLine(ballot=ballot, occasion=occasion, good=1, valid=1)
        for ballot, occasion in zip(ballots, occasions, strict=True)
    )


def _reports(bodies: list[CampaignBody]) -> None:
    reports = CollectiveReport.objects.bulk_create(
        CollectiveReport(body=each, form="f") for each in bodies
    )
    CollectiveReportDraft.objects.bulk_create(
        CollectiveReportDraft(body=each, form="f", saved_at=NOW) for each in bodies
    )
    texts = CollectiveReportText.objects.bulk_create(
        CollectiveReportText(
            collective_report=each, number=1, form="f", digest="d", sent_at=NOW
        )
        for each in reports
    )
    CollectiveReportAnswer.objects.bulk_create(
        CollectiveReportAnswer(text=each, is_confirmation=True, at=NOW)
        for each in texts
    )
    CollectiveReportStatement.objects.bulk_create(
        CollectiveReportStatement(text=each, meets=True, at=NOW) for each in texts
    )
    CollectiveSuggestion.objects.bulk_create(
        CollectiveSuggestion(
            body=each, issuer=each.unit, document="d", on="2024-05-06",
            time="BEFORE", text="t", recorded_at=NOW,
        )
        for each in bodies
    )  # fmt: skip


def _collective_turns(
    random: Random, bodies: list[CampaignBody], meetings: list[Meeting]
) -> None:
    turns = CollectiveTurn.objects.bulk_create(
        CollectiveTurn(body=body, meeting=each, is_recorded=random.random() < 0.5)
        for body, each in zip(bodies, meetings, strict=True)
    )
    CollectiveRemark.objects.bulk_create(
        CollectiveRemark(turn=each, text="Ý") for each in turns
    )
    CollectiveSaidVersion.objects.bulk_create(
        CollectiveSaidVersion(turn=each, number=1, reason="r", at=NOW) for each in turns
    )


def _turns(random: Random, meetings: list[Meeting]) -> Iterator[dict[str, Any]]:
    for each in meetings:
        is_reviewed = random.random() < 0.6
        yield (
            {"state": "REVIEWED", "meeting": each}
            if is_reviewed
            else {"state": random.choice(["WAITING", "LEFT"])}
        )


def _ballot(random: Random, meeting: Meeting, accounts: list[Account]) -> Ballot:
    state = random.choice(list(Ballot.State))
    is_entered, is_locked = state != "COUNTING", state == "LOCKED"
    return Ballot(
        meeting=meeting, kind="LEVELS", state=state,
        convoked=random.choice([5, 6]), present=1, issued=1,
        returned=1, valid=1,
        entered_by=accounts[0] if is_entered else None,
        confirmed_by=accounts[1] if is_locked else None,
        locked_at=NOW if is_locked else None,
    )  # fmt: skip
