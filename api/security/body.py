"""How much someone may send: refused before it is read where the request says its size, else while reading."""

import re

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive

UPLOAD = re.compile(r"/(ik|kind/[0-9a-f-]{36})/portfolio")
"""Where a photo may come in."""
UPLOAD_BYTES = 10 * 1024 * 1024 + 64 * 1024
"""A photo of 10 MB with the form around it."""


def largest(method: str, path: str, most: int) -> int:
    """How many bytes may come in at this path; `most` where no photo is sent."""
    return max(most, UPLOAD_BYTES) if method == "POST" and UPLOAD.fullmatch(path) else most


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
