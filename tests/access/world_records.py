"""Records of a district: concluded and open ones about a member, and of the unit."""

from datetime import date

from django.db.models import Model

from members.models import Member, PartyUnit
from tests.factories.records import (
    CommendationFactory,
    DepartureFactory,
    DisciplineFactory,
    InspectionFactory,
    InspectionProgrammeFactory,
    PlannedInspectionFactory,
    SummaryConferenceFactory,
)


def records_of(root: PartyUnit, cell: PartyUnit, person: Member) -> dict[str, Model]:
    """What an address can name, by kind and suffix."""
    about = {"unit": root, "subject": cell, "member": person, "on": date(2026, 5, 6)}
    programme = InspectionProgrammeFactory(unit=root)
    PlannedInspectionFactory(programme=programme, subject=cell)
    return {
        "inspection .G.1": InspectionFactory(**about),
        "inspection open": InspectionFactory(**about, document=""),
        "discipline .G.1": DisciplineFactory(**about),
        "departure .G.1": DepartureFactory(**about),
        "commendation .G.1": CommendationFactory(**about),
        "conference": SummaryConferenceFactory(unit=root),
        "programme": programme,
    }
