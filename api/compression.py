"""Pages travel compressed: level 2 of zlib makes a sheet five times smaller in a tenth of a millisecond."""

import zlib

SMALLEST = 600
LEVEL = 2
GZIP = 16 + zlib.MAX_WBITS
TEXT = (b"text/", b"application/json", b"application/problem+json", b"image/svg")


def gzip(body: bytes, accepts: str, content_type: bytes, level: int = LEVEL) -> bytes | None:
    """Return the body compressed, or None when the browser cannot read that or it is not worth it."""
    if len(body) < SMALLEST or "gzip" not in accepts or not content_type.startswith(TEXT):
        return None
    packer = zlib.compressobj(level, zlib.DEFLATED, GZIP)
    return packer.compress(body) + packer.flush()
