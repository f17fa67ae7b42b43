"""Who sees which rows, worked out once more: slow, plain, from nothing but the tables.

Tests compare `visible_to` and row-level security with this; it shares no line of code
with either.
"""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from campaigns.models import (
    Attendance,
    CampaignBody,
    CampaignUnit,
    CoChair,
    Commendation,
    Digest,
    Discipline,
    Essay,
    Inspection,
    LateChange,
    Meeting,
    MeetingDraft,
    MeetingGuest,
    MeetingTask,
    Minutes,
    MinutesCorrection,
    Participant,
    PersonalExtension,
    Placement,
    Pledge,
    PledgeAnswer,
    PledgeCheck,
    PledgeDraft,
    PledgeItem,
    PledgeText,
    Programme,
    Reminder,
    StudyAttendance,
    StudySession,
    TeamMember,
    TeamVisit,
    WorkingTeam,
)
from members.models import (
    Account,
    ActivityPause,
    CorrectionRequest,
    Event,
    Member,
    Membership,
    PartyUnit,
    Post,
    ReasonedReading,
    RollImport,
    Transfer,
)
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
    Decision,
    DecisionLine,
    LevelNotice,
    LevelRequest,
    LevelRevision,
    NamedPerson,
    Opinion,
    OpinionEntry,
    OpinionRequest,
    Proposal,
    Remark,
    RemediationCheck,
    RemediationItem,
    RemediationPlan,
    RemediationStep,
    ResidenceExemption,
    ResultsImport,
    ReviewOccasion,
    ReviewSuggestion,
    SaidVersion,
    SelfReview,
    SelfReviewAnswer,
    SelfReviewDraft,
    SelfReviewStatement,
    SelfReviewText,
    Teller,
    UnitFile,
)

COMMITTEES = ("SECRETARY", "DEPUTY_SECRETARY", "COMMITTEE_MEMBER")
CELLS = ("CELL", "GRASSROOTS_CELL")
GRASSROOTS = ("GRASSROOTS_COMMITTEE", "SUB_GRASSROOTS", "SECTIONAL")
# docs/policy.md § 3, the areas of which rows are told here: "all" is the subtree.
WIDE = {
    "CLERK": {
        "FIGURES": "all", "ROLL": "all", "ROLL_EDIT": "all", "ROLL_IMPORT": "all",
        "IMPORT": "all", "CAMPAIGN": "all", "WORK": "all", "WORK_EDIT": "unit",
        "RECORDS": "all", "RECORDS_EDIT": "all",
    },
    "cell": {
        "FIGURES": "unit", "ROLL": "unit", "ROLL_EDIT": "unit", "LEVELS": "unit",
        "TEXTS": "unit", "PLEDGES": "unit", "WORK": "unit", "WORK_EDIT": "unit",
        "RECORDS": "unit", "RECORDS_EDIT": "unit",
    },
    "grassroots": {
        "FIGURES": "all", "ROLL": "all", "LEVELS": "all", "CAMPAIGN": "all",
        "WORK": "all", "WORK_EDIT": "unit", "RECORDS": "all", "RECORDS_EDIT": "unit",
    },
    "upper": {
        "FIGURES": "all", "CAMPAIGN": "all", "WORK": "all", "WORK_EDIT": "unit",
        "RECORDS": "all", "RECORDS_EDIT": "unit",
    },
    "ORGANISATION_DEPARTMENT": {
        "FIGURES": "all", "WORK": "all", "RECORDS": "all", "RECORDS_EDIT": "unit",
    },
    "INSPECTION_COMMISSION": {
        "FIGURES": "all", "WORK": "all", "RECORDS": "all", "RECORDS_EDIT": "unit",
    },
    "WORKING_TEAM": {"FIGURES": "unit", "WORK": "unit"},
}  # fmt: skip
TABLES = (
    Account,
    ActivityPause,
    Attendance,
    Ballot,
    BallotDraft,
    BallotLine,
    CampaignBody,
    CampaignUnit,
    Commendation,
    CorrectionRequest,
    Digest,
    Discipline,
    CoChair,
    Essay,
    Event,
    Inspection,
    LateChange,
    Meeting,
    MeetingDraft,
    MeetingGuest,
    MeetingTask,
    Member,
    Membership,
    Minutes,
    MinutesCorrection,
    Participant,
    PartyUnit,
    PersonalExtension,
    Placement,
    Pledge,
    PledgeAnswer,
    PledgeCheck,
    PledgeDraft,
    PledgeItem,
    PledgeText,
    Post,
    Programme,
    Proposal,
    ReasonedReading,
    Remark,
    Reminder,
    ResultsImport,
    ReviewOccasion,
    ReviewSuggestion,
    SelfReview,
    SelfReviewAnswer,
    SelfReviewDraft,
    SaidVersion,
    SelfReviewStatement,
    SelfReviewText,
    RollImport,
    StudyAttendance,
    StudySession,
    TeamMember,
    TeamVisit,
    Teller,
    Transfer,
    UnitFile,
    WorkingTeam,
    CollectiveRemark,
    CollectiveReport,
    CollectiveReportAnswer,
    CollectiveReportDraft,
    CollectiveReportStatement,
    CollectiveReportText,
    CollectiveSaidVersion,
    CollectiveSuggestion,
    CollectiveTurn,
    Decision,
    DecisionLine,
    LevelNotice,
    LevelRequest,
    LevelRevision,
    NamedPerson,
    RemediationCheck,
    RemediationItem,
    RemediationPlan,
    RemediationStep,
    Opinion,
    OpinionEntry,
    OpinionRequest,
    ResidenceExemption,
)


