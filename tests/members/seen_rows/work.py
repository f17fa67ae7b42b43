"""Who takes part in a campaign, and units' work that names people."""

from campaigns.models import (
    CampaignUnit,
    CoChair,
    Digest,
    Essay,
    LateChange,
    Participant,
    PersonalExtension,
    Placement,
    Programme,
    Reminder,
    StudyAttendance,
    StudySession,
    TeamMember,
    TeamVisit,
    WorkingTeam,
)
from tests.members.seen_rows.eyes import Eyes, Row, like


def sees_participant(eyes: Eyes, row: Row) -> bool:
    return (
        eyes.is_me(row)
        or any(
            each["participant_id"] == row["id"]
            and each["until_on"] is None
            and eyes.sees(Placement, each["id"])
            for each in eyes.rows[Placement].values()
        )
        or eyes.decides("LEVELS", row["id"])
    )


def sees_longer_time(eyes: Eyes, row: Row) -> bool:
    unit = eyes.rows[CampaignUnit][row["unit_id"]]
    return eyes.reaches("CAMPAIGN", unit["custodian_id"]) or eyes.sees(
        Participant, row["participant_id"]
    )


def sees_team_member(eyes: Eyes, row: Row) -> bool:
    return eyes.works("WORK", WorkingTeam, row["team_id"]) or any(
        visit["team_id"] == row["team_id"] and eyes.reaches_frozen("WORK", visit)
        for visit in eyes.rows[TeamVisit].values()
    )


def sees_reminder(eyes: Eyes, row: Row) -> bool:
    if row["participant_id"] is None:
        return row["account_id"] == eyes.account["id"]
    return eyes.is_of_me(row) or eyes.reaches_frozen("PLEDGES", row)


SEES = {
    Placement: lambda eyes, row: (
        eyes.reaches_frozen("LEVELS", row)
        or eyes.decides("LEVELS", row["participant_id"])
    ),
    Participant: sees_participant,
    LateChange: like(Participant, "participant_id"),
    PersonalExtension: sees_longer_time,
    StudyAttendance: lambda eyes, row: (
        eyes.is_of_me(row) or eyes.works("WORK_EDIT", StudySession, row["session_id"])
    ),
    Essay: lambda eyes, row: (
        eyes.is_of_me(row) or eyes.reaches_frozen("WORK_EDIT", row)
    ),
    CoChair: lambda eyes, row: (
        eyes.is_me(row) or eyes.works("WORK", Programme, row["programme_id"])
    ),
    TeamMember: sees_team_member,
    Reminder: sees_reminder,
    Digest: lambda eyes, row: row["account_id"] == eyes.account["id"],
}
