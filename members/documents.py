"""What is drawn for printed pages."""

import segno


def qr_picture(text: str) -> str:
    """Return the text as a QR code: an SVG picture as the address of an image.

    A quarter of it may be dirty or creased and it is read all the same.
    """
    code = segno.make(text, error="q", micro=False)
    return str(code.svg_data_uri(border=4, omitsize=True))
