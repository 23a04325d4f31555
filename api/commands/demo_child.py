"""The demo's own voice of noor: pictures to log in with, what her parents allow, and a portfolio drawn by code."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import sqlalchemy as sa
from PIL import Image, ImageDraw
from uuid_utils.compat import uuid7

from api import clock
from api.db import reading, writing
from api.services.class_door import keep_pictures
from api.services.portfolio.images import redraw
from api.settings import Settings
from models.account import Account, RoleGrant
from models.portfolio import Consent, PieceImage, PortfolioPiece
from models.school import SchoolSetting
from models.support import Goal
from models.vocabulary import ConsentPurpose, PieceKind, Role

CHILD, TEACHER, HEAD, PARENTS = "noor", "kim", "directie", ("ouder", "vader")
PICTURES = ("sun", "fish", "star")
SKY, SUN, GRASS, WALL, ROOF, SEA = "#cfe6ef", "#f2c14e", "#6f9f62", "#c98b5b", "#8c3b2f", "#3f7d99"
Pen = ImageDraw.ImageDraw


def plant(engine: sa.Engine, settings: Settings, today: date) -> None:
    """Let noor log in with zon, vis, ster, and give her four pieces."""
    with reading(engine) as connection:
        ids = {
            row.login: row.id
            for row in connection.execute(
                sa.select(Account.login, Account.id).where(Account.login.in_([CHILD, TEACHER, HEAD, *PARENTS]))
            )
        }
        mine = (RoleGrant.account_id == ids.get(CHILD), RoleGrant.role == Role.PUPIL)
        child = connection.execute(sa.select(RoleGrant.school_id, RoleGrant.pupil_id).where(*mine)).first()
        allow = sa.select(RoleGrant.account_id, RoleGrant.guardian_id)
        parents = connection.execute(allow.where(RoleGrant.account_id.in_([ids.get(one) for one in PARENTS]))).all()
        if child is None:
            return
        goal = connection.scalar(sa.select(Goal.id).where(Goal.pupil_id == child.pupil_id).order_by(Goal.id).limit(1))
    now = clock.now()
    whose = {"school_id": child.school_id, "pupil_id": child.pupil_id}
    with writing(engine) as connection:
        who = {"school_id": child.school_id, "account_id": ids[HEAD], "changed_at": now}
        connection.execute(sa.insert(SchoolSetting).values(**who, name="picture_login", value="1"))
        for parent in parents:
            said = {"purpose": ConsentPurpose.PORTFOLIO, "is_given": True, "said_at": now - timedelta(days=60)}
            by = {"guardian_id": parent.guardian_id, "account_id": parent.account_id, "uid": uuid7()}
            connection.execute(sa.insert(Consent).values(**whose, **said, **by))
        for days, kind, title, body, link, outside, draw in PIECES:
            uid = uuid7()
            what = {"kind": kind, "title": title, "body": body, "link": link, "is_outside_school": outside}
            made = {"made_on": today - timedelta(days=days), "added_at": now, "account_id": ids[CHILD], "uid": uid}
            proves = goal if kind is PieceKind.TEXT else None
            connection.execute(sa.insert(PortfolioPiece).values(**whose, **what, **made, goal_id=proves))
            piece_id = connection.scalar(sa.select(PortfolioPiece.id).where(PortfolioPiece.uid == uid))
            for one in redraw(_drawn(draw)) if draw else []:
                size = {"width": one.width, "height": one.height, "content": one.content, "is_small": one.is_small}
                connection.execute(sa.insert(PieceImage).values(school_id=child.school_id, piece_id=piece_id, **size))
    keep_pictures(engine, settings, child.school_id, child.pupil_id, PICTURES, ids[TEACHER], now)


def _drawn(draw: Callable[[Pen], None]) -> bytes:
    image = Image.new("RGB", (1200, 900), SKY)
    draw(ImageDraw.Draw(image))
    written = BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def _castle(pen: Pen) -> None:
    pen.rectangle((0, 700, 1200, 900), GRASS)
    pen.ellipse((950, 60, 1120, 230), SUN)
    pen.rectangle((350, 400, 850, 760), WALL)
    for left in (300, 780):
        pen.rectangle((left, 300, left + 120, 760), WALL)
        pen.polygon(((left - 20, 300), (left + 60, 160), (left + 140, 300)), ROOF)
    pen.pieslice((530, 560, 670, 900), 180, 360, ROOF)


def _boat(pen: Pen) -> None:
    pen.rectangle((0, 620, 1200, 900), SEA)
    pen.ellipse((80, 60, 250, 230), SUN)
    pen.polygon(((300, 560), (900, 560), (780, 720), (420, 720)), ROOF)
    pen.line((600, 140, 600, 560), WALL, 18)
    pen.polygon(((620, 160), (620, 520), (880, 520)), "#fffefb")


PIECES: tuple[tuple[int, PieceKind, str, str, str, bool, Callable[[Pen], None] | None], ...] = (
    (6, PieceKind.DRAWING, "Het kasteel van ons project", "Getekend met drie torens gepland, twee gehaald.", "",
     False, _castle),
    (13, PieceKind.TEXT, "Zo leerde ik de tafel van 7", "Ik oefende elke dag in de auto. Nu kan ik hem achterstevoren.",
     "", False, None),
    (27, PieceKind.PHOTO, "Zeilen met opa", "Ik mocht zelf aan het roer. Dat durfde ik eerst niet.", "", True, _boat),
    (41, PieceKind.FILM, "Onze muziekles", "Ik speel op de cajón.", "https://schooltv.nl/video-item/trommelen", True,
     None),
)  # fmt: skip
