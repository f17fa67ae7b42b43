"""Write an empty roll workbook with drop-downs."""

from argparse import ArgumentParser
from pathlib import Path

from members.management.refusing import RefusingCommand, unit_of, writing_to
from members.policy import SYSTEM, Area
from members.services.rolls.exporting import cells_of
from members.sheets.roll import write_roll


class Command(RefusingCommand):
    help = "Write an empty roll workbook, to be filled in with Excel."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", required=True, type=Path)
        parser.add_argument(
            "--unit", metavar="CODE", help="offer the cells of this unit"
        )

    def handle(self, *, out: Path, unit: str | None, **options: object) -> None:
        within = unit_of(unit) if unit else None
        cells = cells_of(SYSTEM, Area.ROLL_IMPORT, within=within) if within else {}
        with writing_to(out), out.open("wb") as stream:
            write_roll(stream, cells)
        self.stdout.write(str(out))
