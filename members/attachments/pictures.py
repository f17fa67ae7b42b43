"""Pictures, decoded and written anew: what is kept holds the picture alone. Pure.

No place where a photograph was taken, no preview of an earlier state, nothing hidden
before or after the picture, and no second picture, goes along.
"""

from io import BytesIO

from PIL import Image, ImageFile, ImageOps

from members.attachments.kinds import MAX_BYTES, MAX_PIXELS, Kind
from members.confined import Unfit
from members.spreadsheets.cells import MEGABYTE

JPEG_QUALITY = 90
_PNG_MODES = {"1", "L", "LA", "P", "RGB", "RGBA"}

# `clean` has looked at the size before anything is decoded.
Image.MAX_IMAGE_PIXELS = None


def clean(content: bytes, kind: Kind) -> bytes:
    """Return the picture upright and without anything else.

    Raises: Unfit for one of too many pixels, or larger than the limit when written;
        whatever Pillow raises for a damaged one.
    """
    ImageFile.LOAD_TRUNCATED_IMAGES = (
        False  # WeasyPrint, where it is loaded, allows them
    )
    with Image.open(BytesIO(content), formats=["JPEG", "PNG"]) as picture:
        width, height = picture.size
        if width * height > MAX_PIXELS:
            raise Unfit("too_many_pixels", limit=MAX_PIXELS // 1_000_000)
        picture.load()
        written = _written(ImageOps.exif_transpose(picture), kind)
    if len(written) > MAX_BYTES:
        raise Unfit("too_large", megabytes=MAX_BYTES // MEGABYTE)
    return written


def _written(picture: Image.Image, kind: Kind) -> bytes:
    stream = BytesIO()
    if kind is Kind.JPG:
        plain = picture if picture.mode in {"L", "RGB"} else picture.convert("RGB")
        _forget(plain)
        plain.save(stream, "JPEG", quality=JPEG_QUALITY)
    else:
        plain = picture if picture.mode in _PNG_MODES else picture.convert("RGBA")
        transparency = plain.info.get("transparency")
        _forget(plain)
        kept = {} if transparency is None else {"transparency": transparency}
        plain.save(stream, "PNG", **kept)
    return stream.getvalue()


def _forget(picture: Image.Image) -> None:
    """Drop what would be written again by itself: texts, profiles, data of the camera."""
    picture.info.clear()
    picture.getexif().clear()
