"""docs/connectors.md: the profile shown is the one shipped, and the connector shown stands the standard suite."""

import re
from pathlib import Path
from types import ModuleType

import pytest

from connectors.fields import FIELDS
from connectors.profile import SHIPPED, PersonColumns, Profile, PupilColumns, Scores, shipped_profiles
from connectors.registry import MODULES
from connectors.testing import RecordSuite

DOCS = (Path(__file__).parents[2] / "docs" / "connectors.md").read_text(encoding="utf-8")
SAMPLE = """BIEB 1

leerling: 1001
datum: 3-10-2026
tekst: Las een heel boek uit.

leerling: 1002
datum: 31-2-2026
tekst: Deze datum bestaat niet.

"""


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", DOCS, re.DOTALL)
    assert found
    return found[1]


class TestTheConnectorInTheDocs(RecordSuite):
    has_an_end = False

    @pytest.fixture(autouse=True)
    def _module(self, tmp_path: Path) -> None:
        module = ModuleType("library")
        exec(block("python"), module.__dict__)  # noqa: S102 - the example is ours
        sample = tmp_path / "gesprekken.txt"
        sample.write_text(SAMPLE, encoding="utf-8")
        type(self).connector = module.connector
        type(self).samples = [sample]

    def test_the_good_block_comes_in_and_the_bad_one_has_its_reason(self) -> None:
        first, second = (item for _, item in self.mapped(self.samples[0]))
        assert first.key == "1001|2026-10-03"  # type: ignore[union-attr]
        assert (second.code, second.locator) == ("datum", "regel 7")  # type: ignore[union-attr]


def test_the_smallest_profile_is_shown_as_it_is() -> None:
    assert block("toml") == (SHIPPED / "practice_accounts.toml").read_text(encoding="utf-8")


def test_every_connector_profile_and_word_of_a_profile_is_explained() -> None:
    words = [*MODULES, *shipped_profiles(), *FIELDS, *(Profile.model_fields.keys() - {"id"})]
    words += [*PupilColumns.model_fields, *PersonColumns.model_fields, *(Scores.model_fields.keys())]
    assert [word for word in words if not re.search(rf"`\[*{word}(\.<field>)?\]*", DOCS)] == []
