"""Write the roll-up of a campaign's unit as JSON, CSV, XLSX or PDF."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import CommandError
from django.db.models import Q
from django.utils.translation import gettext as _

from campaigns.models import Campaign, CampaignUnit
from members.management.refusing import RefusingCommand, refuse_unknown, writing_to
from members.policy import SYSTEM
from reports.documents.pdf import DocumentNotRendered
from reports.services import sources

LANGUAGES = ("vi", "en")


class Command(RefusingCommand):
    help = "Write the figures of a unit and its subordinate units to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--campaign", required=True, metavar="CODE")
        parser.add_argument("--unit", metavar="CODE", help="default: the root")
        parser.add_argument(
            "--format", required=True, metavar="|".join(sources.CONTENT_OF)
        )
        parser.add_argument("--out", required=True, type=Path)
        parser.add_argument("--language", metavar="|".join(LANGUAGES), default="vi")

    def handle(
        self,
        *,
        campaign: str,
        unit: str | None,
        format: str,  # noqa: A002 -- the option's name is a contract
        out: Path,
        language: str,
        **options: object,
    ) -> None:
        refuse_unknown(format, sources.CONTENT_OF, option="--format")
        refuse_unknown(language, LANGUAGES, option="--language")
        source = sources.source_of(find_unit(campaign, unit), language=language)
        try:
            content = sources.CONTENT_OF[format](source)
        except DocumentNotRendered as refusal:
            raise CommandError(str(refusal)) from refusal
        with writing_to(out):
            out.write_bytes(content)
        self.stdout.write(str(out))


def find_unit(campaign: str, unit: str | None) -> CampaignUnit:
    """Return the campaign's unit of this code, the root without one."""
    every = CampaignUnit.objects.visible_to(SYSTEM)
    units = every.filter(campaign__in=Campaign.objects.coded(campaign))
    wanted = units.filter(Q(live_unit__code_key=unit) if unit else Q(parent=None))
    found = wanted.select_related("campaign", "live_unit__parent").first()
    if found is None and not units.exists():
        raise CommandError(_("There is no campaign with the code %s.") % campaign)
    if found is None:
        raise CommandError(
            _("The campaign %(campaign)s has no unit with the code %(unit)s.")
            % {"campaign": campaign, "unit": unit}
        )
    return found
