"""Write an empty results workbook with drop-downs."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from campaigns import rulesets
from members.vocabulary import vocabulary
from reviews.sheets.template import write_template


class Command(BaseCommand):
    help = "Write an empty results workbook, to be filled in with Excel."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", required=True, type=Path)
        parser.add_argument(
            "--year", type=int, help="offer only what is valid at its end"
        )

    def handle(self, *, out: Path, year: int | None, **options: object) -> None:
        try:
            with out.open("wb") as stream:
                write_template(
                    stream,
                    vocabulary=vocabulary(),
                    rule_sets=[rulesets.load(code) for code in rulesets.available()],
                    year=year,
                )
        except OSError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(str(out))
