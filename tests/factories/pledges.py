"""Pledges with their drafts, texts, items and checks; criteria; rounds of checks."""

from datetime import UTC, date, datetime

import factory

from campaigns.models import (
    CheckRound,
    CriteriaSet,
    Criterion,
    Pledge,
    PledgeAnswer,
    PledgeCheck,
    PledgeDraft,
    PledgeItem,
    PledgeSetup,
    PledgeText,
)
from tests.factories.base import Factory
from tests.factories.campaigns import (
    CampaignFactory,
    CampaignUnitFactory,
    ParticipantFactory,
)

SENT_AT = datetime(2024, 1, 10, 3, tzinfo=UTC)


class PledgeSetupFactory(Factory):
    class Meta:
        model = PledgeSetup

    campaign = factory.SubFactory(CampaignFactory)


class CriteriaSetFactory(Factory):
    """Criteria that are being written."""

    class Meta:
        model = CriteriaSet

    unit = factory.SubFactory(CampaignUnitFactory)


class CriterionFactory(Factory):
    class Meta:
        model = Criterion

    criteria = factory.SubFactory(CriteriaSetFactory)
    text = "Dự sinh hoạt chi bộ đủ và đúng giờ"
    goal = "12 kỳ"


class PledgeFactory(Factory):
    class Meta:
        model = Pledge

    participant = factory.SubFactory(ParticipantFactory)
    form = "pledge-2022.1"


class PledgeDraftFactory(Factory):
    """Nothing is written yet."""

    class Meta:
        model = PledgeDraft

    participant = factory.SubFactory(ParticipantFactory)
    form = "pledge-2022.1"
    content = factory.LazyFunction(lambda: {"answers": {}, "items": []})
    saved_at = SENT_AT


class PledgeTextFactory(Factory):
    """The first text of a pledge, as a member sent it."""

    class Meta:
        model = PledgeText

    pledge = factory.SubFactory(PledgeFactory)
    number = 1
    form = factory.SelfAttribute("pledge.form")
    level = "MEMBER"
    answers = factory.LazyFunction(dict)
    digest = factory.Sequence(lambda n: f"{n:064}")
    sent_at = SENT_AT


class PledgeAnswerFactory(Factory):
    """A confirmation."""

    class Meta:
        model = PledgeAnswer

    text = factory.SubFactory(PledgeTextFactory)
    is_confirmation = True
    at = SENT_AT


class PledgeItemFactory(Factory):
    class Meta:
        model = PledgeItem

    sent = factory.SubFactory(PledgeTextFactory)
    section = "duty"
    text = "Đọc và góp ý dự thảo nghị quyết của chi bộ"
    goal = "2 lần"


class PledgeCheckFactory(Factory):
    class Meta:
        model = PledgeCheck

    item = factory.SubFactory(PledgeItemFactory)
    on = date(2024, 3, 5)
    state = PledgeItem.Progress.BEHIND
    note = "Mới góp ý một lần"
    at = SENT_AT


class CheckRoundFactory(Factory):
    class Meta:
        model = CheckRound

    unit = factory.SubFactory(CampaignUnitFactory)
    on = date(2024, 3, 5)
    at = SENT_AT
