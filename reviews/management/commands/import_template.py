"""Write an empty results workbook with drop-downs."""

from argparse import ArgumentParser
from pathlib import Path

from campaigns import rulesets
from campaigns.forms.naming import year_field
from members.management.refusing import RefusingCommand, cleaned, writing_to
from members.vocabulary import vocabulary
from reviews.sheets.template import write_template


class Command(RefusingCommand):
    help = "Write an empty results workbook, to be filled in with Excel."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", required=True, type=Path)
        parser.add_argument(
            "--year", type=int, help="offer only what is valid at its end"
        )

    def handle(self, *, out: Path, year: int | None, **options: object) -> None:
        if year is not None:
            cleaned(year_field(), year, option="--year")
        with writing_to(out), out.open("wb") as stream:
            write_template(
                stream,
                vocabulary=vocabulary(),
                rule_sets=[rulesets.load(code) for code in rulesets.available()],
                year=year,
            )
        self.stdout.write(str(out))
