"""Which documents a person has still to study, asked of where the person is placed.

Source: docs/rules/study.md § 3, § 4.
"""

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Left, Length

from campaigns.models import StudyAttendance, StudyDocument


def asked_where_placed() -> QuerySet[StudyDocument]:
    """Return, for a subquery of placements, what is studied there."""
    return StudyDocument.objects.filter(
        unit__campaign=OuterRef("unit__campaign"),
        unit__path=Left(OuterRef("unit__path"), Length("unit__path")),
    )


def unread_where_placed() -> QuerySet[StudyDocument]:
    """Return, for a subquery of placements, what the person has not studied of that."""
    read = StudyAttendance.objects.filter(
        participant=OuterRef(OuterRef("participant")),
        how__in=StudyAttendance.STUDIED,
        session__documents=OuterRef("pk"),
    )
    return asked_where_placed().filter(~Exists(read))
