"""Open a campaign: copy units and people, keep the rules."""

from argparse import ArgumentParser

from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns import rulesets
from campaigns.forms.naming import campaign_code_field, year_field
from campaigns.models import Campaign, CampaignUnit
from campaigns.services import opening
from members.forms.fields import CleanTextField
from members.management.refusing import (
    RefusingCommand,
    cleaned,
    refuse_unknown,
    unit_of,
)
from members.policy import SYSTEM


class Command(RefusingCommand):
    help = "Open a campaign of a unit with everything below it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code")
        parser.add_argument("--name", required=True)
        parser.add_argument("--year", type=int, required=True)
        parser.add_argument("--unit", required=True, metavar="CODE")
        parser.add_argument(
            "--rule-set", required=True, metavar="|".join(rulesets.available())
        )
        parser.add_argument("--results-only", action="store_true")

    def handle(
        self,
        *,
        code: str,
        name: str,
        year: int,
        unit: str,
        rule_set: str,
        results_only: bool,
        **options: object,
    ) -> None:
        refuse_unknown(rule_set, rulesets.available(), option="--rule-set")
        modes = Campaign.Mode
        try:
            # No draft is left of a campaign that cannot open.
            with transaction.atomic():
                draft = opening.create_campaign(
                    code=cleaned(campaign_code_field(), code, option="CODE"),
                    name=cleaned(CleanTextField(max_length=255), name, option="--name"),
                    year=cleaned(year_field(), year, option="--year"),
                    root_unit=unit_of(unit),
                    rule_set_code=rule_set,
                    mode=modes.RESULTS_ONLY if results_only else modes.FULL_TEXT,
                )
                campaign = opening.open_campaign(
                    campaign=draft,
                    actor=SYSTEM,
                    now=timezone.now(),
                    system_reason="open_campaign",
                )
        except opening.CampaignNotChangeable as refusal:
            raise CommandError(str(refusal)) from refusal
        units = CampaignUnit.objects.filter(campaign=campaign).count()
        self.stdout.write(
            _("%(code)s is open with %(units)d units.")
            % {"code": campaign.code, "units": units}
        )
