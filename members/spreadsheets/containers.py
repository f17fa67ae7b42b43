"""Checks of an Office file before anything parses it: a zip of XML parts. Pure.

Read the central directory first, because a part that says how large it gets can
be refused unread; then every part as a stream, because it may lie.
"""

import re
import zipfile
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from members.spreadsheets.cells import MEGABYTE, Limits, UnfitWorkbook

MAX_PARTS = 200
MAX_RATIO = 100
CHUNK_BYTES = MEGABYTE

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the old .xls, and the coat of a password
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")

_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED_FLAG = 0x1

_XML_PART = re.compile(r"\.(xml|rels|vml)$", re.I)

_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_LONGEST_DECLARATION = max(map(len, _DECLARATIONS))
# The parser reads UTF-8 only; in another encoding a declaration would go unseen.
_OTHER_ENCODING = re.compile(
    rb"""^(?:\xfe\xff|\xff\xfe|.?\x00|.{,80}?encoding\s*=\s*["'](?!utf-?8["']))""",
    re.I | re.S,
)


@dataclass(frozen=True, slots=True)
class Plain:
    """What a kind of Office file is made of where nothing in it acts."""

    needed: frozenset[str]
    macros: re.Pattern[str]  # names of parts that act
    external: re.Pattern[str]  # names of parts that fetch
    max_parts: int = MAX_PARTS


WORKBOOK = Plain(
    needed=frozenset({"[Content_Types].xml", "xl/workbook.xml"}),
    macros=re.compile(
        r"vbaproject|xl/(macrosheets|dialogsheets|activex|ctrlprops)/", re.I
    ),
    external=re.compile(
        r"xl/(externallinks|querytables|connections\.xml)|\.odc$", re.I
    ),
)


def check_container(path: Path, limits: Limits, plain: Plain = WORKBOOK) -> None:
    """Refuse what is no plain file of its kind or would grow beyond the limits.

    Raises: UnfitWorkbook; whatever `zipfile` raises for a damaged file.
    """
    _check_file(path, limits)
    with zipfile.ZipFile(path) as archive:
        check_archive(archive, limits, plain)


def check_archive(archive: zipfile.ZipFile, limits: Limits, plain: Plain) -> None:
    """Refuse as `check_container`, what is open already.

    Raises: UnfitWorkbook; whatever `zipfile` raises for a damaged file.
    """
    parts = archive.infolist()
    _check_directory(parts, limits, plain)
    _check_contents({part.filename for part in parts}, plain)
    for part in parts:
        _check_part(archive, part)


def chunks_of(part: IO[bytes]) -> Iterator[bytes]:
    """Give an open part in pieces that fit in memory."""
    return iter(partial(part.read, CHUNK_BYTES), b"")


def _check_file(path: Path, limits: Limits) -> None:
    if path.stat().st_size > limits.max_bytes:
        raise UnfitWorkbook("too_large", megabytes=limits.max_bytes // MEGABYTE)
    with path.open("rb") as file:
        start = file.read(len(_OLE))
        if start == _OLE:
            is_encrypted = _ENCRYPTED_STREAM in file.read()
            raise UnfitWorkbook("encrypted" if is_encrypted else "old_format")
    if not start.startswith(_ZIP):
        raise UnfitWorkbook("not_xlsx")


def _check_directory(
    parts: list[zipfile.ZipInfo], limits: Limits, plain: Plain
) -> None:
    if len(parts) > plain.max_parts:
        raise UnfitWorkbook("too_many_parts", limit=plain.max_parts)
    if len({part.filename for part in parts}) < len(parts):
        raise UnfitWorkbook("damaged")
    if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
        raise UnfitWorkbook("encrypted")
    if any(part.compress_type not in _METHODS for part in parts):
        raise UnfitWorkbook("damaged")
    unpacked_bytes = sum(part.file_size for part in parts)
    if unpacked_bytes > limits.max_unpacked_bytes or any(map(_is_bomb, parts)):
        raise UnfitWorkbook("unpacks_too_large")


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > MAX_RATIO * part.compress_size


def _check_contents(names: Iterable[str], plain: Plain) -> None:
    names = set(names)
    if not names >= plain.needed:
        raise UnfitWorkbook("not_xlsx")
    if any(map(plain.macros.search, names)):
        raise UnfitWorkbook("macros")
    if any(map(plain.external.search, names)):
        raise UnfitWorkbook("external_links")


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Read the part to its end, which also compares its true size and checksum."""
    with archive.open(part) as stream:
        if _XML_PART.search(part.filename):
            _check_xml(chunks_of(stream))
        else:  # pictures and settings of printers, which nobody parses
            deque(chunks_of(stream), maxlen=0)


def _check_xml(chunks: Iterator[bytes]) -> None:
    end_of_last = b""
    for number, chunk in enumerate(chunks):
        if number == 0 and _OTHER_ENCODING.match(chunk):
            raise UnfitWorkbook("damaged")
        seen = end_of_last + chunk
        if any(declaration in seen for declaration in _DECLARATIONS):
            raise UnfitWorkbook("declarations")
        end_of_last = chunk[-_LONGEST_DECLARATION:]
