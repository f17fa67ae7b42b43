"""What people do with an upload: send it, confirm it, try again, take its copy."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from members import events, jobs
from members.models import Account, Job, PartyUnit
from members.policy import Actor, Area
from reviews.models import ResultsImport


class NotToBeConfirmed(Exception):
    """The upload is not, or no longer, one that can be written; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUpload:
    """What the form gives: a file, and the campaign that it is for."""

    file: File
    within: PartyUnit
    campaign_code: str
    campaign_name: str
    rule_set_code: str
    year: int
    language: str


def receive(
    new: NewUpload, *, by: Account, actor: Actor, now: datetime
) -> ResultsImport:
    """Keep an uploaded file and queue its reading; nothing is parsed here."""
    with transaction.atomic():
        digest = _digest_of(new.file)
        upload = ResultsImport(
            campaign_code=new.campaign_code,
            campaign_name=new.campaign_name,
            rule_set_code=new.rule_set_code,
            year=new.year,
            language=new.language,
            within=new.within,
            uploaded_by=by,
            uploaded_at=now,
            file_name=Path(new.file.name or "").name,
            file_sha256=digest,
        )
        upload.file.save(f"imports/{digest}.xlsx", new.file, save=True)
        _queue(upload, by=by)
        _record("results.received", upload, actor, now)
    return upload


def _digest_of(file: File) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def confirm(upload: ResultsImport, *, by: Account, actor: Actor, now: datetime) -> None:
    """Queue the writing of just those rows that the preview showed.

    Raises: NotToBeConfirmed if it is not ready; a second click finds that too.
    """
    with transaction.atomic():
        locked = _locked(upload)
        if locked.state != ResultsImport.State.READY:
            raise NotToBeConfirmed(_("This workbook does not wait for confirmation."))
        locked.state = ResultsImport.State.WRITING
        locked.save(update_fields=["state"])
        _queue(locked, by=by)
        _record("results.confirmed", locked, actor, now)


def retry(upload: ResultsImport, *, by: Account, actor: Actor, now: datetime) -> None:
    """Queue the step that failed once more, for who asks now, with the scope of theirs.

    A step that waits, is done or has ended is left as it is: so is a second click.
    """
    with transaction.atomic():
        locked = _locked(upload)
        if locked.status != Job.Status.FAILED:
            return
        _queue(locked, by=by)
        _record("results.retried", locked, actor, now)


def record_download(upload: ResultsImport, *, actor: Actor, now: datetime) -> None:
    """Log that the annotated copy was handed out: it has the names of the file."""
    _record("results.annotated_downloaded", upload, actor, now)


def _locked(upload: ResultsImport) -> ResultsImport:
    """Return the upload as it is now, with nobody else changing it.

    Its job is not joined: that would be the one from before the wait for the lock.
    """
    return ResultsImport.objects.select_for_update(no_key=True).get(pk=upload.pk)


def _queue(upload: ResultsImport, *, by: Account) -> None:
    """Give the upload a job for its next step, which is done in the name of `by`."""
    is_writing = upload.state == ResultsImport.State.WRITING
    if is_writing:
        upload.confirmed_by = by
    upload.job = jobs.open_job(
        kind="results_import" if is_writing else "results_preview",
        subject_id=upload.pk,
        requested_by=by,
    )
    upload.save(update_fields=["confirmed_by", "job"])


def _record(action: str, upload: ResultsImport, actor: Actor, now: datetime) -> None:
    events.record(
        action=action,
        subject=upload,
        actor=actor,
        now=now,
        unit=upload.within,
        area=Area.IMPORT,
        data={"file": upload.file_sha256},
    )
