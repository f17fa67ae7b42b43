"""Make a backup that says what is in it, and try whether it can be restored.

    python -m deploy.backup dump FOLDER [--files FOLDER_OF_FILES]
    python -m deploy.backup drill FOLDER [--seal HASH] [--files COPY_OF_FILES] [--keep]

`BACKUP_URL` is the database as a role that sees every row: a superuser, or one with
BYPASSRLS that may read all. `DRILL_URL` is any database of a server where a role that
sees every row may make others; the drill restores into a new one, and drops it.

deploy/README.md, "Backups", tells how the two are used.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import secrets
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import psycopg2
from psycopg2.extensions import ISOLATION_LEVEL_REPEATABLE_READ, parse_dsn
from psycopg2.sql import SQL, Identifier

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parent.parent
DUMP, SAID = "tusoi.dump", "backup.json"
SEAL = "SELECT number, hash FROM members_logseal ORDER BY number DESC LIMIT 1"
_OF_LIBPQ = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}


class NotDone(Exception):
    """The backup or the drill cannot be done; the text says why."""


def main() -> int:
    """Do what the arguments ask for; 1 if anything is not as it should be."""
    asked = _parser().parse_args()
    try:
        if asked.act == "dump":
            said = dump(_url("BACKUP_URL"), asked.folder, files=asked.files)
            _say(
                f"{sum(said['tables'].values())} rows in {len(said['tables'])} tables."
            )
            _say("To be kept elsewhere, so that a cut log is found: " + _seal_of(said))
            return 0
        faults = drill(
            asked.folder,
            _url("DRILL_URL"),
            kept_seal=asked.seal,
            files=asked.files,
            keep=asked.keep,
        )
    except NotDone as reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    return 1 if faults else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m deploy.backup",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    acts = parser.add_subparsers(dest="act", required=True)
    for name in ("dump", "drill"):
        act = acts.add_parser(name)
        act.add_argument("folder", type=Path)
        act.add_argument(
            "--files", type=Path, help="the files of the site, or the copy"
        )
    act.add_argument("--seal", default="", help="the hash of a seal kept elsewhere")
    act.add_argument("--keep", action="store_true", help="leave the new database")
    return parser


def dump(url: str, folder: Path, *, files: Path | None = None) -> dict[str, Any]:
    """Write a dump and, beside it, what is in it: rows, newest seal, hashes of files.

    Both are of one moment, whoever writes meanwhile.
    Raises: NotDone as a role that does not see every row, or if `pg_dump` fails.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _connected(url) as connection:
        connection.set_session(
            isolation_level=ISOLATION_LEVEL_REPEATABLE_READ, readonly=True
        )
        _demand_every_row(connection)
        snapshot = _rows(connection, "SELECT pg_export_snapshot()")[0][0]
        said: dict[str, Any] = {
            "tables": counts_of(connection),
            "seal": (_rows(connection, SEAL) or [None])[0],
        }
        command = ["pg_dump", "--format=custom", f"--snapshot={snapshot}"]
        _run([*command, f"--file={folder / DUMP}"], url)
    (folder / DUMP).chmod(0o600)
    said["dump"] = digest_of(folder / DUMP)
    said["files"] = digests_in(files) if files else {}
    (folder / SAID).write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    return said


def drill(
    folder: Path,
    server_url: str,
    *,
    kept_seal: str = "",
    files: Path | None = None,
    keep: bool = False,
) -> list[str]:
    """Restore a backup into a new database and return all that is wrong with it.

    Raises: NotDone if there is no backup, or it cannot be restored at all.
    """
    started = time.monotonic()
    said = _what_is_said(folder)
    faults = _faults_of_files(said, files)
    if digest_of(folder / DUMP) != said["dump"]:
        faults.append("The dump is not the one that was made: its hash is another.")
    with _new_database(server_url, keep=keep) as url:
        options = ["--no-owner", "--no-privileges", "--exit-on-error"]
        name = str(parse_dsn(url)["dbname"])
        _run(["pg_restore", *options, f"--dbname={name}", str(folder / DUMP)], url)
        _say(f"restored after {time.monotonic() - started:.1f} s")
        with _connected(url) as connection:
            _demand_every_row(connection)
            faults += _faults_of_rows(said, counts_of(connection))
            faults += _faults_of_seal(said, connection, kept_seal)
        faults += _faults_of_log(url)
    _say(f"drill ended after {time.monotonic() - started:.1f} s: {len(faults)} faults")
    return faults


