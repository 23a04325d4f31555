"""Another site may not change anything here in the reader's name, nor log them in or out.

Browsers say where a request comes from in Sec-Fetch-Site; older ones in Origin. A changing request that says neither is
refused. Together with SameSite=Lax and no change on GET this needs no token in the pages.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def is_foreign(method: str, headers: Headers) -> bool:
    """Tell whether this request may have been made by another site."""
    if method in SAFE:
        return False
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc != headers.get("host")