class World:
    """All rows of a small world, read once."""

    def __init__(self) -> None:
        self.rows = {
            model.__name__: {row["id"]: row for row in model.objects.values()}
            for model in TABLES
        }
        self.today = timezone.localdate(timezone=ZoneInfo("Asia/Ho_Chi_Minh"))

    def seen_by(self, account_id: int) -> dict[str, set[int]]:
        """The numbers of the rows that an account sees, by model."""
        return _Eyes(self, account_id).seen()


class _Eyes:
    def __init__(self, world: World, account_id: int) -> None:
        self.rows, self.today = world.rows, world.today
        self.account = self.rows["Account"][account_id]
        self.member = self.account["member_id"] if self.account["is_active"] else None
        is_out = not self.account["is_active"] or self.account["is_technical"]
        self.posts = [] if is_out else [*filter(self.holds, self.rows["Post"].values())]

    def holds(self, post: dict[str, Any]) -> bool:
        mine = post["account_id"] == self.account["id"] or (
            post["member_id"] is not None and post["member_id"] == self.member
        )
        over: date | None = post["ends_on"]
        return (
            mine
            and post["ended_at"] is None
            and post["from_on"] <= self.today
            and (over is None or over >= self.today)
        )

    def seen(self) -> dict[str, set[int]]:
        return {
            name: {pk for pk, row in self.rows[name].items() if sees(row)}
            for name, sees in {
                "Member": self.sees_member,
                "Membership": lambda row: (
                    self.is_me(row) or self.reaches("ROLL", row["unit_id"])
                ),
                "ActivityPause": lambda row: self.sees_member(
                    self.rows["Member"][row["member_id"]]
                ),
                "Transfer": lambda row: (
                    self.is_me(row)
                    or self.reaches("ROLL", row["source_id"])
                    or self.reaches("ROLL", row["target_id"])
                ),
                "Post": self.sees_act,
                "Event": self.sees_act,
                "ResultsImport": lambda row: self.reaches("IMPORT", row["within_id"]),
                "RollImport": lambda row: self.reaches("ROLL_IMPORT", row["within_id"]),
                "CorrectionRequest": self.sees_request,
                "ReasonedReading": self.sees_reading,
                "Inspection": self.sees_record,
                "Discipline": self.sees_record,
                "Commendation": self.sees_record,
                "Placement": self.sees_placement,
                "Participant": self.sees_participant,
                "Attendance": self.sees_of_meeting,
                "MeetingTask": self.sees_of_meeting,
                "Teller": self.sees_of_meeting,
                "ReviewOccasion": self.sees_occasion,
                "Remark": lambda row: self.sees_remark(
                    self.rows["ReviewOccasion"][row["occasion_id"]]
                ),
                "Ballot": self.sees_ballot,
                "BallotLine": lambda row: self.sees_ballot(
                    self.rows["Ballot"][row["ballot_id"]]
                ),
                "BallotDraft": lambda row: (
                    row["account_id"] == self.account["id"]
                    and self.counts(self.rows["Ballot"][row["ballot_id"]])
                ),
                "MeetingDraft": lambda row: (
                    row["account_id"] == self.account["id"]
                    and self.keeps(row["meeting_id"])
                ),
                "MeetingGuest": lambda row: self.reads_meeting(row["meeting_id"]),
                "Minutes": self.sees_minutes,
                "MinutesCorrection": lambda row: self.sees_minutes(
                    self.rows["Minutes"][row["minutes_id"]]
                ),
                "LateChange": lambda row: self.sees_participant(
                    self.rows["Participant"][row["participant_id"]]
                ),
                "StudyAttendance": lambda row: (
                    self.is_of_me(row)
                    or self.works("WORK_EDIT", "StudySession", row["session_id"])
                ),
                "Essay": lambda row: (
                    self.is_of_me(row) or self.reaches_frozen("WORK_EDIT", row)
                ),
                "CoChair": lambda row: (
                    self.is_me(row)
                    or self.works("WORK", "Programme", row["programme_id"])
                ),
                "TeamMember": lambda row: (
                    self.works("WORK", "WorkingTeam", row["team_id"])
                    or any(
                        visit["team_id"] == row["team_id"]
                        and self.reaches_frozen("WORK", visit)
                        for visit in self.rows["TeamVisit"].values()
                    )
                ),
                "PersonalExtension": self.sees_longer_time,
                "Reminder": self.sees_reminder,
                "Digest": lambda row: row["account_id"] == self.account["id"],
                "Pledge": self.sees_pledge,
                "PledgeDraft": self.sees_draft,
                "PledgeText": self.sees_text,
                "PledgeAnswer": lambda row: self.sees_text(
                    self.rows["PledgeText"][row["text_id"]]
                ),
                "PledgeItem": self.sees_item,
                "SelfReview": self.sees_pledge,
                "SelfReviewDraft": self.sees_draft,
                "SelfReviewText": self.sees_self_review_text,
                "SelfReviewAnswer": lambda row: self.sees_self_review_text(
                    self.rows["SelfReviewText"][row["text_id"]]
                ),
                "ReviewSuggestion": lambda row: self.is_or_reaches(
                    "LEVELS", row["participant_id"]
                ),
                "CollectiveReport": self.sees_of_body,
                "CollectiveReportDraft": lambda row: self.works(
                    "WORK_EDIT", "CampaignBody", row["body_id"]
                ),
                "CollectiveReportText": self.sees_report_text,
                "CollectiveReportAnswer": lambda row: self.sees_report_text(
                    self.rows["CollectiveReportText"][row["text_id"]]
                ),
                "CollectiveReportStatement": lambda row: self.sees_report_text(
                    self.rows["CollectiveReportText"][row["text_id"]]
                ),
                "SaidVersion": lambda row: self.sees_occasion(
                    self.rows["ReviewOccasion"][row["occasion_id"]]
                ),
                "SelfReviewStatement": lambda row: self.sees_occasion(
                    self.rows["ReviewOccasion"][row["occasion_id"]]
                ),
                "CollectiveSuggestion": self.sees_of_body,
                "CollectiveTurn": self.sees_collective_turn,
                "CollectiveSaidVersion": lambda row: self.sees_collective_turn(
                    self.rows["CollectiveTurn"][row["turn_id"]]
                ),
                "CollectiveRemark": lambda row: self.sees_collective_turn(
                    self.rows["CollectiveTurn"][row["turn_id"]]
                ),
                "Proposal": lambda row: self.is_or_reaches(
                    "LEVELS", row["participant_id"]
                ),
                "DecisionLine": lambda row: self.is_or_reaches(
                    "LEVELS", row["participant_id"]
                ),
                "Decision": self.sees_decision,
                "LevelNotice": lambda row: self.is_or_reaches(
                    "LEVELS", row["participant_id"]
                ),
                "LevelRequest": self.sees_level_request,
                "LevelRevision": self.sees_revision,
                "UnitFile": lambda row: self.reaches_frozen("LEVELS", row),
                "RemediationPlan": self.sees_plan,
                "RemediationItem": self.sees_of_plan,
                "RemediationStep": self.sees_of_plan,
                "RemediationCheck": lambda row: self.sees_of_plan(
                    self.rows["RemediationItem"][row["item_id"]]
                ),
                "NamedPerson": lambda row: (
                    self.is_me(row)
                    or self.sees_of_plan(self.rows["RemediationItem"][row["item_id"]])
                ),
                "Opinion": self.sees_opinion,
                "OpinionEntry": lambda row: self.sees_opinion(
                    self.rows["Opinion"][row["opinion_id"]]
                ),
                "OpinionRequest": self.sees_opinion_request,
                "ResidenceExemption": lambda row: self.is_or_reaches(
                    "LEVELS", row["participant_id"]
                ),
                "PledgeCheck": lambda row: self.sees_item(
                    self.rows["PledgeItem"][row["item_id"]]
                ),
            }.items()
        }

    def is_me(self, row: dict[str, Any]) -> bool:
        return self.member is not None and row["member_id"] == self.member

    def sees_member(self, row: dict[str, Any]) -> bool:
        return row["id"] == self.member or any(
            each["member_id"] == row["id"]
            and each["until_on"] is None
            and self.reaches("ROLL", each["unit_id"])
            for each in self.rows["Membership"].values()
        )

    def sees_act(self, row: dict[str, Any]) -> bool:
        return (
            self.is_me(row)
            or row["account_id"] == self.account["id"]
            or self.reaches("FIGURES", row["unit_id"])
        )

    def sees_request(self, row: dict[str, Any]) -> bool:
        return self.is_me(row) or self.keeps_member("ROLL_EDIT", row["member_id"])

    def keeps_member(self, area: str, member_id: int | None) -> bool:
        """Whether somebody is on a roll that is reached in an area."""
        return any(
            each["member_id"] == member_id
            and each["until_on"] is None
            and each["kind"] == "OFFICIAL"
            and self.reaches(area, each["unit_id"])
            for each in self.rows["Membership"].values()
        )

    def sees_reading(self, row: dict[str, Any]) -> bool:
        above = self.rows["PartyUnit"][row["unit_id"]]["parent_id"]
        is_shown = row["opened_at"] is not None and row["shown_from"] <= self.today
        is_of_my_commission = row["is_inspection"] and any(
            post["role"] == "INSPECTION_COMMISSION"
            and post["unit_id"] == row["unit_id"]
            for post in self.posts
        )
        return (
            row["account_id"] == self.account["id"]
            or (self.is_me(row) and is_shown)
            or is_of_my_commission
            or self.reaches("FIGURES", above, by=("all",))
        )

    def sees_pledge(self, row: dict[str, Any]) -> bool:
        return self.is_or_reaches("TEXTS", row["participant_id"])

    def sees_draft(self, row: dict[str, Any]) -> bool:
        person = self.rows["Participant"][row["participant_id"]]
        return self.is_me(person) or (
            row["is_on_behalf"] and self.is_or_reaches("PLEDGES", person["id"])
        )

    def sees_text(self, row: dict[str, Any]) -> bool:
        return self.sees_pledge(self.rows["Pledge"][row["pledge_id"]])

    def sees_self_review_text(self, row: dict[str, Any]) -> bool:
        return self.sees_pledge(self.rows["SelfReview"][row["self_review_id"]])

    def sees_decision(self, row: dict[str, Any]) -> bool:
        return (
            self.reaches_frozen("LEVELS", row)
            or any(
                line["decision_id"] == row["id"]
                and self.is_or_reaches("LEVELS", line["participant_id"])
                for line in self.rows["DecisionLine"].values()
            )
            or any(
                each["decision_id"] == row["id"] and sees(each)
                for model, sees in (
                    ("LevelRequest", self.sees_level_request),
                    ("LevelRevision", self.sees_revision),
                )
                for each in self.rows[model].values()
            )
        )

    def sees_level_request(self, row: dict[str, Any]) -> bool:
        """Of me, or for a committee of the very unit in which I have a post."""
        unit = self.rows["CampaignUnit"][row["goes_to_id"]]
        return self.is_of_me(row) or self.is_committee_of(unit["custodian_id"])

    def is_committee_of(self, unit_id: int | None) -> bool:
        return any(
            post["unit_id"] == unit_id
            and self.standing(post) in ("grassroots", "upper")
            for post in self.posts
        )

    def sees_revision(self, row: dict[str, Any]) -> bool:
        asked = self.rows["LevelRequest"].get(row["request_id"])
        return self.is_or_reaches("LEVELS", row["participant_id"]) or (
            asked is not None and self.sees_level_request(asked)
        )

    def sees_plan(self, row: dict[str, Any]) -> bool:
        """Of me; given to whom I keep; of a unit whose work I record; sent to me."""
        is_given = row["state"] != "DRAFT" or row["signed_on"] is not None
        return (
            self.is_me(row)
            or (is_given and self.keeps_member("PLEDGES", row["member_id"]))
            or (
                row["unit_id"] is not None and self.reaches("WORK_EDIT", row["unit_id"])
            )
            or self.is_committee_of(row["goes_to_id"])
        )

    def decides_for(self, unit_id: int) -> bool:
        """As a committee that reads the texts of those on whom its unit decides."""
        custodian = self.rows["CampaignUnit"][unit_id]["custodian_id"]
        return any(
            post["unit_id"] == custodian and self.standing(post) == "grassroots"
            for post in self.posts
        )

    def sees_opinion(self, row: dict[str, Any]) -> bool:
        """On me, on whom I read texts, on a collective that I read; as who decides."""
        if self.decides_for(row["goes_to_id"]):
            return True
        if row["participant_id"] is None:
            return self.sees_of_body(row)
        return self.is_or_reaches("TEXTS", row["participant_id"])

    def sees_opinion_request(self, row: dict[str, Any]) -> bool:
        return (
            self.reaches_frozen("PLEDGES", row)
            or self.decides_for(row["goes_to_id"])
            or any(
                each["request_id"] == row["id"] and self.sees_opinion(each)
                for each in self.rows["Opinion"].values()
            )
        )

    def sees_of_plan(self, row: dict[str, Any]) -> bool:
        return self.sees_plan(self.rows["RemediationPlan"][row["plan_id"]])

    def sees_item(self, row: dict[str, Any]) -> bool:
        return self.sees_text(self.rows["PledgeText"][row["sent_id"]])

    def is_or_reaches(self, area: str, participant_id: int) -> bool:
        return self.is_me(self.rows["Participant"][participant_id]) or any(
            each["participant_id"] == participant_id
            and each["until_on"] is None
            and self.reaches_frozen(area, each)
            for each in self.rows["Placement"].values()
        )

    def sees_record(self, row: dict[str, Any]) -> bool:
        if self.is_me(row):
            return row["document"] != ""
        if self.reaches("RECORDS_EDIT", row["unit_id"]):
            return True
        return row["document"] != "" and (
            self.reaches("RECORDS", row["unit_id"])
            or self.reaches("RECORDS", row["subject_id"])
        )

    def is_of_me(self, row: dict[str, Any]) -> bool:
        return self.is_me(self.rows["Participant"][row["participant_id"]])

    def works(self, area: str, model: str, pk: int) -> bool:
        return self.reaches_frozen(area, self.rows[model][pk])

    def sees_placement(self, row: dict[str, Any]) -> bool:
        return self.reaches_frozen("LEVELS", row)

    def sees_of_meeting(self, row: dict[str, Any]) -> bool:
        """Rows about a person at a meeting: who keeps it, and the person."""
        return self.takes_part(row["participant_id"]) or self.keeps(row["meeting_id"])

    def sees_occasion(self, row: dict[str, Any]) -> bool:
        return self.takes_part(row["participant_id"]) or self.sees_remark(row)

    def sees_remark(self, occasion: dict[str, Any]) -> bool:
        """Who keeps the meeting; once it is published, who reads the person's texts."""
        is_kept = self.works("WORK_EDIT", "CampaignBody", occasion["body_id"])
        return is_kept or (
            occasion["state"] == "REVIEWED"
            and self.is_or_reaches("TEXTS", occasion["participant_id"])
        )

    def sees_ballot(self, row: dict[str, Any]) -> bool:
        """Who keeps the meeting, its tellers; locked and of many also from above."""
        meeting = self.rows["Meeting"][row["meeting_id"]]
        is_shown_above = row["state"] == "LOCKED" and row["convoked"] > 5
        return (
            self.keeps(row["meeting_id"])
            or self.counts(row)
            or (is_shown_above and self.reaches_frozen("LEVELS", meeting))
        )

    def counts(self, row: dict[str, Any]) -> bool:
        """Whether one is a teller of a round that is not locked."""
        return row["state"] != "LOCKED" and any(
            each["meeting_id"] == row["meeting_id"]
            and self.takes_part(each["participant_id"])
            for each in self.rows["Teller"].values()
        )

    def sees_minutes(self, row: dict[str, Any]) -> bool:
        kind = self.rows["Meeting"][row["meeting_id"]]["kind"]
        speaks_of_persons = kind in ("SELF_CRITICISM", "REVIEW")
        return self.keeps(row["meeting_id"]) or (
            row["signed_on"] is not None
            and not speaks_of_persons
            and self.reads_meeting(row["meeting_id"])
        )

    def keeps(self, meeting_id: int) -> bool:
        unit_id = self.rows["Meeting"][meeting_id]["unit_id"]
        return self.reaches_frozen("WORK_EDIT", {"unit_id": unit_id})

    def sees_of_body(self, row: dict[str, Any]) -> bool:
        return self.reads_work(self.rows["CampaignBody"][row["body_id"]]["unit_id"])

    def sees_collective_turn(self, row: dict[str, Any]) -> bool:
        is_kept = self.works("WORK_EDIT", "CampaignBody", row["body_id"])
        return is_kept or (row["is_recorded"] and self.sees_of_body(row))

    def sees_report_text(self, row: dict[str, Any]) -> bool:
        report = self.rows["CollectiveReport"][row["collective_report_id"]]
        return self.sees_of_body(report)

    def reads_meeting(self, meeting_id: int) -> bool:
        return self.reads_work(self.rows["Meeting"][meeting_id]["unit_id"])

    def reads_work(self, unit_id: int) -> bool:
        """By a post, or as somebody who is placed just there."""
        return self.reaches_frozen("WORK", {"unit_id": unit_id}) or any(
            self.takes_part(each["participant_id"])
            and each["unit_id"] == unit_id
            and each["until_on"] is None
            for each in self.rows["Placement"].values()
        )

    def takes_part(self, participant_id: int | None) -> bool:
        return participant_id is not None and self.is_me(
            self.rows["Participant"][participant_id]
        )

    def reaches_frozen(self, area: str, row: dict[str, Any]) -> bool:
        unit = self.rows["CampaignUnit"][row["unit_id"]]
        if self.reaches(area, unit["custodian_id"], by=("all",)):
            return True
        is_part = unit["custody_by_closing"] or any(
            above["live_unit_id"] == unit["custodian_id"] for above in self.above(unit)
        )
        return not is_part and self.reaches(area, unit["custodian_id"])

    def sees_participant(self, row: dict[str, Any]) -> bool:
        return self.is_me(row) or any(
            each["participant_id"] == row["id"]
            and each["until_on"] is None
            and self.sees_placement(each)
            for each in self.rows["Placement"].values()
        )

    def sees_longer_time(self, row: dict[str, Any]) -> bool:
        unit = self.rows["CampaignUnit"][row["unit_id"]]
        return self.reaches("CAMPAIGN", unit["custodian_id"]) or self.sees_participant(
            self.rows["Participant"][row["participant_id"]]
        )

    def sees_reminder(self, row: dict[str, Any]) -> bool:
        if row["participant_id"] is None:
            return row["account_id"] == self.account["id"]
        return self.takes_part(row["participant_id"]) or self.reaches_frozen(
            "PLEDGES", row
        )

    def above(self, unit: dict[str, Any]) -> list[dict[str, Any]]:
        found, parent = [], unit["parent_id"]
        while parent is not None:
            found.append(self.rows["CampaignUnit"][parent])
            parent = found[-1]["parent_id"]
        return found

    def reaches(
        self, area: str, unit_id: int | None, by: tuple[str, ...] = ("all", "unit")
    ) -> bool:
        line, above = [], unit_id
        while above is not None:
            line.append(above)
            above = self.rows["PartyUnit"][above]["parent_id"]
        for post in self.posts:
            how = WIDE.get(self.standing(post), {}).get(area)
            if how in by and post["unit_id"] in (line if how == "all" else line[:1]):
                return True
        return False

    def standing(self, post: dict[str, Any]) -> str:
        kind = self.rows["PartyUnit"][post["unit_id"]]["kind"]
        if post["role"] not in COMMITTEES:
            return post["role"]
        if kind in CELLS:
            return "cell"
        return "grassroots" if kind in GRASSROOTS else "upper"
