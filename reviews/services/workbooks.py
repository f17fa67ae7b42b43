"""A results workbook on its way: uploaded, read, shown, confirmed, written."""

import hashlib
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, TypeVar

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns import rulesets
from campaigns.contents import Contents
from members import events, jobs
from members.models import Account, PartyUnit
from members.policy import Actor, Area
from members.queries import actor_for
from members.spreadsheets.cells import ROLL_LIMITS, Sheet
from members.spreadsheets.reading import WorkbookRefused, read_sheets
from members.vocabulary import vocabulary
from reviews.models import ResultsImport
from reviews.services.importing import (
    Order,
    Outcome,
    Progress,
    ResultsNotImportable,
    import_results,
    try_import,
)
from reviews.services.noting import difference_text, notes_on, remarks_on
from reviews.sheets import (
    FAULTS,
    NOTES,
    Marking,
    Remark,
    finding_line,
    finding_text,
    remark_of,
    write_annotated,
)
from reviews.workbook import SHEET_NAMES, Parsed, read_results
from reviews.workbook.findings import Finding

MOST_SHOWN = 200  # faults, differences, notes kept for the page


Told = TypeVar("Told")


class NotToBeConfirmed(Exception):
    """The upload is not, or no longer, one that can be written; the text says why."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a file."""

    sheets: dict[str, Sheet]
    parsed: Parsed


def read_workbook(path: Path, *, rule_set_code: str, year: int) -> Reading:
    """Read a results workbook; the file is parsed in a child process with limits.

    Raises: WorkbookRefused for a file that is no workbook, is hostile or too big.
    """
    found = read_sheets(path, limits=ROLL_LIMITS, names=SHEET_NAMES)
    parsed = read_results(
        found,
        vocabulary=vocabulary(),
        rule_set=rulesets.load(rule_set_code),
        year=year,
    )
    return Reading(found, parsed)


