"""The child process that looks through one attached file; `reading` starts it.

Its answer is a line of JSON, then the picture written anew if it was one. Pure:
standard library, pikepdf and Pillow.
"""

import json
import sys
from pathlib import Path
from typing import Any

from members.attachments import office, pdfs, pictures
from members.attachments.kinds import BY_ENDING, LIMITS, MAX_BYTES, Kind
from members.confined import Unfit, confine
from members.spreadsheets.cells import MEGABYTE

_PICTURES = {b"\xff\xd8\xff": Kind.JPG, b"\x89PNG\r\n\x1a\n": Kind.PNG}
_PDF = b"%PDF-"
_ZIP = b"PK\x03\x04"
_OLE = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Office files, and the coat of a password
)
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


def main() -> None:
    """Look through what the first argument orders, answer on standard output."""
    order = json.loads(sys.argv[1])
    confine(
        address_space_bytes=LIMITS.address_space_bytes, cpu_seconds=LIMITS.cpu_seconds
    )
    answer: dict[str, Any]
    content = b""
    try:
        kind, content = look_through(Path(order["path"]).read_bytes(), order["name"])
        answer = {"kind": kind}
    except Unfit as unfit:
        answer = {"unfit": unfit.code, "params": unfit.params}
    except MemoryError:
        answer = {"unfit": "too_demanding", "params": {}}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + content)


def look_through(content: bytes, name: str) -> tuple[Kind, bytes]:
    """Return what a file holds, and the picture to be kept in its place if it is one.

    Raises: Unfit; any exception of the parsers for a damaged file.
    """
    if len(content) > MAX_BYTES:
        raise Unfit("too_large", megabytes=MAX_BYTES // MEGABYTE)
    kind = _kind_of(content)
    _check_name(name, kind)
    if kind is Kind.PDF:
        pdfs.check(content)
    elif kind in {Kind.JPG, Kind.PNG}:
        return kind, pictures.clean(content, kind)
    else:
        office.check(content, kind)
    return kind, b""


def _kind_of(content: bytes) -> Kind:
    if content.startswith(_PDF):
        return Kind.PDF
    for start, kind in _PICTURES.items():
        if content.startswith(start):
            return kind
    if content.startswith(_OLE):
        is_encrypted = _ENCRYPTED_STREAM in content
        raise Unfit("encrypted" if is_encrypted else "old_format")
    found = office.kind_of(content) if content.startswith(_ZIP) else None
    if found is None:
        raise Unfit("unknown")
    return found


def _check_name(name: str, kind: Kind) -> None:
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending and BY_ENDING.get(ending) is not kind:
        raise Unfit("other_ending", ending=ending[:20], kind=kind)
