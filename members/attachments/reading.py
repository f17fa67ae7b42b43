"""Looking through an attached file: in a child process, within limits, or refused.

Source: docs/rules/attachments.md.
"""

import json
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members.attachments.kinds import MAX_BYTES, WALL_SECONDS, Kind
from members.confined import Unfit, ask
from members.spreadsheets.cells import MEGABYTE

_CHILD = "members.attachments.child"
LONGEST_NAME = 150

_PRINT_AGAIN = _("Open it and save it again, or print it as PDF.")
_REFUSALS: dict[str, str | Promise] = {
    "too_large": _("The file is larger than %(megabytes)s MB."),
    "unknown": _(
        "This is no PDF, no Word, Excel or PowerPoint file (.docx, .xlsx, .pptx) and no"
        " picture (.jpg, .png), whatever its name says."
    ),
    "other_ending": _(
        "The name ends in “.%(ending)s”, but the file is a .%(kind)s file. Give it the"
        " right name, if you know where it comes from."
    ),
    "old_format": _(
        "The file is of an old version of Office. Save it as .docx, .xlsx or .pptx, or"
        " print it as PDF."
    ),
    "encrypted": _(
        "The file is protected by a password. Remove the password and save it again."
    ),
    "encrypted_pdf": _(
        "The PDF is protected: it has a password, or forbids printing or copying."
        " Remove the protection first."
    ),
    "damaged": _("The file is damaged or incomplete. %(print_again)s"),
    "damaged_pdf": _(
        "The PDF is damaged, incomplete, or something else is hidden in it."
        " %(print_again)s"
    ),
    "acts": _(
        "The PDF contains scripts, programs, sound or film. Print it as PDF anew, so"
        " that only the pages remain."
    ),
    "submits": _(
        "The PDF contains a form that sends what is filled in elsewhere. Print it as"
        " PDF anew, so that only the pages remain."
    ),
    "embedded": _(
        "Other files are packed inside this one. Take them out, and attach each by"
        " itself."
    ),
    "external": _(
        "The PDF leads to other files or takes content from them. Print it as PDF"
        " anew, so that only the pages remain."
    ),
    "macros": _(
        "The file contains macros, controls or programs. Save it without them, or"
        " print it as PDF."
    ),
    "external_links": _(
        "The file takes content from other files or addresses: a template, a picture or"
        " a link. Break these links, or print it as PDF."
    ),
    "declarations": _(
        "The file contains XML declarations that no Office program writes."
        " %(print_again)s"
    ),
    "not_xlsx": _("The file is damaged or incomplete. %(print_again)s"),
    "too_many_parts": _("The file has more than %(limit)s parts. Print it as PDF."),
    "unpacks_too_large": _(
        "The file would become too large when unpacked. Print it as PDF."
    ),
    "too_many_pages": _("The PDF has more than %(limit)s pages. Attach it in parts."),
    "too_many_pixels": _(
        "The picture has more than %(limit)s million pixels. Make it smaller."
    ),
    "too_demanding": _(
        "Checking the file takes more memory than allowed. %(print_again)s"
    ),
    "too_slow": _("Checking the file takes more time than allowed. %(print_again)s"),
}


class FileRefused(Exception):
    """The file is not taken; the text tells the user why and what to do."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return str(_REFUSALS[self.code]) % (self.params | {"print_again": _PRINT_AGAIN})


@dataclass(frozen=True, slots=True)
class Fit:
    """A file that may be kept: what it holds, and what is kept in its place."""

    kind: Kind
    name: str  # as people call it, without what cannot be seen, with the right ending
    picture: bytes = b""  # written anew; empty where the file is kept as it came


def look_through(file: File) -> Fit:
    """Return what a file holds that somebody wants to attach; it is at its start again.

    Raises: FileRefused for what is no plain document or picture, or too large.
    """
    if (file.size or 0) > MAX_BYTES:
        raise FileRefused("too_large", megabytes=MAX_BYTES // MEGABYTE)
    name = Path(file.name or "").name
    with tempfile.NamedTemporaryFile() as copy:
        file.seek(0)
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        file.seek(0)
        order = {"path": copy.name, "name": name}
        try:
            written = ask(_CHILD, order, wall_seconds=WALL_SECONDS)
        except Unfit as unfit:
            raise FileRefused(unfit.code) from None
    head, _end_of_line, picture = written.partition(b"\n")
    answer: dict[str, Any] = json.loads(head)
    if "unfit" in answer:
        raise FileRefused(answer["unfit"], **answer["params"])
    kind = Kind(answer["kind"])
    return Fit(kind, readable_name(name, kind), picture)


def readable_name(name: str, kind: Kind) -> str:
    """Return a name of a file in composed letters, with the ending of what it holds.

    What cannot be seen, and what a file system takes for something else, is left out.
    """
    composed = unicodedata.normalize("NFC", name)
    seen = "".join(
        " " if each in '/\\:*?"<>|' or unicodedata.category(each)[0] in "CZ" else each
        for each in composed
    )
    stem = seen.rpartition(".")[0] if "." in seen else seen
    stem = " ".join(stem.split())[:LONGEST_NAME].strip(" .")
    return f"{stem or 'file'}.{kind}"
