"""What a copy of one person's record is made of; every format prints the same rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from campaigns.form_definitions import FormDefinition
from campaigns.models import (
    Attendance,
    CellAnswer,
    CoChair,
    Digest,
    DraftByPerson,
    Essay,
    LateChange,
    MeetingTask,
    Participant,
    PersonalExtension,
    PersonKind,
    Placement,
    PledgeCheck,
    PledgeItem,
    ProgrammeItem,
    Reminder,
    StudyAttendance,
    TextByPerson,
    WrittenByPerson,
)
from campaigns.queries.records import RecordRow
from members.models import (
    ActivityPause,
    CorrectionRequest,
    Member,
    Membership,
    Post,
    PostCharge,
    Transfer,
)
from members.queries.readings import ReadingRow
from reviews.models import (
    DecisionLine,
    LevelNotice,
    LevelRequest,
    LevelRevision,
    NamedPerson,
    Opinion,
    OpinionEntry,
    Proposal,
    Remark,
    RemediationCheck,
    RemediationItem,
    RemediationPlan,
    RemediationStep,
    ResidenceExemption,
    ReviewOccasion,
    ReviewSuggestion,
    SaidVersion,
    SelfReviewStatement,
    Teller,
    UnreviewedReason,
)


@dataclass(frozen=True, slots=True)
class Result:
    """One campaign in which the person took part, and where they were in it."""

    participant: Participant
    placements: tuple[Placement, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did to the record, or that they opened it."""

    at: datetime
    action: str
    by: str
    post: str


@dataclass(frozen=True, slots=True)
class ItemKept:
    """One item of a pledge with everything that was found of it, reports included."""

    item: PledgeItem
    checks: tuple[PledgeCheck, ...]


@dataclass(frozen=True, slots=True)
class TextKept:
    """One text that was sent, with what the cell said to it; a pledge's with its items."""

    text: TextByPerson
    answer: CellAnswer | None
    items: tuple[ItemKept, ...] = ()


@dataclass(frozen=True, slots=True)
class WrittenKept:
    """A pledge or a self-review with all its texts, the first one first."""

    document: WrittenByPerson
    texts: tuple[TextKept, ...]


@dataclass(frozen=True, slots=True)
class DraftKept:
    """What is being written, in which kind and form."""

    kind: PersonKind
    draft: DraftByPerson
    form: FormDefinition


@dataclass(frozen=True, slots=True)
class Kept:
    """What campaigns keep of the person beside the results."""

    pledges: Sequence[WrittenKept]
    self_reviews: Sequence[WrittenKept]
    drafts: Sequence[DraftKept]
    attendance: Sequence[Attendance]
    tasks: Sequence[MeetingTask]
    study: Sequence[StudyAttendance]
    essays: Sequence[Essay]
    answers_for: Sequence[ProgrammeItem]
    co_chairs: Sequence[CoChair]
    suggestions: Sequence[ReviewSuggestion]
    occasions: Sequence[ReviewOccasion]
    remarks: Sequence[Remark]
    said_versions: Sequence[SaidVersion]
    statements: Sequence[SelfReviewStatement]
    tellers: Sequence[Teller]
    proposals: Sequence[Proposal]
    decisions: Sequence[DecisionLine]
    level_notices: Sequence[LevelNotice]
    level_requests: Sequence[LevelRequest]
    level_revisions: Sequence[LevelRevision]
    unreviewed_reasons: Sequence[UnreviewedReason]
    opinions: Sequence[Opinion]
    opinion_entries: Sequence[OpinionEntry]
    residence_exemptions: Sequence[ResidenceExemption]
    remediation_plans: Sequence[RemediationPlan]
    remediation_items: Sequence[RemediationItem]
    remediation_checks: Sequence[RemediationCheck]
    remediation_steps: Sequence[RemediationStep]
    named_responsible: Sequence[NamedPerson]
    longer_times: Sequence[PersonalExtension]
    late_changes: Sequence[LateChange]
    reminders: Sequence[Reminder]
    emails: Sequence[Digest]


@dataclass(frozen=True, slots=True)
class Record:
    """All that the system holds about one person."""

    member: Member
    cell: str  # on whose roll the person is; "" for none
    login: str  # of the account; "" without one
    email: str  # the same
    memberships: Sequence[Membership]
    pauses: Sequence[ActivityPause]
    posts: Sequence[Post]
    charges: Mapping[int, Sequence[PostCharge]]  # by the key of the post
    transfers: Sequence[Transfer]
    results: Sequence[Result]
    kept: Kept
    concluded: Sequence[RecordRow]  # inspection, discipline, commendation, departure
    requests: Sequence[CorrectionRequest]
    openings: Sequence[Act]
    acts: Sequence[Act]
    readings: Sequence[ReadingRow]  # for a stated reason, not withheld
