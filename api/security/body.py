"""How much someone may send: refused before it is read where the request says its size, else while reading."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive


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
