"""From whatever someone sends to an image of our own making: nothing of the file that came in is kept.

What it is follows from its content, never from its name. Bytes and pixels are bounded before anything is decoded; the
picture is drawn anew on white, so that place, camera, comments and what hangs behind the image are gone. Only three
formats are ever tried, because each further decoder is one that a stranger can feed.
"""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from api.problem import ForPeopleError

MOST_BYTES = 10 * 1024 * 1024
FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = {"JPEG": 50_000_000, "MPO": 50_000_000, "PNG": 16_000_000, "WEBP": 16_000_000}
"""A JPEG is decoded at a fraction of its size; the others whole, at four bytes per pixel. MPO is what a telephone
makes of a JPEG with a second picture in it."""
LONGEST = {False: 1600, True: 400}
"""Pixels along the longest side, of the image and of its small version."""
QUALITY = 82

TOO_LARGE = "Deze foto is te groot. Kies een foto van hooguit 10 MB, of maak hem eerst kleiner."
NO_IMAGE = "Dit bestand is geen foto die we kunnen lezen. Kies een JPEG-, PNG- of WebP-bestand."

Image.MAX_IMAGE_PIXELS = max(MOST_PIXELS.values())


@dataclass(frozen=True, slots=True)
class Drawn:
    """An image as it is kept: a JPEG of our own making."""

    is_small: bool
    width: int
    height: int
    content: bytes


def redraw(content: bytes) -> list[Drawn]:
    """Make the image and its small version; `ForPeopleError` for what is too large, broken or no image."""
    if len(content) > MOST_BYTES:
        raise ForPeopleError(TOO_LARGE)
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as opened:
            width, height = opened.size
            if width * height > MOST_PIXELS.get(opened.format or "", 0):
                raise ForPeopleError(TOO_LARGE)
            opened.draft("RGB", (LONGEST[False], LONGEST[False]))
            opened.thumbnail((LONGEST[False], LONGEST[False]))
            clean = _on_white(ImageOps.exif_transpose(opened))
    except (Image.DecompressionBombError, MemoryError):
        raise ForPeopleError(TOO_LARGE) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError):
        raise ForPeopleError(NO_IMAGE) from None
    return [_as_jpeg(clean, is_small=is_small) for is_small in LONGEST]


def _on_white(image: Image.Image) -> Image.Image:
    """Copy the pixels and nothing else: a new image has no metadata to carry along."""
    clean = Image.new("RGB", image.size, "white")
    if image.has_transparency_data:
        clear = image.convert("RGBA")
        clean.paste(clear, mask=clear.getchannel("A"))
    else:
        clean.paste(image.convert("RGB"))
    return clean


def _as_jpeg(clean: Image.Image, *, is_small: bool) -> Drawn:
    shown = clean.copy()
    shown.thumbnail((LONGEST[is_small], LONGEST[is_small]))
    written = BytesIO()
    shown.save(written, "JPEG", quality=QUALITY, optimize=True)
    return Drawn(is_small, shown.width, shown.height, written.getvalue())
