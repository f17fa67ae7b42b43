"""Reports of collectives with their drafts, texts and answers; suggestions to them."""

from datetime import date

import factory

from reviews.models import (
    CollectiveReport,
    CollectiveReportAnswer,
    CollectiveReportDraft,
    CollectiveReportText,
    CollectiveSuggestion,
)
from tests.factories.base import Factory
from tests.factories.campaigns import CampaignBodyFactory, CampaignUnitFactory
from tests.factories.pledges import SENT_AT

FORM = "collective-01-2023.1"


class CollectiveReportFactory(Factory):
    class Meta:
        model = CollectiveReport

    body = factory.SubFactory(CampaignBodyFactory)
    form = FORM


class CollectiveReportDraftFactory(Factory):
    """Nothing is written yet."""

    class Meta:
        model = CollectiveReportDraft

    body = factory.SubFactory(CampaignBodyFactory)
    form = FORM
    content = factory.LazyFunction(lambda: {"answers": {}, "items": []})
    saved_at = SENT_AT


class CollectiveReportTextFactory(Factory):
    """The first text of a report, as it was sent up."""

    class Meta:
        model = CollectiveReportText

    collective_report = factory.SubFactory(CollectiveReportFactory)
    number = 1
    form = factory.SelfAttribute("collective_report.form")
    answers = factory.LazyFunction(
        lambda: {"shortcomings": "Họp muộn", "direction": "Họp trước ngày 5"}
    )
    marks = factory.LazyFunction(lambda: {"unity_degree": "GOOD"})
    own_level = "GOOD"
    digest = factory.Sequence(lambda n: f"c{n:063}")
    sent_at = SENT_AT


class CollectiveReportAnswerFactory(Factory):
    """An acceptance."""

    class Meta:
        model = CollectiveReportAnswer

    text = factory.SubFactory(CollectiveReportTextFactory)
    is_confirmation = True
    at = SENT_AT


class CollectiveSuggestionFactory(Factory):
    class Meta:
        model = CollectiveSuggestion

    body = factory.SubFactory(CampaignBodyFactory)
    issuer = factory.SubFactory(CampaignUnitFactory)
    document = "CV 14-CV/ĐU"
    on = date(2024, 11, 1)
    time = "BEFORE"
    text = "Làm rõ việc chậm phát triển đảng viên"
    recorded_at = SENT_AT
