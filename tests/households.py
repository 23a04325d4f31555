"""Two households around Noor: mother and father apart, both with custody; another without; and who works at school."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.person import Guardian
from models.vocabulary import Custody, Relation, Role
from tests.site import Site
from tests.world import World

MOTHER_PHONE, FATHER_PHONE, OTHER_PHONE = "06-00111111", "06-00222222", "06-00333333"
FATHER_MAIL = "kanarie-vader@thuis.example"


def move_in(site: Site) -> dict[str, UUID]:
    """Add the people; returns the guardians by the name of their account."""
    uids: dict[str, UUID] = {}

    def act(world: World) -> None:
        world.account("kantoor", Role.OFFICE)
        world.account("bestuur", Role.BOARD)
        world.account("adjunct", Role.HEAD)
        guardian(world, "vader", Custody.YES, Relation.FATHER, email=FATHER_MAIL, phone=FATHER_PHONE)
        guardian(world, "ander", Custody.NO, Relation.OTHER, phone=OTHER_PHONE)
        mother = sa.select(Guardian.id).where(Guardian.given_name == "moeder").scalar_subquery()
        world.connection.execute(sa.update(Guardian).where(Guardian.id == mother).values(phone=MOTHER_PHONE))
        uids.update({row.given_name: row.uid for row in world.connection.execute(sa.select(Guardian))})

    site.change(act)
    return uids


def guardian(world: World, login: str, custody: Custody, relation: Relation, **reached: Any) -> None:
    """Add a guardian of Noor with an account."""
    guardian_id = world.insert(Guardian, school_id=world.schools["vliet"], given_name=login, **reached)
    world.guardianship(guardian_id, "noor", custody, relation=relation)
    world.account(login, Role.PARENT, guardian_id=guardian_id)
