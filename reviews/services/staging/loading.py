"""Scenarios put into the database, as a demonstration and as a test."""

from datetime import datetime

from django.db import transaction

from campaigns.models import Campaign
from members.models import Letterhead
from members.policy import SYSTEM
from reviews import scenarios
from reviews.scenarios import Scenario
from reviews.services.importing import Order, Outcome, Progress, import_results
from reviews.services.staging.plan import write_plan
from reviews.services.staging.records import write_records


def load_scenario(
    scenario: Scenario, *, now: datetime, on_progress: Progress
) -> Outcome:
    """Write a scenario as a campaign of its name; again, it changes nothing.

    Raises: importing.ResultsNotImportable if that campaign was worked on since.
    """
    contents = scenarios.build(scenario)
    order = Order(
        campaign_code=scenario.code,
        rule_set_code=scenario.rule_set,
        year=scenario.year,
        name=scenario.title.vi,
        theme=scenario.theme.vi,
        mode=Campaign.Mode(scenario.mode),
        actor=SYSTEM,
        now=now,
        file_sha256="",
        system_reason="load_scenario",
    )
    with transaction.atomic():
        outcome = import_results(contents, order, on_progress=on_progress)
        _write_letterhead(outcome.campaign, scenario)
        if scenario.records is not None:
            write_records(
                scenario.code,
                scenario.records,
                contents,
                root=outcome.campaign.root_unit,
                now=now,
            )
        if scenario.plan:
            write_plan(outcome.campaign, scenario.plan)
    return outcome


def _write_letterhead(campaign: Campaign, scenario: Scenario) -> None:
    issuer = scenario.issuer
    Letterhead.objects.get_or_create(
        unit=campaign.root_unit,
        defaults={
            "superior": issuer.superior,
            "issuer": issuer.name,
            "place": issuer.place,
            "symbol": issuer.symbol.removeprefix("BC/"),
            "on_behalf_of": "BAN THƯỜNG VỤ",
            "signatory_post": "BÍ THƯ",
            "recipients": f"{issuer.superior}\nLưu {issuer.name}",
        },
    )
