"""What was asked to be corrected: by oneself, and of whoever keeps the roll."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from members.models import CorrectionRequest, Member, Membership

MOST_REQUESTS = 200


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request in a list; what it says stands on its own page."""

    url: str
    name: str
    cell: str
    subject: str
    asked_at: datetime
    due_on: date
    is_late: bool
    state: str
    answer: str


def request_rows(
    requests: QuerySet[CorrectionRequest], *, today: date
) -> list[RequestRow]:
    """Return the lines of requests that the caller got by a scope; one query."""
    current = Membership.objects.current().official()
    cell = current.filter(member=OuterRef("member")).values("unit__name")
    rows = requests.select_related("member").annotate(cell=Subquery(cell[:1]))
    return [
        RequestRow(
            url=reverse("members:correction_detail", args=[each.pk]),
            name=each.member.full_name,
            cell=each.cell or "",
            subject=each.get_subject_display(),
            asked_at=each.asked_at,
            due_on=each.due_on,
            is_late=each.is_late(today),
            state=each.get_state_display(),
            answer=each.answer,
        )
        for each in rows[:MOST_REQUESTS]
    ]


def requests_of(member: Member, *, today: date) -> list[RequestRow]:
    """Return what a person has asked for, the latest first; one query."""
    own = CorrectionRequest.objects.filter(member=member)
    return request_rows(own.order_by("-pk"), today=today)
