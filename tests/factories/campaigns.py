"""Campaigns, their copies of units and people, and their counts."""

from datetime import date

import factory

from campaigns.models import (
    Campaign,
    CampaignBody,
    CampaignUnit,
    ContentItem,
    Extension,
    ForeseenBody,
    Participant,
    Peak,
    PeakDay,
    PersonalExtension,
    Phase,
    Placement,
    PlanDocument,
    PlanTask,
    Programme,
    ProgrammeItem,
    Tally,
    WantedReminder,
)
from campaigns.reminding import Matter
from campaigns.steps import Step
from members.paths import SEGMENT, child_path
from tests.factories.base import NOON, Factory
from tests.factories.people import MemberFactory
from tests.factories.units import DistrictFactory, UnitFactory


class CampaignFactory(Factory):
    """A draft, of which only the frame exists."""

    class Meta:
        model = Campaign

    code = factory.Sequence(lambda n: f"dot-{n}-2024")
    name = "Kiểm điểm, xếp loại chất lượng năm 2024"
    year = 2024
    root_unit = factory.SubFactory(DistrictFactory)
    rule_set_code = "qd124-2023"


class CampaignUnitFactory(Factory):
    """A copy of a live unit, the root of its campaign where no parent is given."""

    class Meta:
        model = CampaignUnit

    campaign = factory.SubFactory(CampaignFactory)
    live_unit = factory.Maybe(
        "parent",
        yes_declaration=factory.SubFactory(
            UnitFactory, parent=factory.SelfAttribute("..parent.live_unit")
        ),
        no_declaration=factory.SelfAttribute("campaign.root_unit"),
    )
    custodian = factory.SelfAttribute("live_unit")
    code = factory.SelfAttribute("live_unit.code")
    name = factory.SelfAttribute("live_unit.name")
    kind = factory.SelfAttribute("live_unit.kind")
    sector = factory.SelfAttribute("live_unit.sector")
    parent = None
    path = factory.LazyAttribute(lambda unit: _next_campaign_path(unit))


def _next_campaign_path(unit) -> str:
    siblings = CampaignUnit.objects.filter(campaign=unit.campaign, parent=unit.parent)
    last = siblings.order_by("path").values_list("path", flat=True).last() or "0"
    above = unit.parent.path if unit.parent else ""
    return child_path(above, int(last[-SEGMENT:]) + 1)


class CampaignBodyFactory(Factory):
    """An organisation that is not rated yet."""

    class Meta:
        model = CampaignBody

    unit = factory.SubFactory(CampaignUnitFactory)
    kind = CampaignBody.Kind.ORGANISATION


class ParticipantFactory(Factory):
    """Somebody who is not reviewed yet."""

    class Meta:
        model = Participant

    campaign = factory.SubFactory(CampaignFactory)
    member = factory.SubFactory(MemberFactory)
    full_name = factory.SelfAttribute("member.full_name")
    sort_key = factory.SelfAttribute("member.sort_key")


class PlacementFactory(Factory):
    class Meta:
        model = Placement

    unit = factory.SubFactory(CampaignUnitFactory)
    participant = factory.SubFactory(
        ParticipantFactory, campaign=factory.SelfAttribute("..unit.campaign")
    )
    from_on = date(2024, 1, 1)
    event = Placement.Event.OPENING


class TallyFactory(Factory):
    """Nobody yet."""

    class Meta:
        model = Tally

    unit = factory.SubFactory(CampaignUnitFactory)
    subject = Tally.Subject.MEMBERS


class PhaseFactory(Factory):
    class Meta:
        model = Phase

    campaign = factory.SubFactory(CampaignFactory)
    step = Step.PLEDGE
    from_on = date(2024, 1, 1)
    until_on = date(2024, 4, 1)


class ExtensionFactory(Factory):
    """For a unit with all below it."""

    class Meta:
        model = Extension

    unit = factory.SubFactory(CampaignUnitFactory)
    campaign = factory.SelfAttribute("unit.campaign")
    step = Step.PLEDGE
    until_on = date(2024, 5, 1)
    reason = "Mưa lũ"
    at = NOON


class PersonalExtensionFactory(Factory):
    class Meta:
        model = PersonalExtension

    participant = factory.SubFactory(ParticipantFactory)
    campaign = factory.SelfAttribute("participant.campaign")
    unit = factory.SubFactory(
        CampaignUnitFactory, campaign=factory.SelfAttribute("..campaign")
    )
    step = Step.PLEDGE
    until_on = date(2024, 5, 1)
    reason = "Đi công tác"
    at = NOON


class ProgrammeFactory(Factory):
    class Meta:
        model = Programme

    unit = factory.SubFactory(CampaignUnitFactory)


class ProgrammeItemFactory(Factory):
    class Meta:
        model = ProgrammeItem

    programme = factory.SubFactory(ProgrammeFactory)
    text = "Giữ nếp sinh hoạt chi bộ hằng tháng"
    goal = "12 kỳ"


class PlanDocumentFactory(Factory):
    class Meta:
        model = PlanDocument

    campaign = factory.SubFactory(CampaignFactory)
    title = "Nghị quyết Trung ương 4 khóa XII"
    number = "04-NQ/TW"


class ContentItemFactory(Factory):
    class Meta:
        model = ContentItem

    campaign = factory.SubFactory(CampaignFactory)
    text = "Giữ gìn đoàn kết trong chi bộ"


class PlanTaskFactory(Factory):
    """One that stands."""

    class Meta:
        model = PlanTask

    campaign = factory.SubFactory(CampaignFactory)
    text = "Công khai thủ tục hành chính"
    kind = PlanTask.Kind.STANDING


class ForeseenBodyFactory(Factory):
    class Meta:
        model = ForeseenBody

    campaign = factory.SubFactory(CampaignFactory)
    kind = CampaignBody.Kind.AUTHORITY
    name = "Ủy ban nhân dân huyện"
    headcount = 40


class WantedReminderFactory(Factory):
    class Meta:
        model = WantedReminder

    campaign = factory.SubFactory(CampaignFactory)
    matter = Matter.PLEDGE
    days = -3


class PeakFactory(Factory):
    class Meta:
        model = Peak

    campaign = factory.SubFactory(CampaignFactory)
    occasion = "Kỷ niệm Ngày thành lập Đảng"
    from_on = date(2024, 2, 1)
    until_on = date(2024, 3, 11)
    expected = "Sinh hoạt tự soi, tự sửa"


class PeakDayFactory(Factory):
    class Meta:
        model = PeakDay

    unit = factory.SubFactory(CampaignUnitFactory)
    peak = factory.SubFactory(
        PeakFactory, campaign=factory.SelfAttribute("..unit.campaign")
    )
    on = date(2024, 2, 3)
