"""PDF files, looked through object by object for what acts or hides. Pure.

A PDF is kept as it came, because a signature covers its bytes; so what is not to be in
it is refused and never taken out. Every object of the file is looked at, whether
anything refers to it or not: readers repair files, and each in its own way.
"""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

import pikepdf

from members.attachments.kinds import MAX_PAGES
from members.confined import Unfit

_DEEPEST = 100
_START_BYTES = 1024  # where browsers look for what a file is
_HTML = re.compile(rb"<\s*(html|script|head|body|iframe|svg|!doctype)", re.I)
_END = re.compile(rb"%%EOF[\s\x00]*\Z")
_END_BYTES = 2048
# Of an empty page that says nothing about fonts: all readers show the same.
_HARMLESS_FAULT = re.compile(r"Resources is missing or invalid; repairing$")

_ACTIONS = {
    "/JavaScript": "acts",
    "/Launch": "acts",
    "/Rendition": "acts",
    "/RichMediaExecute": "acts",
    "/Movie": "acts",
    "/Sound": "acts",
    "/GoTo3DView": "acts",
    "/SubmitForm": "submits",
    "/ImportData": "submits",
    "/GoToR": "external",
    "/GoToE": "embedded",
}
_KEYS = {
    "/JS": "acts",
    "/JavaScript": "acts",
    "/RichMediaContent": "acts",
    "/3DD": "acts",
    "/XFA": "acts",
    "/EmbeddedFiles": "embedded",
    "/EF": "embedded",
}
_SUBTYPES = {
    "/FileAttachment": "embedded",
    "/RichMedia": "acts",
    "/3D": "acts",
    "/Movie": "acts",
    "/Sound": "acts",
    "/Screen": "acts",
}
_TYPES = {"/EmbeddedFile": "embedded"}
_WEB = re.compile(rb"\s*(https?://|mailto:|#|[^:/\\]+(/|$))", re.I)


def check(content: bytes) -> None:
    """Refuse a PDF that acts, submits, hides files, is locked, damaged or something else.

    Raises: Unfit; whatever pikepdf raises for a damaged file.
    """
    if _HTML.search(content[:_START_BYTES]) or not _END.search(content[-_END_BYTES:]):
        raise Unfit("damaged_pdf")
    try:
        with pikepdf.open(BytesIO(content), attempt_recovery=False) as pdf:
            if pdf.is_encrypted:
                raise Unfit("encrypted_pdf")
            _check_number_of_pages(pdf)
            for found in _all_in(pdf):
                _check_object(found)
            if not all(map(_HARMLESS_FAULT.search, pdf.check_pdf_syntax())):
                raise Unfit("damaged_pdf")
    except pikepdf.PasswordError:
        raise Unfit("encrypted_pdf") from None
    except pikepdf.PdfError:
        raise Unfit("damaged_pdf") from None


def _check_number_of_pages(pdf: pikepdf.Pdf) -> None:
    """Refuse by what the file says first: to count takes seconds for what says much."""
    said: Any = pdf.Root.Pages.get("/Count", 0)
    if said > MAX_PAGES or len(pdf.pages) > MAX_PAGES:
        raise Unfit("too_many_pages", limit=MAX_PAGES)


def _all_in(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Give every dictionary of the file, those inside others too, never following."""
    waiting: list[tuple[Any, int]] = [(pdf.trailer, 0)]
    waiting.extend((each, 0) for each in pdf.objects)
    while waiting:
        found, depth = waiting.pop()
        if depth > _DEEPEST:
            raise Unfit("damaged_pdf")
        if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
            yield found
            inner: Iterable[Any] = (found[key] for key in list(found.keys()))
        elif isinstance(found, pikepdf.Array):
            inner = list(found)
        else:
            continue
        waiting.extend((each, depth + 1) for each in inner if _is_inside(each))


def _is_inside(found: Any) -> bool:
    """Tell whether this is written inside another object; the others come by themselves."""
    return isinstance(found, pikepdf.Object) and not found.is_indirect


def _check_object(found: Any) -> None:
    acting = [_KEYS.get(key) for key in found.keys()]  # noqa: SIM118 -- no mapping
    acting += [
        codes.get(_name(found.get(key)))
        for key, codes in (("/S", _ACTIONS), ("/Subtype", _SUBTYPES), ("/Type", _TYPES))
    ]
    for code in filter(None, acting):
        raise Unfit(code)
    if _goes_elsewhere(found):
        raise Unfit("external")


def _goes_elsewhere(found: Any) -> bool:
    """Tell whether an object takes from a file outside, or links to none of the web."""
    if isinstance(found, pikepdf.Stream) and "/F" in found:
        return True
    if isinstance(found.get("/Ref"), pikepdf.Dictionary) and "/F" in found["/Ref"]:
        return True
    address = found.get("/URI") if _name(found.get("/S")) == "/URI" else None
    return address is not None and not _WEB.match(bytes(address))


def _name(value: Any) -> str:
    return str(value) if isinstance(value, pikepdf.Name) else ""
