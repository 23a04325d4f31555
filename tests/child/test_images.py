"""What comes in as a photo goes out as pixels only: no place, no camera, no comments, no second file, and no bomb."""

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from api.problem import ForPeopleError
from api.services.portfolio.images import MOST_BYTES, redraw
from tests.child.school import photo

SECRET = b"GEHEIM-GPS-52.0907"


def with_everything(form: str) -> bytes:
    """A photo with a place, a camera, a colour profile, a comment, and another file behind it."""
    exif = Image.Exif()
    exif[0x010F] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[29] = SECRET.decode()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() + SECRET
    more: dict[str, Any] = {"exif": exif, "icc_profile": profile}
    if form == "PNG":
        text = PngInfo()
        text.add_text("Comment", SECRET.decode())
        more["pnginfo"] = text
    if form == "JPEG":
        more["comment"] = SECRET
    return photo(form=form, **more) + b"<script>alert(1)</script>PK\x03\x04" + SECRET


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_the_pixels_stays(form: str) -> None:
    sent = with_everything(form)
    assert SECRET in sent

    for drawn in redraw(sent):
        assert SECRET not in drawn.content
        assert b"<script" not in drawn.content
        with Image.open(BytesIO(drawn.content)) as kept:
            assert kept.format == "JPEG"
            assert not kept.getexif()
            assert not {"icc_profile", "comment", "exif", "xmp"} & kept.info.keys()
            red, green, blue = kept.convert("RGB").getpixel((5, 5))  # type: ignore[misc]
            assert green > red
            assert green > blue


def test_a_photo_is_turned_upright_and_made_smaller() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    large, small = redraw(photo((3200, 1600), exif=exif))

    assert (large.width, large.height, large.is_small) == (800, 1600, False)
    assert (small.width, small.height, small.is_small) == (200, 400, True)


def test_what_is_clear_becomes_white() -> None:
    made = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(made, "PNG")
    large, _ = redraw(made.getvalue())

    with Image.open(BytesIO(large.content)) as kept:
        assert kept.getpixel((5, 5)) == (255, 255, 255)


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is this large; its own bytes are few."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    lines = zlib.compress(b"\0" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(part)) + kind + part + struct.pack(">I", zlib.crc32(kind + part))
        for kind, part in ((b"IHDR", head), (b"IDAT", lines), (b"IEND", b""))
    )


@pytest.mark.parametrize("size", [(5000, 4000), (30000, 30000), (65000, 65000), (2**31 - 1, 1)])
def test_a_bomb_is_refused_before_it_is_decoded(size: tuple[int, int]) -> None:
    with pytest.raises(ForPeopleError, match="te groot"):
        redraw(bomb(*size))


def as_format(form: str) -> bytes:
    return photo(form=form)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"geen foto",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"%PDF-1.7 geen foto",
        as_format("GIF"),
        as_format("TIFF"),
        as_format("BMP"),
        photo()[:200],
        photo(form="PNG")[:60],
        b"GIF89a" + photo(),
    ],
)
def test_what_is_no_photo_is_refused(sent: bytes) -> None:
    with pytest.raises(ForPeopleError, match="geen foto"):
        redraw(sent)


def test_too_many_bytes_are_refused() -> None:
    with pytest.raises(ForPeopleError, match="te groot"):
        redraw(photo() + b"\0" * MOST_BYTES)
