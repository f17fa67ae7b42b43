"""What people do with an upload: send it, confirm it, try again, take its copy.

And what a worker needs for its steps; what is in the file is the kind's own matter.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import IO, TypeVar

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from members import events, jobs
from members.models import Job, Upload
from members.policy import Actor
from members.services.receipts import digest_of_file

MOST_SHOWN = 200  # faults, differences, notes kept for the page

Kind = TypeVar("Kind", bound=Upload)


class NotToBeConfirmed(Exception):
    """The upload is not, or no longer, one that can be written; the text says why."""


def receive(upload: Kind, *, file: File, actor: Actor, now: datetime) -> Kind:
    """Keep an uploaded file and queue its reading; nothing is parsed here."""
    with transaction.atomic():
        digest = digest_of_file(file)
        assert actor.account_id is not None  # a command sends no workbook
        upload.uploaded_by_id = actor.account_id
        upload.uploaded_at = now
        upload.file_name = Path(file.name or "").name
        upload.file_sha256 = digest
        upload.file.save(f"imports/{digest}.xlsx", file, save=True)
        _queue(upload, actor)
        _record("received", upload, actor, now)
    return upload


def confirm(upload: Upload, *, actor: Actor, now: datetime) -> None:
    """Queue the writing of just those rows that the preview showed.

    Raises: NotToBeConfirmed if it is not ready; a second click finds that too.
    """
    with transaction.atomic():
        locked = _locked(upload)
        if locked.state != Upload.State.READY:
            raise NotToBeConfirmed(_("This workbook does not wait for confirmation."))
        locked.state = Upload.State.WRITING
        locked.save(update_fields=["state"])
        _queue(locked, actor)
        _record("confirmed", locked, actor, now)


def retry(upload: Upload, *, actor: Actor, now: datetime) -> None:
    """Queue the step that failed once more, for who asks now, with the scope of theirs.

    A step that waits, is done or has ended is left as it is: so is a second click.
    """
    with transaction.atomic():
        locked = _locked(upload)
        if locked.status != Job.Status.FAILED:
            return
        _queue(locked, actor)
        _record("retried", locked, actor, now)


def record_download(upload: Upload, *, actor: Actor, now: datetime) -> None:
    """Log that the annotated copy was handed out: it has the names of the file."""
    _record("annotated_downloaded", upload, actor, now)


def settle(upload: Upload, **columns: object) -> None:
    """Write how a step ended, unless the upload has gone on since it was begun.

    A worker whose lease ran out may come after the one that took its job over.
    """
    uploads = type(upload)._default_manager
    uploads.filter(pk=upload.pk, state=upload.state).update(**columns)


def refuse(upload: Upload, refusal: str, *, unreadable: bool = False) -> None:
    """Write that a step ended with a sentence instead of a result."""
    summary = {"unreadable": True} if unreadable else {}
    settle(upload, state=Upload.State.REFUSED, refusal=refusal, summary=summary)


@contextmanager
def on_disk(upload: Upload) -> Iterator[Path]:
    """Give the uploaded file as one of this machine, for the process that reads it."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as copy:
        with upload.file.open("rb") as source:
            while chunk := source.read(1 << 20):
                copy.write(chunk)
        copy.flush()
        yield Path(copy.name)


def store_copy(upload: Upload, write: Callable[[IO[bytes]], None]) -> str:
    """Store the annotated copy that `write` writes; return its name."""
    with tempfile.TemporaryFile() as stream:
        write(stream)
        stream.seek(0)
        name = f"imports/{upload.file_sha256}-{upload.pk}-annotated.xlsx"
        upload.annotated.save(name, ContentFile(stream.read()), save=False)
    return str(upload.annotated.name)


def in_each_language(tell: Callable[[], Iterable[object]]) -> dict[str, list[object]]:
    """Return the first of what is told, by language: that of the page may be another."""
    told = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            told[language] = list(islice(tell(), MOST_SHOWN))
    return told


def _locked(upload: Upload) -> Upload:
    """Return the upload as it is now, with nobody else changing it.

    Its job is not joined: that would be the one from before the wait for the lock.
    """
    uploads = type(upload)._default_manager
    return uploads.select_for_update(no_key=True).get(pk=upload.pk)


def _queue(upload: Upload, actor: Actor) -> None:
    """Give the upload a job for its next step, which is done in the actor's name."""
    is_writing = upload.state == Upload.State.WRITING
    if is_writing:
        upload.confirmed_by_id = actor.account_id
    upload.job = jobs.open_job(
        kind=upload.WRITING_JOB if is_writing else upload.READING_JOB,
        subject_id=upload.pk,
        requested_by=actor.account_id,
    )
    upload.save(update_fields=["confirmed_by", "job"])


def _record(act: str, upload: Upload, actor: Actor, now: datetime) -> None:
    events.record(
        action=f"{upload.ACTION}.{act}",
        subject=upload,
        actor=actor,
        now=now,
        unit=upload.within,
        area=upload.AREA,
        data={"file": upload.file_sha256},
    )
