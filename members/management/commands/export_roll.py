"""Write the roll of a unit as a workbook that can be imported again."""

from argparse import ArgumentParser
from pathlib import Path

from django.utils import timezone

from members.management.refusing import RefusingCommand, unit_of, writing_to
from members.policy import SYSTEM
from members.services.rolls.exporting import export_roll


class Command(RefusingCommand):
    help = "Write everybody on the roll of a unit and below it into a workbook."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--unit", required=True, metavar="CODE")
        parser.add_argument("--out", required=True, type=Path)

    def handle(self, *, unit: str, out: Path, **options: object) -> None:
        content = export_roll(
            within=unit_of(unit),
            actor=SYSTEM,
            now=timezone.now(),
            most=None,
            system_reason="export_roll",
        )
        with writing_to(out):
            out.write_bytes(content)
        self.stdout.write(str(out))
