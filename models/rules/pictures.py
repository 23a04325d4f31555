"""The sixteen pictures with which a child logs in: three of them, in order; the same one twice may be."""

from collections.abc import Sequence
from datetime import datetime, timedelta

PICTURES = {
    "sun": "zon",
    "moon": "maan",
    "star": "ster",
    "heart": "hart",
    "house": "huis",
    "tree": "boom",
    "fish": "vis",
    "flower": "bloem",
    "car": "auto",
    "boat": "boot",
    "apple": "appel",
    "cloud": "wolk",
    "key": "sleutel",
    "ball": "bal",
    "bell": "bel",
    "flag": "vlag",
}
"""Each by its name in the program, and the word for who cannot see it."""
LENGTH = 3
AFTER_SCHOOL = timedelta(minutes=30)


def is_whole(chosen: Sequence[str]) -> bool:
    """Tell whether this is a picture password: three pictures that we have."""
    return len(chosen) == LENGTH and all(one in PICTURES for one in chosen)


def door_closes(opened_at: datetime, school_ends_at: datetime) -> datetime:
    """Until when a door stays open: the end of the school day, or half an hour when that is over already."""
    return school_ends_at if opened_at < school_ends_at else opened_at + AFTER_SCHOOL
