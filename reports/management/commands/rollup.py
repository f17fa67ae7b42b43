"""Write the roll-up of a campaign's unit as JSON, CSV, XLSX or PDF."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import CommandError

from members.management.refusing import RefusingCommand, refuse_unknown, writing_to
from reports.documents.pdf import DocumentNotRendered
from reports.management.finding import find_unit
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
