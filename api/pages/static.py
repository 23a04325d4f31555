"""Style sheet, script and icon: from memory, compressed once, and never asked for twice by the same browser."""

from functools import cache

from fastapi import APIRouter, HTTPException, Request, Response

from api import compression
from api.security.access import open_to_all
from frontend.render import assets

router = APIRouter(include_in_schema=False)

FOR_EVER = "public, max-age=31536000, immutable"
"""The path holds a hash of the content, so what it holds never changes."""


@router.get("/static/{digest}/{name}")
@open_to_all
async def static(request: Request, digest: str, name: str) -> Response:
    found = _packed().get(f"/static/{digest}/{name}")
    if found is None:
        raise HTTPException(404)
    media_type, content, packed = found
    headers = {"cache-control": FOR_EVER}
    if packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed, headers=headers | {"content-encoding": "gzip"}, media_type=media_type)
    return Response(content, headers=headers, media_type=media_type)


@cache
def _packed() -> dict[str, tuple[str, bytes, bytes | None]]:
    return {
        asset.path: (
            asset.media_type,
            asset.content,
            compression.gzip(asset.content, "gzip", asset.media_type.encode(), level=9),
        )
        for asset in assets().values()
    }
