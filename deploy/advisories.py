"""Compare the lock file with known holes of packages; `make advisories` calls it.

The advisories are a file that the operator brings: a folder, a .zip or a .json of
entries in the OSV format, as the database of PyPI is given out. No check is trusted to
pass that cannot fail: planted holes have to be found first, and so do those that
everybody knows of an old version of Django, or the file is no whole database.

Exit: 0 nothing is known, 1 something is, 2 nothing could be said.
"""

from __future__ import annotations

import argparse
import json
import sys
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from deploy.locked import ROOT, Part, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Advisory = dict[str, Any]

KNOWN, UNKNOWN = 1, 2
LOCKS = ("requirements.txt", "requirements-dev.txt")
OLDEST = timedelta(days=30)
# Of which more than one hole has been known for years.
NOTORIOUS = Part("django", "3.2", ())
_PLANTED = "PLANTED"


class NothingSaid(Exception):
    """No answer can be given; the text says why."""


@dataclass(frozen=True)
class Hole:
    """A known hole of a part; `summary` is the advisory's own."""

    part: Part
    advisory: str
    summary: str


def main() -> int:
    """Say which parts have known holes; 0 only if that could be looked for."""
    parser = argparse.ArgumentParser(prog="make advisories", description=__doc__)
    parser.add_argument("database", nargs="?", default="")
    database = parser.parse_args().database
    try:
        advisories = list(read(database))
        holes = checked(parts_in_use(), advisories, now=datetime.now(UTC))  # noqa: TID251 -- there is no Django here
    except NothingSaid as reason:
        sys.stderr.write(f"{reason}\n")
        return UNKNOWN
    for hole in holes:
        sys.stdout.write(
            f"{hole.part.name} {hole.part.version}: {hole.advisory} {hole.summary}\n"
        )
    sys.stdout.write(f"{len(advisories)} advisories read, {len(holes)} holes known.\n")
    return KNOWN if holes else 0


def parts_in_use() -> list[Part]:
    """Return what the lock files pin, each once."""
    locks = [(ROOT / name).read_text(encoding="utf-8") for name in LOCKS]
    return sorted(
        {part for lock in locks for part in parts_of(lock)},
        key=lambda part: (part.name, part.version),
    )


def read(database: str) -> Iterator[Advisory]:
    """Give the entries of a folder, a .zip or a .json of advisories.

    Raises: NothingSaid where there is none, or it cannot be read.
    """
    path = Path(database)
    if not database or not path.exists():
        raise NothingSaid(
            "There is no database of advisories, so nothing was checked. Bring the OSV "
            "database of PyPI (all.zip) to this machine and name it: "
            "make advisories ADVISORIES=/path/to/all.zip"
        )
    try:
        for text in _texts_in(path):
            entry = json.loads(text)
            yield from entry if isinstance(entry, list) else [entry]
    except (ValueError, OSError, zipfile.BadZipFile) as fault:
        raise NothingSaid(
            f"The database of advisories cannot be read: {fault}"
        ) from fault


def _texts_in(path: Path) -> Iterator[bytes]:
    if path.is_dir():
        for file in sorted(path.rglob("*.json")):
            yield file.read_bytes()
    elif path.suffix == ".json":
        yield path.read_bytes()
    else:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith(".json"):
                    yield archive.read(name)


def checked(
    parts: list[Part], advisories: list[Advisory], *, now: datetime
) -> list[Hole]:
    """Return the known holes of the parts, after the search has been shown to find.

    Raises: NothingSaid for a database that is old, or knows nothing of what everybody
        knows, and for a search that does not find what was planted.
    """
    newest = max((entry.get("modified", "") for entry in advisories), default="")
    if not newest or datetime.fromisoformat(newest) < now - OLDEST:
        raise NothingSaid(
            f"The newest advisory is of {newest[:10] or 'no day'}: the database is older"
            f" than {OLDEST.days} days. Bring a newer one."
        )
    if not holes_of([NOTORIOUS], advisories):
        raise NothingSaid(
            f"The database knows no hole of {NOTORIOUS.name} {NOTORIOUS.version}, which"
            " has many: it is no whole database."
        )
    planted = planted_for(parts)
    found = holes_of(parts, [*advisories, *planted])
    names = {hole.advisory for hole in found if hole.advisory.startswith(_PLANTED)}
    if names != {entry["id"] for entry in planted}:
        raise NothingSaid("A planted hole was not found: the search itself is faulty.")
    return [hole for hole in found if hole.advisory not in names]


def planted_for(parts: list[Part]) -> list[Advisory]:
    """Return a made-up hole of each part, told by its version and by a range in turn."""
    return [
        {"id": f"{_PLANTED}-{number}", "affected": [_affected(part, number)]}
        for number, part in enumerate(parts)
    ]


def _affected(part: Part, number: int) -> dict[str, Any]:
    package = {"ecosystem": "PyPI", "name": part.name.replace("-", "_").title()}
    if number % 2:
        return {"package": package, "versions": [part.version]}
    events = [{"introduced": "0"}, {"last_affected": part.version}]
    return {"package": package, "ranges": [{"type": "ECOSYSTEM", "events": events}]}


def holes_of(parts: list[Part], advisories: Iterable[Advisory]) -> list[Hole]:
    """Return the holes that advisories know of the parts; withdrawn ones are left out."""
    by_name: dict[str, list[Part]] = {}
    for part in parts:
        by_name.setdefault(canonicalize_name(part.name), []).append(part)
    return [
        Hole(part, entry["id"], entry.get("summary", ""))
        for entry in advisories
        if not entry.get("withdrawn")
        for affected in entry.get("affected", [])
        for part in by_name.get(_name_in(affected), [])
        if _is_affected(part.version, affected)
    ]


def _name_in(affected: dict[str, Any]) -> str:
    package = affected.get("package", {})
    if package.get("ecosystem") != "PyPI":
        return ""
    return str(canonicalize_name(package.get("name", "")))


def _is_affected(version: str, affected: dict[str, Any]) -> bool:
    if version in affected.get("versions", []):
        return True
    return any(
        _is_inside(Version(version), each.get("events", []))
        for each in affected.get("ranges", [])
        if each.get("type") == "ECOSYSTEM"
    )


def _is_inside(version: Version, events: list[dict[str, str]]) -> bool:
    """Walk the events of a range up to the version; what cannot be read counts as in."""
    try:
        steps = sorted(
            (Version(at), kind) for event in events for kind, at in event.items()
        )
    except InvalidVersion:
        return True
    is_inside = False
    for at, kind in steps:
        if kind == "introduced" and at <= version:
            is_inside = True
        elif (kind == "fixed" and at <= version) or (
            kind == "last_affected" and at < version
        ):
            is_inside = False
    return is_inside


if __name__ == "__main__":
    sys.exit(main())
