"""Another child's name in what parents read: the teacher is asked once whether it is meant so, and never refused."""

from uuid import uuid4

import pytest
import sqlalchemy as sa

from api.db import reading
from models.support import Agreement, SupportPoint
from tests.site import Site

ASKED = "zo heet een ander kind in de groep"


def written(site: Site) -> set[str]:
    with reading(site.engine) as connection:
        return {*connection.scalars(sa.select(Agreement.body)), *connection.scalars(sa.select(SupportPoint.body))}


@pytest.mark.parametrize(
    ("path", "fields"),
    [("afspraak", {"agreement": str(uuid4())}), ("helpt", {"kind": "helps"}), ("helpt", {"kind": "in_class"})],
)
def test_a_name_is_asked_about_once_and_what_was_typed_stays(site: Site, path: str, fields: dict[str, str]) -> None:
    site.log_in("ib" if fields.get("kind") == "in_class" else "kim")
    where = f"/kind/{site.world.uids['noor']}/{path}"
    text = "Naast Zoë zitten"
    asked = site.client.post(where, data=fields | {"body": text})
    assert asked.status_code == 422
    assert ASKED in asked.text
    assert f">{text}</textarea>" in asked.text
    assert 'name="named"' in asked.text
    assert written(site) == set()

    assert site.client.post(where, data=fields | {"body": text, "named": "true"}).status_code == 303
    assert written(site) == {text}


@pytest.mark.parametrize("text", ["Naast een maatje zitten", "Noor begint zelf", "Samen met Daan van 6A", "zoë klein"])
def test_no_name_the_own_name_and_a_name_from_another_group_ask_nothing(one_site: Site, text: str) -> None:
    one_site.log_in("kim")
    where = f"/kind/{one_site.world.uids['noor']}/afspraak"
    assert one_site.client.post(where, data={"agreement": str(uuid4()), "body": text}).status_code == 303
    assert written(one_site) == {text}


def test_what_parents_do_not_read_at_home_asks_nothing(one_site: Site) -> None:
    one_site.log_in("kim")
    where = f"/kind/{one_site.world.uids['noor']}/helpt"
    assert one_site.client.post(where, data={"kind": "hinders", "body": "Ruzie met Zoë"}).status_code == 303
