"""Read a roll workbook into the registry."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.services import rolls
from members.management.refusing import (
    RefusingCommand,
    digest_of,
    refuse_the_same,
    unit_of,
    writing_to,
)
from members.policy import SYSTEM, Area
from members.queries import column_label
from members.services.rolls import telling
from members.services.rolls.comparing import Comparison, compare
from members.services.rolls.exporting import cells_of
from members.services.rolls.reading import ReadWorkbook, read_workbook
from members.sheets.annotated import FAULTS, annotated_name
from members.sheets.roll import wording
from members.spreadsheets.reading import WorkbookRefused
from members.workbook.findings import Finding


class Command(RefusingCommand):
    help = "Enter and correct the people of a workbook on the roll of a unit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--unit", required=True, metavar="CODE")
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument(
            "--good-rows",
            action="store_true",
            help="record the good rows even where others are refused",
        )
        parser.add_argument(
            "--annotated",
            type=Path,
            metavar="F.xlsx",
            help="where the copy of the refused rows goes (default: beside FILE)",
        )

    def handle(
        self,
        *,
        file: Path,
        unit: str,
        dry_run: bool,
        good_rows: bool,
        annotated: Path | None,
        **options: object,
    ) -> None:
        refuse_the_same(file, annotated)
        order = rolls.Order(
            within=unit_of(unit),
            actor=SYSTEM,
            now=timezone.now(),
            file_sha256=digest_of(file),
            system_reason="import_roll",
        )
        try:
            book = read_workbook(file)
        except WorkbookRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        copy = annotated or file.with_name(annotated_name(file.name, FAULTS))
        if book.reading.rows is None:
            faults = book.reading.faults
            told = ngettext(
                "%d fault; nothing was imported.",
                "%d faults; nothing was imported.",
                len(faults),
            )
            where = self._list(book, faults, order, copy)
            raise CommandError(f"{told % len(faults)} {where}")
        compared = compare(
            book.reading,
            actor=SYSTEM,
            within=order.within,
            today=timezone.localdate(order.now),
        )
        self._tell(compared)
        refused = ""
        if compared.faults:
            count = len(compared.refused)
            told = ngettext("%d row is refused.", "%d rows are refused.", count)
            where = self._list(book, compared.faults, order, copy)
            refused = f"{told % count} {where}"
            if not good_rows:
                raise CommandError(refused)
        if not dry_run:
            compared = rolls.import_roll(book, order, digest=compared.digest())
        self.stdout.write(_ended(compared, dry_run=dry_run))
        if refused:
            self.stderr.write(refused)

    def _list(
        self,
        book: ReadWorkbook,
        faults: tuple[Finding, ...],
        order: rolls.Order,
        copy: Path,
    ) -> str:
        """List every fault, write the copy of these rows, and return where it is."""
        for fault in faults:
            self.stderr.write(wording.line(fault))
        cells = cells_of(SYSTEM, Area.ROLL_IMPORT, within=order.within)
        try:
            with writing_to(copy), copy.open("wb") as stream:
                telling.write_refused(stream, book.sheets, faults, cells)
        except CommandError as refusal:  # the faults are what the user has to know
            return str(refusal)
        return _("The copy of the rows to mend: %s.") % copy

    def _tell(self, compared: Comparison) -> None:
        """List what changes, who may be on the roll already, and what looks odd."""
        for known in compared.changed:
            for change in telling.change_lines(known):
                self.stdout.write(
                    f"{known.member.code}, {column_label(change.column)}:"
                    f" {change.old or '–'} → {change.new or '–'}"
                )
        for at, others in compared.likenesses.items():
            self.stdout.write(
                _("%(code)s, %(name)s: may be on the roll already as %(others)s.")
                % {
                    "code": compared.rows.code[at],
                    "name": compared.rows.full_name[at],
                    "others": ", ".join(each.code for each in others),
                }
            )
        for note in compared.notes:
            self.stdout.write(wording.line(note))


def _ended(compared: Comparison, *, dry_run: bool) -> str:
    if compared.changes_nothing:
        return _("The roll holds just this already; nothing changes.")
    counts = {"new": len(compared.new), "changed": len(compared.changed)}
    if dry_run:
        told = _(
            "%(new)d people would be entered, %(changed)d corrected. Nothing was written."
        )
    else:
        told = _("%(new)d people are entered, %(changed)d corrected.")
    return told % counts
