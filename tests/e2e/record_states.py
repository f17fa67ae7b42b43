"""The pages of records in every state; `states` shows them with the others."""

from collections.abc import Callable
from datetime import date

from django.db.models import Model

from campaigns.models import Departure, Discipline, Inspection, SummaryConference
from members.models import Member, PartyUnit
from tests.e2e.conftest import Site
from tests.e2e.rows import term
from tests.factories.records import (
    CommendationFactory,
    ConferenceDelegationFactory,
    ConferenceTaskFactory,
    DepartureFactory,
    DisciplineFactory,
    InspectionFactory,
    InspectionProgrammeFactory,
    PlannedInspectionFactory,
    SummaryConferenceFactory,
)


def unit(code: str) -> PartyUnit:
    return PartyUnit.objects.get(code=code)


def _made(model: type[Model], make: Callable[..., Model], **columns: object) -> Model:
    district, cell = unit("H"), unit("X1")
    person = Member.objects.order_by("pk").first()
    known = model.objects.first()
    if known is not None:
        return known
    make(unit=district, subject=cell, document="Số 12-TB/HU, ngày 06/5/2024", **columns)
    return make(unit=district, subject=cell, member=person, **columns)


def inspection(site: Site) -> Inspection:
    return _made(Inspection, InspectionFactory, finding="SHORTCOMINGS")


def open_inspection(site: Site) -> str:
    row = InspectionFactory(unit=unit("H"), subject=unit("X1"), document="")
    return site.address("records:inspection_detail", row.pk)


def discipline(site: Site) -> Discipline:
    return _made(Discipline, DisciplineFactory)


def changed_discipline(site: Site) -> str:
    row = DisciplineFactory(
        unit=unit("H"),
        subject=unit("X1"),
        changed_on=date(2024, 9, 1),
        change_document="Quyết định số 30-QĐ/TU",
    )
    return site.address("records:discipline_detail", row.pk)


def conference(site: Site) -> SummaryConference:
    known = SummaryConference.objects.first()
    if known is None:
        known = SummaryConferenceFactory(unit=unit("H"), conclusions="Một.\nHai.")
        ConferenceDelegationFactory(conference=known)
        ConferenceTaskFactory(conference=known, due_on=date(2025, 6, 30))
        CommendationFactory(unit=unit("H"), subject=unit("X1"), conference=known)
    return known


def programme(site: Site) -> str:
    row = InspectionProgrammeFactory(unit=unit("H"), year=2024)
    PlannedInspectionFactory(programme=row, subject=unit("X1"))
    return site.address("records:programme_detail", row.pk)


def figures(site: Site) -> str:
    inspection(site)
    district = unit("H")
    term(district)
    address = site.address("record_figures", district.pk)
    return f"{address}?from_on=01/01/2024&last_on=31/12/2024"


def departure(site: Site) -> Departure:
    known = Departure.objects.first()
    person = Member.objects.order_by("pk").first()
    return known or DepartureFactory(unit=unit("H"), subject=unit("X1"), member=person)


def listed(site: Site, kind: str) -> str:
    departure(site)
    inspection(site)
    discipline(site)
    conference(site)
    return site.address(f"records:{kind}_list")


def to_enter(site: Site, kind: str, *, unit_of: str = "", to: str = "") -> str:
    address = site.address(f"records:{kind}_add")
    if not unit_of:
        return address
    chosen = f"&to={unit(to).pk}" if to else ""
    return f"{address}?of={unit(unit_of).pk}{chosen}"


RECORDS: dict[str, Callable[[Site], str]] = {
    "no inspections": lambda site: site.address("records:inspection_list"),
    "inspections": lambda site: listed(site, "inspection"),
    "inspection": lambda site: site.address(
        "records:inspection_detail", inspection(site).pk
    ),
    "inspection without a conclusion": open_inspection,
    "inspection: whose body": lambda site: to_enter(site, "inspection"),
    "inspection: about whom": lambda site: to_enter(site, "inspection", unit_of="H"),
    "inspection to be entered": lambda site: to_enter(
        site, "inspection", unit_of="H", to="X1"
    ),
    "inspection to be corrected": lambda site: site.address(
        "records:inspection_edit", inspection(site).pk
    ),
    "programmes": lambda site: site.address("records:programme_list"),
    "programme of inspections": programme,
    "programme to be recorded": lambda site: site.address(
        "records:programme_add", unit("H").pk
    ),
    "disciplines": lambda site: listed(site, "discipline"),
    "discipline": lambda site: site.address(
        "records:discipline_detail", discipline(site).pk
    ),
    "discipline annulled": changed_discipline,
    "discipline to be entered": lambda site: to_enter(
        site, "discipline", unit_of="H", to="X1"
    ),
    "discipline to be changed": lambda site: site.address(
        "records:discipline_change", discipline(site).pk
    ),
    "departures": lambda site: listed(site, "departure"),
    "departure": lambda site: site.address(
        "records:departure_detail", departure(site).pk
    ),
    "departure: about whom": lambda site: to_enter(site, "departure", unit_of="H"),
    "commendations": lambda site: listed(site, "commendation"),
    "commendation to be entered": lambda site: to_enter(
        site, "commendation", unit_of="H", to="X1"
    ),
    "conferences": lambda site: listed(site, "conference"),
    "conference": lambda site: site.address(
        "records:conference_detail", conference(site).pk
    ),
    "conference to be entered": lambda site: site.address(
        "records:conference_add", unit("H").pk
    ),
    "figures of records": figures,
}
