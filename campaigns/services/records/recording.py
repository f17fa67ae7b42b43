"""What every record shares: to whom the act is, who may record it, and its event."""

from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Commendation, Departure, Discipline, Record
from campaigns.queries.record_subjects import Subject
from members import events
from members.models import Membership, PartyUnit
from members.paths import is_within
from members.policy import Actor, Area
from members.row_security import Purpose, opened_for


class RecordRefused(Exception):
    """The record cannot be like this; the text says why, `column` where it stands."""

    def __init__(self, text: str, column: str | None = None) -> None:
        super().__init__(text)
        self.column = column


@opened_for(Purpose.LOOK_UP)
def subject_on(unit: PartyUnit, subject: Subject, day: date) -> Subject:
    """Return the subject as it was on a day: of a member the cell of that day.

    Raises: RecordRefused for whoever is not below the unit, or was on no roll there.
    """
    if not is_within(subject.unit.path, unit.path):
        raise RecordRefused(_("This organisation does not stand below the unit."))
    if subject.member is None:
        return subject
    belonged = (
        Membership.objects.official()
        .filter(Q(from_on__isnull=True) | Q(from_on__lte=day), member=subject.member)
        .filter(Q(until_on__isnull=True) | Q(until_on__gte=day))
        .select_related("unit")
    )
    for each in belonged.order_by("-pk"):
        if is_within(each.unit.path, unit.path):
            return Subject(each.unit, subject.member)
    raise RecordRefused(
        _("On this day the person was on no roll of the unit or below it."), "on"
    )


@opened_for(Purpose.LOOK_UP)
def subject_of(record: Record) -> Subject:
    """Return whom a record is about; not everybody who keeps it reads the roll."""
    return Subject(record.subject, record.member)


def refuse_own_case(subject: Subject, actor: Actor) -> None:
    """Refuse that somebody records, or corrects, what is about themselves.

    Raises: RecordRefused.
    """
    if subject.member is not None and subject.member.pk == actor.member_id:
        raise RecordRefused(_("Nobody records what is about themselves."))


def place(
    row: Discipline | Commendation | Departure,
    subject: Subject,
    actor: Actor,
    now: datetime,
) -> None:
    """Write to whom the act is, as of its day; the row is not saved here.

    Raises: RecordRefused for the own case, a day to come, whoever was elsewhere then.
    """
    refuse_own_case(subject, actor)
    refuse_days_to_come(row.on, now, "on")
    found = subject_on(row.unit, subject, row.on)
    row.subject, row.member = found.unit, found.member


def refuse_days_to_come(day: date | None, now: datetime, column: str) -> None:
    """Refuse a day that has not come yet.

    Raises: RecordRefused.
    """
    if day is not None and day > timezone.localdate(now):
        raise RecordRefused(_("This day has not come yet."), column)


def note(
    action: str,
    record: Record,
    actor: Actor,
    now: datetime,
) -> None:
    """Log an act; the person reads of it once the record is concluded."""
    events.record(
        action=action,
        subject=record,
        actor=actor,
        now=now,
        unit=record.unit,
        member=record.member if record.document else None,
        area=Area.RECORDS_EDIT,
    )