def sha256_of(path: Path) -> str:
    """Return the digest of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """What the form gives: a file, and the campaign that it is for."""

    file: File
    within: PartyUnit
    campaign_code: str
    campaign_name: str
    rule_set_code: str
    year: int
    language: str


def receive(
    upload: Upload, *, by: Account, actor: Actor, now: datetime
) -> ResultsImport:
    """Keep an uploaded file and queue its reading; nothing is parsed here."""
    with transaction.atomic():
        digest = _digest_of(upload.file)
        received = ResultsImport(
            campaign_code=upload.campaign_code,
            campaign_name=upload.campaign_name,
            rule_set_code=upload.rule_set_code,
            year=upload.year,
            language=upload.language,
            within=upload.within,
            uploaded_by=by,
            uploaded_at=now,
            file_name=Path(upload.file.name or "").name,
            file_sha256=digest,
        )
        received.file.save(f"imports/{digest}.xlsx", upload.file, save=True)
        queue(received, by=by)
        _record("results.received", received, actor, now)
    return received


def _digest_of(file: File) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def queue(received: ResultsImport, *, by: Account) -> None:
    """Give the upload a job for its next step, a new one where the last has failed.

    What is written is written in the name of who asks for it now.
    """
    is_writing = received.state == ResultsImport.State.WRITING
    received.job = jobs.open_job(
        kind="results_import" if is_writing else "results_preview",
        subject_id=received.pk,
        requested_by=by,
    )
    if is_writing:
        received.confirmed_by = by
    received.save(update_fields=["job", "state", "confirmed_by"])


def confirm(
    received: ResultsImport, *, by: Account, actor: Actor, now: datetime
) -> None:
    """Queue the writing of just those rows that the preview showed.

    Raises: NotToBeConfirmed if it is not ready; a second click finds that too.
    """
    with transaction.atomic():
        locked = ResultsImport.objects.select_for_update(of=("self",)).get(
            pk=received.pk
        )
        if locked.state != ResultsImport.State.READY:
            raise NotToBeConfirmed(_("This workbook does not wait for confirmation."))
        locked.state = ResultsImport.State.WRITING
        queue(locked, by=by)
        _record("results.confirmed", locked, actor, now)


def preview(received: ResultsImport, *, now: datetime, on_progress: Progress) -> None:
    """Read the file and try the import; keep what the page shows, write nothing else.

    An upload that was read before is left as it is: its reader may be long gone.
    Raises: nothing for a bad file: its faults are the result.
    """
    if received.state != ResultsImport.State.READING:
        return
    with override(received.language):
        try:
            reading = _read(received)
            on_progress(40)
            if reading.parsed.contents is None:
                _keep_faults(received, reading)
                return
            outcome = try_import(reading.parsed.contents, _order(received, now))
        except WorkbookRefused as refusal:
            _refuse(received, str(refusal), unreadable=True)
            return
        except ResultsNotImportable as refusal:
            _refuse(received, str(refusal))
            return
        on_progress(90)
        _keep_preview(received, reading, reading.parsed.contents, outcome)


def apply(received: ResultsImport, *, now: datetime, on_progress: Progress) -> None:
    """Write the confirmed rows; the file is read again and must say the same.

    An upload that was written before is left as it is.
    Raises: nothing for results that are refused now: the upload is then refused.
    """
    if received.state != ResultsImport.State.WRITING:
        return
    with override(received.language):
        try:
            contents = _confirmed_contents(received)
            outcome = import_results(
                contents, _order(received, now), on_progress=on_progress
            )
        except (WorkbookRefused, ResultsNotImportable) as refusal:
            _refuse(received, str(refusal))
            return
        _settle(
            received,
            state=ResultsImport.State.DONE,
            campaign=outcome.campaign,
            summary={**received.summary, "act": outcome.act.value},
        )


def _confirmed_contents(received: ResultsImport) -> Contents:
    contents = _read(received).parsed.contents
    if contents is None or contents.digest() != received.digest:
        raise ResultsNotImportable(
            _("The file is not the one that the preview showed.")
        )
    return contents


def _read(received: ResultsImport) -> Reading:
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as copy:
        _copy(received.file.open("rb"), copy)
        return read_workbook(
            Path(copy.name), rule_set_code=received.rule_set_code, year=received.year
        )


def _copy(source: IO[bytes], target: IO[bytes]) -> None:
    with source:
        while chunk := source.read(1 << 20):
            target.write(chunk)
    target.flush()


def _order(received: ResultsImport, now: datetime) -> Order:
    """Return the order of who sent or confirmed it, with the scope that holds now.

    Raises: ResultsNotImportable if the post ended meanwhile.
    """
    actor = actor_for(received.author)
    if not ResultsImport.objects.visible_to(actor).filter(pk=received.pk).exists():
        raise ResultsNotImportable(
            _("Your post no longer lets you enter results for %s.")
            % received.within.name
        )
    return Order(
        campaign_code=received.campaign_code,
        rule_set_code=received.rule_set_code,
        year=received.year,
        name=received.campaign_name,
        actor=actor,
        now=now,
        file_sha256=received.file_sha256,
        within=received.within,
    )


def _refuse(received: ResultsImport, refusal: str, *, unreadable: bool = False) -> None:
    summary = {"unreadable": True} if unreadable else {}
    _settle(
        received, state=ResultsImport.State.REFUSED, refusal=refusal, summary=summary
    )


def _settle(received: ResultsImport, **columns: object) -> None:
    """Write how a step ended, unless the upload has gone on since it was begun.

    A worker whose lease ran out may come after the one that took its job over.
    """
    begun = ResultsImport.objects.filter(pk=received.pk, state=received.state)
    begun.update(**columns)


def _keep_faults(received: ResultsImport, reading: Reading) -> None:
    faults = reading.parsed.faults
    summary = {
        "faults": _in_each_language(
            lambda: [_shown(fault) for fault in faults[:MOST_SHOWN]]
        ),
        "faults_total": len(faults),
    }
    _settle(
        received,
        state=ResultsImport.State.REFUSED,
        refusal="",
        summary=summary,
        annotated=_annotated(
            received, reading, list(map(remark_of, faults)), marking=FAULTS
        ),
    )


def _annotated(
    received: ResultsImport,
    reading: Reading,
    remarks: Sequence[Remark],
    *,
    marking: Marking,
) -> str:
    """Store the copy with these remarks; return its name, "" where there are none."""
    if not remarks:
        return ""
    with tempfile.TemporaryFile() as stream:
        write_annotated(
            stream,
            sheets=reading.sheets,
            remarks=remarks,
            marking=marking,
            rule_set=rulesets.load(received.rule_set_code),
            year=received.year,
        )
        stream.seek(0)
        name = f"imports/{received.file_sha256}-{received.pk}-annotated.xlsx"
        received.annotated.save(name, ContentFile(stream.read()), save=False)
    return str(received.annotated.name)


def _in_each_language(tell: Callable[[], Told]) -> dict[str, Told]:
    """Return what `tell` says by language: a page is read in another than was sent."""
    told = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            told[language] = tell()
    return told


def _shown(finding: Finding) -> dict[str, object]:
    return {
        "sheet": finding.sheet,
        "row": finding.row,
        "column": finding.column,
        "value": finding.value,
        "text": finding_text(finding),
    }


def _keep_preview(
    received: ResultsImport, reading: Reading, contents: Contents, outcome: Outcome
) -> None:
    rule_set, parsed = rulesets.load(received.rule_set_code), reading.parsed
    remarks = remarks_on(
        parsed,
        contents,
        outcome.differences,
        rule_set=rule_set,
        year=received.year,
    )

    def notes() -> list[str]:
        of_rules = notes_on(contents, rule_set=rule_set, year=received.year)
        return [*of_rules, *map(finding_line, parsed.notes)][:MOST_SHOWN]

    def differences() -> list[str]:
        return list(map(difference_text, outcome.differences[:MOST_SHOWN]))

    summary = {
        "act": outcome.act.value,
        "campaign_name": outcome.campaign.name,
        "units": _compared(len(contents.units), outcome.new_units, "unit", outcome),
        "members": _compared(
            len(contents.people), outcome.new_members, "member", outcome
        ),
        "differences": _in_each_language(differences),
        "differences_total": len(outcome.differences),
        "notes": _in_each_language(notes),
        "notes_total": len(remarks) - len(outcome.differences),
    }
    _settle(
        received,
        state=ResultsImport.State.READY,
        refusal="",
        summary=summary,
        digest=contents.digest(),
        annotated=_annotated(received, reading, remarks, marking=NOTES),
    )


def _compared(total: int, new: int, kind: str, outcome: Outcome) -> dict[str, int]:
    differ = len({each.code for each in outcome.differences if each.kind == kind})
    return {"new": new, "same": total - new - differ, "differs": differ}


def _record(action: str, received: ResultsImport, actor: Actor, now: datetime) -> None:
    events.record(
        action=action,
        subject=received,
        actor=actor,
        now=now,
        unit=received.within,
        area=Area.IMPORT,
        data={"file": received.file_sha256},
    )
