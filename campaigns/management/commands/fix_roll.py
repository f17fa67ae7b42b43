"""Fix who takes part in a campaign ("Chốt danh sách")."""

from argparse import ArgumentParser

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Campaign, Participant
from campaigns.services import opening
from members.management.refusing import RefusingCommand
from members.policy import SYSTEM


class Command(RefusingCommand):
    help = "Fix the roll of an open campaign; afterwards nothing flows in by itself."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--campaign", required=True, metavar="CODE")

    def handle(self, *, campaign: str, **options: object) -> None:
        found = Campaign.objects.coded(campaign).first()
        if found is None:
            raise CommandError(
                _("There is no campaign with the code %s.") % campaign.strip()
            )
        try:
            fixed = opening.fix_roll(
                campaign=found,
                actor=SYSTEM,
                now=timezone.now(),
                system_reason="fix_roll",
            )
        except opening.CampaignNotChangeable as refusal:
            raise CommandError(str(refusal)) from refusal
        people = Participant.objects.filter(campaign=fixed).counted().count()
        self.stdout.write(
            _("The roll of %(code)s is fixed with %(people)d members.")
            % {"code": fixed.code, "people": people}
        )
