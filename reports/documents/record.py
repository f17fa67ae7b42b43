"""What a copy of one person's record is made of; every format prints the same rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from campaigns.models import Participant, Placement
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
class Record:
    """All that the system holds about one person."""

    member: Member
    cell: str  # on whose roll the person is; "" for none
    login: str  # of the account; "" without one
    memberships: Sequence[Membership]
    pauses: Sequence[ActivityPause]
    posts: Sequence[Post]
    charges: Mapping[int, Sequence[PostCharge]]  # by the key of the post
    transfers: Sequence[Transfer]
    results: Sequence[Result]
    concluded: Sequence[RecordRow]  # inspection, discipline, commendation
    requests: Sequence[CorrectionRequest]
    openings: Sequence[Act]
    acts: Sequence[Act]
    readings: Sequence[ReadingRow]  # for a stated reason, not withheld


def end_of(post: Post) -> date | None:
    """Return the last day of a post, as it was recorded or is set; None for none."""
    if post.ended_at:
        return localdate(post.ended_at)
    return post.ends_on