def counts_of(connection: Any) -> dict[str, int]:
    """Return how many rows each table has, by its name."""
    tables = _rows(
        connection,
        "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        " ORDER BY tablename",
    )
    counting = SQL("SELECT count(*) FROM {}")
    return {
        name: _rows(connection, counting.format(Identifier(name)))[0][0]
        for (name,) in tables
    }


def digest_of(file: Path) -> str:
    """Return the SHA-256 of a file."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def digests_in(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder, by its place in it."""
    return {
        str(file.relative_to(folder)): digest_of(file)
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def _what_is_said(folder: Path) -> dict[str, Any]:
    if not (folder / SAID).exists() or not (folder / DUMP).exists():
        raise NotDone(f"There is no backup in {folder}: {SAID} and {DUMP} make one.")
    said: dict[str, Any] = json.loads((folder / SAID).read_text(encoding="utf-8"))
    return said


def _faults_of_files(said: Mapping[str, Any], files: Path | None) -> list[str]:
    if files is None:
        return []
    there = digests_in(files)
    return [
        f"File {name} is {'missing' if name not in there else 'another'}."
        for name, digest in said["files"].items()
        if there.get(name) != digest
    ]


def _faults_of_rows(said: Mapping[str, Any], restored: Mapping[str, int]) -> list[str]:
    return [
        f"Table {name} has {restored.get(name, 0)} rows of {said['tables'].get(name, 0)}."
        for name in sorted(said["tables"].keys() | restored.keys())
        if restored.get(name) != said["tables"].get(name)
    ]


def _faults_of_seal(
    said: Mapping[str, Any], connection: Any, kept_seal: str
) -> list[str]:
    faults = []
    newest = (_rows(connection, SEAL) or [None])[0]
    if list(newest or []) != list(said["seal"] or []):
        faults.append("The newest seal is not the one that was dumped.")
    known = "SELECT 1 FROM members_logseal WHERE hash = %s"
    if kept_seal and not _rows(connection, known, kept_seal):
        faults.append(
            "The log does not hold the seal that was kept elsewhere: its end was cut, or"
            " it is another log."
        )
    return faults


def _faults_of_log(url: str) -> list[str]:
    """Let `verify_log` of this program look at the restored log."""
    done = subprocess.run(
        [sys.executable, "manage.py", "verify_log"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, "DATABASE_OWNER_URL": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    _say(done.stdout.strip())
    return [] if done.returncode == 0 else [f"verify_log: {done.stderr.strip()}"]


@contextmanager
def _new_database(server_url: str, *, keep: bool) -> Iterator[str]:
    name = f"tusoi_drill_{secrets.token_hex(4)}"
    with _connected(server_url) as connection:
        connection.autocommit = True
        _execute(connection, SQL("CREATE DATABASE {}").format(Identifier(name)))
        try:
            yield urlsplit(server_url)._replace(path=f"/{name}").geturl()
        finally:
            if keep:
                _say(f"The restored database is {name}.")
            else:
                dropping = SQL("DROP DATABASE {} WITH (FORCE)")
                _execute(connection, dropping.format(Identifier(name)))


def _demand_every_row(connection: Any) -> None:
    sees_all = (
        "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    )
    if not _rows(connection, sees_all)[0][0]:
        raise NotDone(
            "This role does not see every row, so the backup would lack some. Take a"
            " superuser, or a role with BYPASSRLS (deploy/README.md)."
        )


@contextmanager
def _connected(url: str) -> Iterator[Any]:
    try:
        connection = psycopg2.connect(url, connect_timeout=5)
    except psycopg2.OperationalError as fault:
        raise NotDone(f"The database cannot be reached: {fault}") from fault
    try:
        yield connection
    finally:
        connection.close()


def _rows(connection: Any, statement: Any, *parameters: object) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows: list[Any] = cursor.fetchall()
        return rows


def _execute(connection: Any, statement: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _run(command: list[str], url: str) -> None:
    """Run a program of PostgreSQL; the password goes by the environment, unseen."""
    named = {
        _OF_LIBPQ[key]: str(value)
        for key, value in parse_dsn(url).items()
        if key in _OF_LIBPQ
    }
    done = subprocess.run(
        command,
        env={**os.environ, **named},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        told = re.sub(r"\s+", " ", done.stderr.strip())[:500]
        raise NotDone(f"{command[0]} failed: {told}")


def _url(name: str) -> str:
    url = os.environ.get(name, "")
    if not url:
        raise NotDone(f"Set {name}; deploy/README.md says to what.")
    return url


def _seal_of(said: Mapping[str, Any]) -> str:
    return "seal {}: {}".format(*said["seal"]) if said["seal"] else "no seal yet"


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
