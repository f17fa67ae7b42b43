"""Commands refuse alike: exit code 1, and the last line on stderr says why."""

import errno
import hashlib
import os
import sqlite3
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO, cast

import psycopg2
from django import forms
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseError
from django.utils.translation import gettext as _
from psycopg2 import errors

from members.models import PartyUnit

MISUSED = 2  # what argparse ends with
REFUSED = 1


class Heedless:
    """A stream whose reader may go: what was done stays done, and ends as done."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> None:
        """Write, or let it be."""
        self._or_let_be(lambda: self._stream.write(text))

    def flush(self) -> None:
        """Flush, or let it be."""
        self._or_let_be(self._stream.flush)

    def _or_let_be(self, act: Callable[[], object]) -> None:
        if self._stream is None:  # closed before the program began
            return
        try:
            act()
        except OSError:
            # What is still in its buffer would be tried again at the very end.
            with suppress(OSError, AttributeError), Path(os.devnull).open("wb") as void:
                os.dup2(void.fileno(), self._stream.fileno())


class RefusingCommand(BaseCommand):
    """A command whose wrong options are refused like wrong files and codes."""

    def __init__(self, stdout: Any = None, stderr: Any = None, **options: Any) -> None:
        super().__init__(
            stdout=cast("TextIO", Heedless(stdout or sys.stdout)),
            stderr=cast("TextIO", Heedless(stderr or sys.stderr)),
            **options,
        )

    def run_from_argv(self, argv: list[str]) -> None:
        try:
            super().run_from_argv(argv)
        except SystemExit as end:
            if end.code == MISUSED:
                raise SystemExit(REFUSED) from end
            raise

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except DatabaseError as refusal:
            if not _is_not_set_up(refusal):
                raise
            why = " ".join(str(refusal).split())
            told = (
                _("The database refuses (%s). Has `manage.py migrate` been run?")
                if _lacks_tables(refusal)
                else _("The database does not answer: %s")
            )
            raise CommandError(told % why) from refusal


def _lacks_tables(refusal: DatabaseError) -> bool:
    cause = refusal.__cause__
    return isinstance(
        cause, errors.UndefinedTable | errors.UndefinedColumn
    ) or "no such " in str(cause)


def _is_not_set_up(refusal: DatabaseError) -> bool:
    """Tell whether no server answers, or what answers lacks a table or a column.

    Anything else that the database refuses is a fault, and needs its trace.
    """
    cause = refusal.__cause__
    if isinstance(cause, sqlite3.DatabaseError):
        return str(cause).startswith(
            ("no such ", "unable to open ", "file is not a database")
        )
    if isinstance(cause, errors.UndefinedTable | errors.UndefinedColumn):
        return True
    # What a server that was reached refuses has a class of its own.
    return type(cause) is psycopg2.OperationalError


def refuse_unknown(value: str, known: Collection[str], *, option: str) -> None:
    """Refuse a code that is not among the known ones, and name these.

    Instead of argparse's `choices`, which speaks English only.
    Raises: CommandError.
    """
    if value not in known:
        raise CommandError(
            _("%(option)s: there is no “%(value)s”, only %(known)s.")
            % {"option": option, "value": value, "known": ", ".join(known)}
        )


def cleaned(field: forms.Field, value: object, *, option: str) -> Any:
    """Return an option as the field of the page would take it.

    Raises: CommandError, with the sentences that the page would show.
    """
    try:
        return field.clean(value)
    except ValidationError as refusal:
        raise CommandError(f"{option}: {' '.join(refusal.messages)}") from refusal


@contextmanager
def writing_to(path: Path) -> Iterator[None]:
    """Turn what the file system says while `path` is written into a refusal.

    Raises: CommandError.
    """
    try:
        yield
    except OSError as refusal:
        raise CommandError(
            _("%(file)s cannot be written: %(why)s")
            % {"file": path, "why": why_not(refusal)}
        ) from refusal


def digest_of(file: Path) -> str:
    """Return the SHA-256 of a file, in hex.

    Raises: CommandError where it cannot be read.
    """
    try:
        if file.exists() and not (file.is_file() or file.is_dir()):
            raise CommandError(_("%s is no file that can be read.") % file)
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as refusal:
        raise CommandError(
            _("%(file)s cannot be read: %(why)s")
            % {"file": file, "why": why_not(refusal)}
        ) from refusal


def refuse_the_same(file: Path, annotated: Path | None) -> None:
    """Refuse to write the annotated copy over the file itself.

    Raises: CommandError.
    """
    if annotated is not None and annotated.resolve() == file.resolve():
        raise CommandError(
            _("--annotated names FILE itself, which would be overwritten.")
        )


def unit_of(code: str) -> PartyUnit:
    """Return the open unit of a code, however it is spelled.

    Raises: CommandError.
    """
    found = PartyUnit.objects.open().filter(code_key=code).first() if code else None
    if found is None:
        raise CommandError(_("There is no open unit of the code %s.") % code)
    return found


def why_not(refusal: OSError) -> str:
    """Return in the user's language what the file system says."""
    told = {
        errno.ENOENT: _("there is no such file or folder"),
        errno.EACCES: _("it may not be opened"),
        errno.EISDIR: _("it is a folder"),
        errno.ENOSPC: _("the disk is full"),
    }
    return told.get(refusal.errno or 0, refusal.strerror or str(refusal))
