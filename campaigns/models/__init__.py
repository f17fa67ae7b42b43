"""Campaigns: plans, and frozen worlds of units, bodies, people and tallies."""

from campaigns.models.attached import Attached, Scan
from campaigns.models.bodies import CampaignBody
from campaigns.models.campaign import Campaign, CampaignUnit
from campaigns.models.checks import CheckRound, PledgeCheck
from campaigns.models.conferences import (
    ConferenceDelegation,
    ConferenceTask,
    SummaryConference,
)
from campaigns.models.criteria import CriteriaSet, Criterion
from campaigns.models.extensions import Extension, PersonalExtension
from campaigns.models.inspecting import InspectionProgramme, PlannedInspection
from campaigns.models.items import MeasuredItem
from campaigns.models.meeting_drafts import MeetingDraft
from campaigns.models.meeting_people import Attendance, MeetingTask
from campaigns.models.meetings import AgendaItem, Meeting, MeetingGuest
from campaigns.models.minutes import Minutes, MinutesCorrection
from campaigns.models.parts import PlanPart
from campaigns.models.peaks import Peak, PeakDay
from campaigns.models.people import LateChange, Participant, Placement
from campaigns.models.phases import Phase
from campaigns.models.plans import (
    ContentItem,
    ForeseenBody,
    PlanDocument,
    PlanTask,
    WantedReminder,
)
from campaigns.models.pledges import (
    PLEDGES,
    Pledge,
    PledgeAnswer,
    PledgeDraft,
    PledgeItem,
    PledgeSetup,
    PledgeText,
)
from campaigns.models.programmes import (
    CoChair,
    DirectionRequest,
    Programme,
    ProgrammeCheck,
    ProgrammeItem,
    ProgrammeReply,
)
from campaigns.models.progress import ProgressDay
from campaigns.models.ratings import MeetingRating, MeetingSheet
from campaigns.models.records import (
    Commendation,
    Departure,
    Discipline,
    Inspection,
    Record,
)
from campaigns.models.reminders import Digest, Reminder
from campaigns.models.study import (
    Essay,
    StudyAttendance,
    StudyDocument,
    StudySession,
)
from campaigns.models.tally import (
    COUNTED,
    LEVEL_COLUMNS,
    REASON_COLUMNS,
    STATUS_COLUMNS,
    Tally,
)
from campaigns.models.unit_records import (
    Activity,
    Draft,
    DraftComment,
    InternalRule,
    Recommendation,
    SupervisionFinding,
    TeamMember,
    TeamVisit,
    WorkingTeam,
)
from campaigns.models.written import (
    Author,
    CellAnswer,
    DraftByPerson,
    OfWrittenQuerySet,
    PersonKind,
    SentText,
    TextAnswer,
    TextByPerson,
    Written,
    WrittenByPerson,
    WrittenDraft,
    WrittenKind,
    WrittenQuerySet,
    ever_by,
    level_of,
)

__all__ = [
    "COUNTED",
    "LEVEL_COLUMNS",
    "PLEDGES",
    "REASON_COLUMNS",
    "STATUS_COLUMNS",
    "Activity",
    "AgendaItem",
    "Attached",
    "Attendance",
    "Author",
    "Campaign",
    "CampaignBody",
    "CampaignUnit",
    "CellAnswer",
    "CheckRound",
    "CoChair",
    "Commendation",
    "ConferenceDelegation",
    "ConferenceTask",
    "ContentItem",
    "CriteriaSet",
    "Criterion",
    "Departure",
    "Digest",
    "DirectionRequest",
    "Discipline",
    "Draft",
    "DraftByPerson",
    "DraftComment",
    "Essay",
    "Extension",
    "ForeseenBody",
    "Inspection",
    "InspectionProgramme",
    "InternalRule",
    "LateChange",
    "MeasuredItem",
    "Meeting",
    "MeetingDraft",
    "MeetingGuest",
    "MeetingRating",
    "MeetingSheet",
    "MeetingTask",
    "Minutes",
    "MinutesCorrection",
    "OfWrittenQuerySet",
    "Participant",
    "Peak",
    "PeakDay",
    "PersonKind",
    "PersonalExtension",
    "Phase",
    "Placement",
    "PlanDocument",
    "PlanPart",
    "PlanTask",
    "PlannedInspection",
    "Pledge",
    "PledgeAnswer",
    "PledgeCheck",
    "PledgeDraft",
    "PledgeItem",
    "PledgeSetup",
    "PledgeText",
    "Programme",
    "ProgrammeCheck",
    "ProgrammeItem",
    "ProgrammeReply",
    "ProgressDay",
    "Recommendation",
    "Record",
    "Reminder",
    "Scan",
    "SentText",
    "StudyAttendance",
    "StudyDocument",
    "StudySession",
    "SummaryConference",
    "SupervisionFinding",
    "Tally",
    "TeamMember",
    "TeamVisit",
    "TextAnswer",
    "TextByPerson",
    "WantedReminder",
    "WorkingTeam",
    "Written",
    "WrittenByPerson",
    "WrittenDraft",
    "WrittenKind",
    "WrittenQuerySet",
    "ever_by",
    "level_of",
]
