"""The kinds of files that may be attached, and what looking through one may cost. Pure.

Source: docs/rules/attachments.md § 1.
"""

from enum import StrEnum

from members.spreadsheets.cells import MEGABYTE, Limits

MAX_BYTES = 10 * MEGABYTE
MAX_PIXELS = 50_000_000  # what the camera of a telephone takes at its finest
MAX_PAGES = 2_000

# Of the child process. What waits for it is a page, so it has seconds.
LIMITS = Limits(
    max_bytes=MAX_BYTES,
    max_rows=0,  # nobody reads cells here
    address_space_bytes=768 * MEGABYTE,
    cpu_seconds=10,
)
WALL_SECONDS = 20


class Kind(StrEnum):
    """What a file holds; the value is the ending under which it is kept."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    JPG = "jpg"
    PNG = "png"

    @property
    def content_type(self) -> str:
        """What a browser is told that the file is."""
        return _CONTENT_TYPES[self]


_OFFICE = "application/vnd.openxmlformats-officedocument."
_CONTENT_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: f"{_OFFICE}wordprocessingml.document",
    Kind.XLSX: f"{_OFFICE}spreadsheetml.sheet",
    Kind.PPTX: f"{_OFFICE}presentationml.presentation",
    Kind.JPG: "image/jpeg",
    Kind.PNG: "image/png",
}

# How names of files end; a name may say nothing, but nothing wrong.
BY_ENDING = {
    **{kind.value: kind for kind in Kind},
    "jpeg": Kind.JPG,
    "jpe": Kind.JPG,
    "jfif": Kind.JPG,
}


def content_type_of(name: str) -> str:
    """Return what a browser is told of a file that is kept under a name of its kind."""
    kind = BY_ENDING.get(name.rpartition(".")[2].lower())
    return kind.content_type if kind else "application/octet-stream"
