"""What a worker does with an upload: try it, then write what was confirmed."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.contents import Contents
from members.queries import actor_for
from members.services import uploads
from members.spreadsheets.reading import WorkbookRefused
from members.workbook.findings import Finding
from reviews.models import ResultsImport
from reviews.services.importing import (
    Act,
    CodesTaken,
    Order,
    Outcome,
    Progress,
    ResultsNotImportable,
    import_results,
    try_import,
)
from reviews.services.workbooks.reading import Reading, read_workbook
from reviews.services.workbooks.telling import (
    faults_of_taken,
    tell_faults,
    tell_preview,
    told_of,
)


def preview(upload: ResultsImport, *, now: datetime, on_progress: Progress) -> None:
    """Read the file and try the import; keep what the page shows, write nothing else.

    An upload that was read before is left as it is: its reader may be long gone.
    Raises: nothing for a bad file: its faults are the result.
    """
    if upload.state != ResultsImport.State.READING:
        return
    with override(upload.language):
        try:
            _preview(upload, now, on_progress)
        except WorkbookRefused as refusal:
            uploads.refuse(upload, str(refusal), unreadable=True)
        except ResultsNotImportable as refusal:
            uploads.refuse(upload, str(refusal))


def _preview(upload: ResultsImport, now: datetime, on_progress: Progress) -> None:
    reading = _read(upload)
    on_progress(40)
    contents = reading.parsed.contents
    if contents is None:
        _refuse_rows(upload, reading, reading.parsed.faults)
        return
    try:
        outcome = try_import(contents, _order(upload, now), compares=True)
    except CodesTaken as refusal:
        _refuse_rows(upload, reading, faults_of_taken(contents, refusal.taken))
        return
    on_progress(90)
    uploads.settle(
        upload,
        state=ResultsImport.State.READY,
        refusal="",
        digest=contents.digest(),
        **tell_preview(upload, reading, contents, outcome),
    )


def apply(upload: ResultsImport, *, now: datetime, on_progress: Progress) -> None:
    """Write the confirmed rows; the file is read again and must say the same.

    An upload that was written before is left as it is.
    Raises: nothing for results that are refused now: the upload is then refused.
    """
    if upload.state != ResultsImport.State.WRITING:
        return
    with override(upload.language):
        try:
            outcome = _write(upload, now, on_progress)
        except (WorkbookRefused, ResultsNotImportable) as refusal:
            uploads.refuse(upload, str(refusal))
            return
        uploads.settle(
            upload,
            state=ResultsImport.State.DONE,
            campaign=outcome.campaign,
            summary={**upload.summary, "act": outcome.act.value},
        )


def _write(upload: ResultsImport, now: datetime, on_progress: Progress) -> Outcome:
    contents = _confirmed_contents(upload)
    with transaction.atomic():
        outcome = import_results(contents, _order(upload, now), on_progress=on_progress)
        # A worker that was killed after it wrote finds its own results again.
        is_new = outcome.act is not Act.UNCHANGED
        if is_new and told_of(outcome.replacement) != upload.summary.get("replacement"):
            raise ResultsNotImportable(
                _(
                    "The campaign has changed since the preview. Send the workbook "
                    "again and look at what it would replace now."
                )
            )
    return outcome


def _confirmed_contents(upload: ResultsImport) -> Contents:
    contents = _read(upload).parsed.contents
    if contents is None or contents.digest() != upload.digest:
        raise ResultsNotImportable(
            _("The file is not the one that the preview showed.")
        )
    return contents


def _read(upload: ResultsImport) -> Reading:
    with uploads.on_disk(upload) as path:
        return read_workbook(path, rule_set_code=upload.rule_set_code, year=upload.year)


def _order(upload: ResultsImport, now: datetime) -> Order:
    """Return the order of who asked for the step, with the scope that holds now.

    Raises: ResultsNotImportable if the post ended meanwhile.
    """
    actor = actor_for(upload.author)
    if not ResultsImport.objects.visible_to(actor).filter(pk=upload.pk).exists():
        raise ResultsNotImportable(
            _("Your post no longer lets you enter results for %s.") % upload.within.name
        )
    return Order(
        campaign_code=upload.campaign_code,
        rule_set_code=upload.rule_set_code,
        year=upload.year,
        name=upload.campaign_name,
        actor=actor,
        now=now,
        file_sha256=upload.file_sha256,
        within=upload.within,
    )


def _refuse_rows(
    upload: ResultsImport, reading: Reading, faults: Sequence[Finding]
) -> None:
    told = tell_faults(upload, reading, faults)
    uploads.settle(upload, state=ResultsImport.State.REFUSED, refusal="", **told)
