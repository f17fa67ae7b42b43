"""HTML to an archival PDF: the only module that knows WeasyPrint.

WeasyPrint is imported inside the functions: that takes most of a second and needs
Pango, and the site starts without either; a job that cannot render says why.
"""

import unicodedata
import warnings
from functools import cache
from importlib.metadata import version
from types import ModuleType

from django.utils.translation import gettext as _

FONT = "Liberation Serif"
FACES = ("Regular", "Bold", "Italic", "Bold Italic")
# Archival with a tree of tags, so that a screen reader finds the heads of a cell.
# It is structurally checked by tests, not validated: no validator comes by apt or pip.
VARIANT = "pdf/a-3a"

VOWELS = "aăâeêioôơuưy"
TONES = "\N{COMBINING GRAVE ACCENT}\N{COMBINING HOOK ABOVE}\N{COMBINING TILDE}" + (
    "\N{COMBINING ACUTE ACCENT}\N{COMBINING DOT BELOW}"
)


class DocumentNotRendered(Exception):
    """The document cannot be made; the text tells whoever runs the site why."""


def html_to_pdf(html: str) -> bytes:
    """Return a complete HTML document as PDF; nothing is fetched, from nowhere.

    Raises: DocumentNotRendered where Pango or the font is missing, or where the
        document asks for a file or an address, which ours never do.
    """
    check_fonts()
    weasyprint = _weasyprint()
    # An empty set of protocols refuses even data: addresses; pictures are inline SVG.
    fetcher = weasyprint.URLFetcher(
        allowed_protocols=(), allow_redirects=False, fail_on_errors=True
    )
    document = weasyprint.HTML(string=html, url_fetcher=fetcher)
    try:
        with warnings.catch_warnings():
            # WeasyPrint leaves the file of its colour profile to the collector.
            warnings.simplefilter("ignore", ResourceWarning)
            return bytes(document.write_pdf(pdf_variant=VARIANT))
    except weasyprint.urls.FatalURLFetchingError as refused:
        # A BaseException, which `except Exception` of a job would let through.
        raise DocumentNotRendered(
            _("The document asks for something outside itself: %(what)s")
            % {"what": refused}
        ) from refused


def renderer() -> str:
    """Return what draws the documents: a new engine or font draws them anew."""
    return f"WeasyPrint {version('weasyprint')}, {VARIANT}, {FONT}"


@cache
def check_fonts() -> None:
    """Make sure that all four faces have every Vietnamese letter.

    Debian's fonts-liberation lacks 92 of them, and the PDF would come out in a
    mixture of faces without a word.

    Raises: DocumentNotRendered, which says what to install.
    """
    for face in FACES:
        family, letters = _face(face)
        lacking = sorted(vietnamese_letters() - letters)
        if family != FONT or lacking:
            raise DocumentNotRendered(
                _(
                    "The font %(font)s %(face)s is missing or lacks Vietnamese letters "
                    "(%(letters)s). Install the package fonts-liberation2."
                )
                % {"font": FONT, "face": face, "letters": " ".join(lacking[:12])}
            )


def vietnamese_letters() -> frozenset[str]:
    """Return the 146 letters of the alphabet with their tones, small and capital."""
    small = {
        unicodedata.normalize("NFC", vowel + tone)
        for vowel in VOWELS
        for tone in ("", *TONES)
    } | {"đ"}
    return frozenset(small | {letter.upper() for letter in small})


def _face(style: str) -> tuple[str, frozenset[str]]:
    """Return the family that fontconfig gives for a face, and the letters it has."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 -- comes with WeasyPrint

    family, path = _matched(style)
    if not path:
        return family, frozenset()
    with TTFont(path, fontNumber=0, lazy=True) as font:
        return family, frozenset(map(chr, font.getBestCmap()))


def _matched(style: str) -> tuple[str, str]:
    """Ask the fontconfig that WeasyPrint has loaded for family and file, "" for none."""
    _weasyprint()
    from weasyprint.text.ffi import ffi, fontconfig  # noqa: PLC0415 -- as above

    def text_of(match: object, name: bytes) -> str:
        value = ffi.new("FcChar8 **")
        fontconfig.FcPatternGetString(match, name, 0, value)
        return str(ffi.string(value[0]).decode())

    config = fontconfig.FcInitLoadConfigAndFonts()
    pattern = fontconfig.FcPatternCreate()
    for name, value in ((b"family", FONT), (b"style", style)):
        fontconfig.FcPatternAddString(pattern, name, value.encode())
    fontconfig.FcConfigSubstitute(config, pattern, fontconfig.FcMatchPattern)
    fontconfig.FcDefaultSubstitute(pattern)
    match = fontconfig.FcFontMatch(config, pattern, ffi.new("FcResult *"))
    if match == ffi.NULL:  # not one font on this machine
        return "", ""
    found = text_of(match, b"family"), text_of(match, b"file")
    fontconfig.FcPatternDestroy(match)
    fontconfig.FcPatternDestroy(pattern)
    fontconfig.FcConfigDestroy(config)
    return found


def _weasyprint() -> ModuleType:
    """Import WeasyPrint, or say which system package it wants."""
    try:
        import weasyprint  # noqa: PLC0415 -- see the module's docstring
    except OSError as missing:
        raise DocumentNotRendered(
            _(
                "PDF needs Pango. Install the packages libpango-1.0-0, "
                "libpangoft2-1.0-0 and libharfbuzz-subset0."
            )
        ) from missing
    module: ModuleType = weasyprint
    return module
