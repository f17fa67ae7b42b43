"""Readings with a reason, as a person sees them and as the level above does."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from members.models import Member, ReasonedReading
from members.policy import Role
from members.queries.posts import post_name
from members.row_security import Purpose, opened_for

MOST_READINGS = 200


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """Who read, in which post, why; of whom is shown to nobody but those concerned."""

    pk: int
    person: str
    at: datetime
    by: str
    post: str
    reason: str
    state: str
    may_open: bool
    is_extract: bool = False


def readings_of(member: Member, *, today: date) -> list[ReadingRow]:
    """Return what was read of a person and is not withheld; one query."""
    seen = ReasonedReading.objects.filter(member=member).shown_to_the_person(today)
    return reading_rows(seen)


@opened_for(Purpose.RESULTS)
def reading_rows(readings: QuerySet[ReasonedReading]) -> list[ReadingRow]:
    """Return the lines of readings that the caller got by a scope; one query."""
    rows = readings.select_related("member", "account", "post__unit").order_by("-pk")
    return [
        ReadingRow(
            pk=row.pk,
            person=row.member.full_name,
            at=row.opened_at or row.asked_at,
            by=str(row.account),
            post=post_name(row.post),
            reason=_why(row),
            state=_state(row),
            may_open=not row.closed_at
            and (not row.is_inspection or row.approved_at is not None),
            is_extract=row.post.role == Role.ORGANISATION_DEPARTMENT,
        )
        for row in rows[:MOST_READINGS]
    ]


def _why(row: ReasonedReading) -> str:
    if row.is_inspection:
        return _("Case %(number)s: %(reason)s") % {
            "number": row.case_number,
            "reason": row.reason,
        }
    return row.reason


def _state(row: ReasonedReading) -> str:
    if row.closed_at:
        return _("Case closed")
    if row.is_inspection and row.approved_at is None:
        return _("Waits for a second of the commission")
    return _("Was read") if row.opened_at else _("Not read yet")
