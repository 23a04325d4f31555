"""What the tests of the child's own pages share: who logs in, what parents allowed, and a photo."""

from io import BytesIO
from typing import Any

from PIL import Image

from models.vocabulary import Role
from tests.site import Site
from tests.world import World

GREEN = (40, 140, 80)


def with_pupils(world: World) -> None:
    """Let noor and zoë of 6B and daan of 6A log in as themselves."""
    for child in ("noor", "zoë", "daan"):
        world.account(f"kind.{child}", Role.PUPIL, pupil_id=world.pupils[child])


def allow(site: Site, login: str = "moeder", child: str = "noor", *, given: bool = True) -> Any:
    site.log_in(login)
    body = {"purpose": "portfolio", "given": str(given).lower()}
    return site.client.post(f"/mijn-kind/{site.world.uids[child]}/toestemming", data=body)


def path(site: Site, child: str = "noor", more: str = "") -> str:
    return f"/kind/{site.world.uids[child]}/portfolio{more}"


def photo(size: tuple[int, int] = (640, 480), form: str = "JPEG", **more: Any) -> bytes:
    made = BytesIO()
    Image.new("RGB", size, GREEN).save(made, form, **more)
    return made.getvalue()


def add(site: Site, where: str, file: bytes | None = None, **fields: str) -> Any:
    """Send the form of a portfolio as a browser does."""
    fields = {"kind": "photo" if file else "text", "title": "Mijn kasteel", "body": "Zelf gebouwd."} | fields
    files = {"file": ("kasteel.exe", file, "application/x-whatever")} if file else {}
    return site.client.post(where, data=fields, files=files or {"file": ("", b"")})
