"""Word, Excel and PowerPoint: zips of XML parts of which none acts or fetches. Pure."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import IO
from xml.parsers import expat

from members.attachments.kinds import LIMITS, Kind
from members.confined import Unfit
from members.spreadsheets.containers import Plain, check_archive, chunks_of

_Start = Callable[[str, dict[str, str]], None]
_Text = Callable[[str], None]

_LAST = True  # the parser takes no keyword
_DEEPEST = 1  # the table behind a chart is a workbook inside a document
_MAX_PARTS = 2_000  # a presentation has three for each slide

# Names of parts that act, or that are no part of a document; but for the settings of a
# printer, which nothing but its driver reads.
_ACTING = re.compile(
    r"^(?!.*/printersettings\d+\.bin$)"
    r".*(vbaproject|vbadata|activex|ctrlprops/|macrosheets/|dialogsheets/|customui/"
    r"|\.(bin|exe|dll|js|vbs|ps1|hta|html?|mht(ml)?|rtf|swf|lnk)$)",
    re.I,
)
_EXTERNAL = re.compile(r"externallinks/|querytables/|xl/connections\.xml|\.odc$", re.I)

_MAIN = {
    "word/document.xml": Kind.DOCX,
    "xl/workbook.xml": Kind.XLSX,
    "ppt/presentation.xml": Kind.PPTX,
}
_TYPES = "[Content_Types].xml"
_ACTING_TYPE = re.compile(rb"macroEnabled|vbaProject|activeX|oleObject", re.I)
_EMBEDDED = re.compile(r"/embeddings/.*\.(docx|xlsx|pptx)$", re.I)
_ANY_EMBEDDED = re.compile(r"/embeddings/", re.I)

# A hyperlink goes where it goes when somebody follows it; all else is fetched unasked.
_LINK = "/hyperlink"
_WEB = re.compile(r"\s*(https?://|mailto:|#|[^:/\\]+(/|$))", re.I)
_ACTING_RELATION = re.compile(r"/(aFChunk|oleObject|control|activeX\w*|vbaProject)$")
_START = "\0"  # of a field, among the codes of all
_FIELDS = re.compile(
    rf"{_START}\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|DATABASE)\b", re.I
)


def kind_of(content: bytes) -> Kind | None:
    """Return what a zip holds by its main part; None for any other zip."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = set(archive.namelist())
    found = [kind for main, kind in _MAIN.items() if main in names]
    return found[0] if len(found) == 1 else None


def check(content: bytes, kind: Kind, depth: int = 0) -> None:
    """Refuse a file with macros, controls, packed files, or content from elsewhere.

    Raises: Unfit; whatever `zipfile` and `expat` raise for a damaged file.
    """
    main = next(name for name, of_kind in _MAIN.items() if of_kind is kind)
    plain = Plain(
        needed=frozenset({_TYPES, main}),
        macros=_ACTING,
        external=_EXTERNAL,
        max_parts=_MAX_PARTS,
    )
    with zipfile.ZipFile(BytesIO(content)) as archive:
        check_archive(archive, LIMITS, plain)
        if _ACTING_TYPE.search(archive.read(_TYPES)):
            raise Unfit("macros")
        for part in archive.infolist():
            _check_part(archive, part, depth)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, depth: int) -> None:
    name = part.filename
    if _ANY_EMBEDDED.search(name):
        _check_embedded(archive.read(part), name, depth)
    elif name.endswith(".rels"):
        with archive.open(part) as stream:
            _check_relations(stream)
    elif name.startswith("word/") and name.endswith(".xml"):
        with archive.open(part) as stream:
            _check_fields(stream)


def _check_embedded(content: bytes, name: str, depth: int) -> None:
    found = _EMBEDDED.search(name)
    if not found or depth >= _DEEPEST:
        raise Unfit("embedded")
    kind = Kind(found[1].lower())
    if kind_of(content) is not kind:
        raise Unfit("embedded")
    check(content, kind, depth + 1)


def _check_relations(stream: IO[bytes]) -> None:
    def start(_name: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("Type", "")
        if _ACTING_RELATION.search(kind):
            raise Unfit("macros")
        if attributes.get("TargetMode", "").lower() != "external":
            return
        is_link = kind.endswith(_LINK) and _WEB.match(attributes.get("Target", ""))
        if not is_link:
            raise Unfit("external_links")

    _parse(stream, start)


def _check_fields(stream: IO[bytes]) -> None:
    """Refuse fields that take from other programs or files, also cut into pieces."""
    codes: list[str] = []
    inside: list[bool] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        inside.append(local == "instrText")
        if local == "fldChar":
            codes.append(_START)
        elif local == "fldSimple":
            codes.extend(_START + text for text in attributes.values())

    def end(_name: str) -> None:
        inside.pop()

    def text(data: str) -> None:
        if inside and inside[-1]:
            codes.append(data)

    _parse(stream, start, end, text)
    if _FIELDS.search("".join(codes)):
        raise Unfit("external_links")


def _parse(
    stream: IO[bytes],
    start: _Start,
    end: _Text | None = None,
    text: _Text | None = None,
) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    for chunk in chunks_of(stream):
        parser.Parse(chunk)
    parser.Parse(b"", _LAST)
