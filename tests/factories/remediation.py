"""Plans of remediation, their items and what follows."""

from datetime import date

import factory

from reviews.models import (
    NamedPerson,
    RemediationCheck,
    RemediationItem,
    RemediationPlan,
    RemediationStep,
)
from tests.factories.base import NOON, Factory
from tests.factories.people import MemberFactory
from tests.factories.units import UnitFactory


class RemediationPlanFactory(Factory):
    """A person's, being written; a unit's with `unit=` and `member=None`."""

    class Meta:
        model = RemediationPlan

    member = factory.SubFactory(MemberFactory)
    opened_at = NOON


class RemediationItemFactory(Factory):
    """Named by oneself."""

    class Meta:
        model = RemediationItem

    plan = factory.SubFactory(RemediationPlanFactory)
    source = "OWN"
    shortcoming = "Còn chậm báo cáo"
    measure = "Lập lịch báo cáo hằng tuần"
    responsible = "Bản thân"
    due_on = date(2027, 3, 31)


class ConcludedItemFactory(RemediationItemFactory):
    plan = factory.SubFactory(
        RemediationPlanFactory, member=None, unit=factory.SubFactory(UnitFactory)
    )
    source = "CONCLUDED"
    document = "12-TB/UBKT"
    document_on = date(2026, 9, 5)


class RemediationCheckFactory(Factory):
    class Meta:
        model = RemediationCheck

    item = factory.SubFactory(RemediationItemFactory)
    on = date(2026, 11, 5)
    state = "ON_TRACK"
    at = NOON


class RemediationStepFactory(Factory):
    class Meta:
        model = RemediationStep

    plan = factory.SubFactory(RemediationPlanFactory)
    act = "MINUTE"
    text = "Chi bộ thống nhất với kế hoạch"
    document = "BB 05"
    on = date(2026, 11, 5)
    at = NOON


class NamedPersonFactory(Factory):
    class Meta:
        model = NamedPerson

    item = factory.SubFactory(ConcludedItemFactory)
    member = factory.SubFactory(MemberFactory)
    name = factory.SelfAttribute("member.full_name")
    post = "Phó bí thư"
    from_on = date(2021, 5, 1)
    named_at = NOON
