"""Units of the registry, what is decided on them, and what they have."""

from datetime import date

import factory
from django.db import transaction

from members.models import (
    DocumentNumber,
    Letterhead,
    OpeningFigure,
    PartyUnit,
    UnitChange,
    UnitDecision,
    UnitState,
    UnitSuccession,
    UnitTerm,
)
from members.services.units import next_path
from tests.factories.base import NOON, OPENED, Factory


class UnitFactory(Factory):
    """An open cell, a root where no parent is given."""

    class Meta:
        model = PartyUnit

    code = factory.Sequence(lambda n: f"U{n:05}")
    name = factory.LazyAttribute(lambda unit: f"Chi bộ {unit.code}")
    kind = "CELL"
    parent = None
    path = factory.LazyAttribute(lambda unit: _path_below(unit.parent))
    opened_on = OPENED

    @factory.post_generation
    def state(self, create, extracted, **columns):
        UnitStateFactory(
            unit=self,
            name=self.name,
            kind=self.kind,
            sector=self.sector,
            parent=self.parent,
            from_on=self.opened_on,
            until_on=self.closed_on,
        )


def _path_below(parent) -> str:
    with transaction.atomic():
        return next_path(parent)


class GrassrootsFactory(UnitFactory):
    name = factory.LazyAttribute(lambda unit: f"Đảng bộ {unit.code}")
    kind = "GRASSROOTS_COMMITTEE"
    sector = "COMMUNE"


class DistrictFactory(UnitFactory):
    name = factory.LazyAttribute(lambda unit: f"Đảng bộ huyện {unit.code}")
    kind = "SUPERIOR"


class UnitStateFactory(Factory):
    """How a unit was before the state that it has by itself."""

    class Meta:
        model = UnitState

    unit = factory.SubFactory(UnitFactory)
    name = factory.SelfAttribute("unit.name")
    kind = factory.SelfAttribute("unit.kind")
    from_on = date(2000, 1, 1)
    until_on = OPENED


class UnitDecisionFactory(Factory):
    class Meta:
        model = UnitDecision

    number = factory.Sequence(lambda n: f"{n}-QĐ/HU")
    issuer = "Ban Thường vụ Huyện ủy"
    signed_on = date(2024, 11, 20)
    effective_on = date(2024, 12, 1)
    title = "Về việc sắp xếp tổ chức đảng"


class UnitChangeFactory(Factory):
    """A new name; other acts say what they need."""

    class Meta:
        model = UnitChange

    decision = factory.SubFactory(UnitDecisionFactory)
    position = factory.LazyAttribute(lambda change: change.decision.changes.count() + 1)
    act = UnitChange.Act.RENAME
    unit = factory.SubFactory(UnitFactory)


class UnitSuccessionFactory(Factory):
    class Meta:
        model = UnitSuccession

    predecessor = factory.SubFactory(UnitFactory)
    successor = factory.SubFactory(UnitFactory)
    decision = factory.SubFactory(UnitDecisionFactory)
    on = factory.SelfAttribute("decision.effective_on")


class UnitTermFactory(Factory):
    """A term that runs."""

    class Meta:
        model = UnitTerm

    unit = factory.SubFactory(DistrictFactory)
    ordinal = 25
    name = "nhiệm kỳ 2020–2025"
    from_on = date(2020, 8, 5)
    document = "Nghị quyết số 1-NQ/ĐH"


class DocumentNumberFactory(Factory):
    class Meta:
        model = DocumentNumber

    term = factory.SubFactory(UnitTermFactory)
    kind = "BC"
    number = 5
    symbol = "BC/ĐU"
    signed_on = date(2021, 1, 1)
    subject = "Kết quả kiểm điểm năm 2020"
    given_at = NOON


class OpeningFigureFactory(Factory):
    class Meta:
        model = OpeningFigure

    unit = factory.SubFactory(DistrictFactory)
    kind = "ADMITTED"
    from_on = date(2023, 1, 1)
    until_on = date(2024, 1, 1)
    value = 152
    source = "Báo cáo số 25-BC/HU"
    recorded_at = NOON


class LetterheadFactory(Factory):
    class Meta:
        model = Letterhead

    unit = factory.SubFactory(UnitFactory)
    issuer = factory.SelfAttribute("unit.name")
