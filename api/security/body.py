"""How much someone may send: refused before it is read where the request says its size, else while reading."""

import re

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive

UPLOAD = re.compile(r"/(ik|kind/[0-9a-f-]{36})/portfolio|/bronnen")
"""Where a photo or a file of a source may come in."""
FORM_AROUND = 64 * 1024
PHOTO_BYTES = 10 * 1024 * 1024 + FORM_AROUND
FILE_BYTES = 32 * 1024 * 1024 + FORM_AROUND
"""A school year of one source; what is larger goes in by the command line."""


def largest(method: str, path: str, most: int) -> int:
    """How many bytes may come in at this path; `most` where no file is sent."""
    if method != "POST" or not UPLOAD.fullmatch(path):
        return most
    return max(most, FILE_BYTES if path == "/bronnen" else PHOTO_BYTES)


def is_too_large(headers: Headers, most: int) -> bool:
    """Tell whether the request itself says that it is larger than `most` bytes."""
    length = headers.get("content-length", "0")
    return not length.isdecimal() or int(length) > most


def limited(receive: Receive, most: int) -> Receive:
    """Stop reading a body, sent in pieces without a size, when it passes `most` bytes."""
    total = 0

    async def read() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > most:
            raise HTTPException(413)
        return message

    return read
