"""Read a results workbook into a campaign."""

import re
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn

from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns import rulesets
from campaigns.contents import Contents
from campaigns.forms.naming import campaign_code_field, year_field
from campaigns.models import Campaign
from members.management.progress import ProgressBar
from members.management.refusing import (
    RefusingCommand,
    cleaned,
    digest_of,
    refuse_the_same,
    refuse_unknown,
    writing_to,
)
from members.policy import SYSTEM
from members.sheets.annotated import FAULTS, NOTES, Marking, annotated_name
from members.sheets.texts import Remark
from members.spreadsheets.reading import WorkbookRefused
from reviews.queries.imports import replacement_lines, replacement_text
from reviews.services import importing
from reviews.services.importing import Act, Order, Outcome
from reviews.services.workbooks.differences import difference_text
from reviews.services.workbooks.notes import note_lines, notes_on, remarks_on
from reviews.services.workbooks.reading import Reading, read_workbook
from reviews.services.workbooks.telling import write_copy
from reviews.sheets import finding_line, remark_of

LAST_FOUR_DIGITS = re.compile(r"([0-9]{4})[^0-9]*\Z")


class Command(RefusingCommand):
    help = "Write the results of a workbook into a campaign, all or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--campaign", required=True, metavar="CODE")
        parser.add_argument(
            "--rule-set", required=True, metavar="|".join(rulesets.available())
        )
        parser.add_argument("--year", type=int)
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument(
            "--annotated",
            type=Path,
            metavar="F.xlsx",
            help="where the copy with a column of faults (default: beside FILE) or of"
            " notes (default: nowhere) goes",
        )

    def handle(
        self,
        *,
        file: Path,
        campaign: str,
        rule_set: str,
        year: int | None,
        dry_run: bool,
        annotated: Path | None,
        **options: object,
    ) -> None:
        refuse_unknown(rule_set, rulesets.available(), option="--rule-set")
        refuse_the_same(file, annotated)
        code = cleaned(campaign_code_field(), campaign, option="--campaign")
        order = Order(
            campaign_code=code,
            rule_set_code=rule_set,
            year=_checked(_year_of(code) if year is None else year),
            actor=SYSTEM,
            now=timezone.now(),
            file_sha256=digest_of(file),
            system_reason="import_results",
        )
        bar = ProgressBar(self.stderr, file.name)
        try:
            reading = read_workbook(file, rule_set_code=rule_set, year=order.year)
            bar(20)
            contents = reading.parsed.contents
            if contents is None:
                self._refuse(reading, annotated or _beside(file))
            act = importing.try_import if dry_run else importing.import_results
            outcome = act(contents, order, on_progress=_rest_of(bar), compares=True)
        except (WorkbookRefused, importing.ResultsNotImportable) as refusal:
            raise CommandError(str(refusal)) from refusal
        bar(100)
        self._tell(reading, contents, outcome, annotated)
        self.stdout.write(_ended(outcome, contents, dry_run=dry_run))

    def _refuse(self, reading: Reading, annotated: Path) -> NoReturn:
        """List every fault, write the annotated copy, and end with the count."""
        faults = reading.parsed.faults
        for fault in faults:
            self.stderr.write(finding_line(fault))
        try:
            _write_copy(annotated, reading, list(map(remark_of, faults)), FAULTS)
            copy = _("The copy with a column of faults: %s.") % annotated
        except CommandError as refusal:  # the faults are what the user has to know
            copy = str(refusal)
        told = ngettext(
            "%d fault; nothing was imported.",
            "%d faults; nothing was imported.",
            len(faults),
        )
        raise CommandError(f"{told % len(faults)} {copy}")

    def _tell(
        self,
        reading: Reading,
        contents: Contents,
        outcome: Outcome,
        annotated: Path | None,
    ) -> None:
        """List what is replaced, every difference and note, and write the copy that was asked for."""
        notes = notes_on(reading, contents, outcome)
        if outcome.replacement is not None:
            counts = asdict(outcome.replacement)
            lines = replacement_lines(counts, reading.rule_set)
            self.stdout.write(replacement_text(outcome.campaign.name, lines))
        for difference in notes.differences:
            self.stdout.write(difference_text(difference))
        for line in note_lines(notes):
            self.stdout.write(line)
        remarks = remarks_on(notes, contents)
        if annotated is None or not remarks:
            return
        try:
            _write_copy(annotated, reading, remarks, NOTES)
            self.stdout.write(_("The copy with a column of notes: %s.") % annotated)
        except CommandError as refusal:  # the results are in; only the copy is not
            self.stderr.write(str(refusal))


def _write_copy(
    path: Path, reading: Reading, remarks: Sequence[Remark], marking: Marking
) -> None:
    with writing_to(path), path.open("wb") as stream:
        write_copy(stream, reading, remarks, marking=marking)


def _ended(outcome: Outcome, contents: Contents, *, dry_run: bool) -> str:
    if outcome.act is Act.UNCHANGED:
        return _("The campaign holds just this content already; nothing was changed.")
    counts = {
        "code": outcome.campaign.code,
        "units": len(contents.units),
        "new_units": outcome.new_units,
        "people": len(contents.people),
        "new_people": outcome.new_members,
    }
    if dry_run:
        told = _(
            "%(code)s would hold %(units)d units (%(new_units)d new in the register) "
            "and %(people)d members (%(new_people)d new). Nothing was written."
        )
    else:
        told = _(
            "%(code)s holds %(units)d units (%(new_units)d new in the register) and "
            "%(people)d members (%(new_people)d new)."
        )
    return told % counts


def _year_of(code: str) -> int:
    """Return a known campaign's year, else the last four digits of the code."""
    known = Campaign.objects.coded(code).first()
    if known is not None:
        return known.year
    match = LAST_FOUR_DIGITS.search(code)
    if match is None:
        raise CommandError(
            _("The code %s does not end with a year: give it with --year.") % code
        )
    return int(match[1])


def _checked(year: int) -> int:
    cleaned(year_field(), year, option="--year")
    return year


def _beside(file: Path) -> Path:
    return file.with_name(annotated_name(file.name, FAULTS))


def _rest_of(bar: ProgressBar) -> importing.Progress:
    """Show the import's own percents as the last four fifths of the command's."""
    return lambda percent: bar(20 + percent * 79 // 100)
