"""What a lock file pins: names, versions, hashes of files. Standard library."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNTIME = ROOT / "requirements.txt"

_PINNED = re.compile(r"([a-z0-9-]+)(?:\[[a-z0-9,-]+\])?==([^ ;]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True)
class Part:
    """One package of the lock; `hashes` are those of all its files, by SHA-256."""

    name: str
    version: str
    hashes: tuple[str, ...]


def parts_of(lock: str) -> list[Part]:
    """Return what the text of a lock file pins, by name."""
    found = []
    for requirement in re.split(r"\n(?=\S)", lock):
        if pinned := _PINNED.match(requirement):
            hashes = tuple(sorted(_HASH.findall(requirement)))
            found.append(Part(pinned[1], pinned[2], hashes))
    return sorted(found, key=lambda part: part.name)
