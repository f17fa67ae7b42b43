"""A person below a district, who may read of them for a reason, and what they type."""

import pytest
from django.test import Client
from django.urls import reverse

from members.models import Event
from members.policy import Role
from tests.clients import english_client
from tests.factories import (
    AccountFactory,
    CampaignUnitFactory,
    DistrictFactory,
    GrassrootsFactory,
    MemberFactory,
    ParticipantFactory,
    PlacementFactory,
    PostFactory,
    UnitFactory,
)

LIST, ADD = reverse("reports:reading_list"), reverse("reports:reading_add")
OWN = reverse("members:own_record")
REASON = "Xem xét quy hoạch cán bộ"
CASE = "12-KT/UBKT"
REASON_OF_A_FACTORY = "Xem xét quy hoạch"


def as_(account) -> Client:
    client = english_client()
    client.force_login(account)
    return client


@pytest.fixture
def province():
    return DistrictFactory(kind="PROVINCE")


@pytest.fixture
def district(province):
    return DistrictFactory(parent=province)


@pytest.fixture
def person(district):
    cell = UnitFactory(parent=GrassrootsFactory(parent=district))
    return placed(MemberFactory(code="DV1", full_name="Lê Chi", cell=cell), cell)


def placed(member, cell):
    unit = CampaignUnitFactory(campaign__root_unit=cell, custodian=cell, live_unit=cell)
    participant = ParticipantFactory(
        campaign=unit.campaign,
        member=member,
        status="ASSESSED",
        level="GOOD",
        is_imported=True,
    )
    PlacementFactory(unit=unit, participant=participant)
    return member


@pytest.fixture
def own(person):
    return as_(AccountFactory(member=person))


def post(unit, role):
    return PostFactory(unit=unit, role=role)


@pytest.fixture
def secretary(district):
    return post(district, Role.SECRETARY)


@pytest.fixture
def commission(district):
    return [post(district, Role.INSPECTION_COMMISSION) for _ in range(2)]


def ask(held, *, code="dv1", reason=REASON, case_number="", follow=False):
    typed = {
        "post": held.pk,
        "code": code,
        "reason": reason,
        "case_number": case_number,
    }
    return as_(held.account).post(ADD, typed, follow=follow)


def detail(reading) -> str:
    return reverse("reports:reading_detail", args=[reading.pk])


def act(name, reading) -> str:
    return reverse(f"reports:reading_{name}", args=[reading.pk])


def shown_to(own) -> list[str]:
    return [row.reason for row in own.get(OWN).context["readings"]]


def acts() -> list[str]:
    events = Event.objects.filter(action__startswith="readings.").order_by("pk")
    return list(events.values_list("action", flat=True))
