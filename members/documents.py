"""What is drawn for printed pages."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_picture(text: str) -> str:
    """Return the text as a QR code: an SVG picture as the address of an image.

    A quarter of it may be dirty or creased and it is read all the same.
    """
    code = segno.make(text, error="q", micro=False)
    return str(code.svg_data_uri(border=4, omitsize=True))


def qr_drawing(text: str, *, title: str) -> SafeString:
    """Return the same as SVG inside a document that may load nothing, not even itself."""
    code = segno.make(text, error="q", micro=False)
    drawing = code.svg_inline(
        border=4, omitsize=True, title=title, svgclass=None, lineclass=None
    )
    return mark_safe(drawing)  # noqa: S308 -- segno's own, its title escaped
