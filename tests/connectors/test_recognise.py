"""Nobody has to know the word for a file: every sample is recognised as what it is, and nothing else is."""

from pathlib import Path

import pytest

from connectors.contract import SourceFile
from connectors.recognise import kinds, recognise

SAMPLES = Path(__file__).parent / "samples"
ALIKE = ({"notes", "support_points"}, {"guardians", "parent_app_contacts"})
"""Lists with the columns of one another; a person says which."""


def codes(path: Path) -> set[str]:
    return {kind.code for kind in recognise(SourceFile(path, path.name, path.stat().st_size))}


@pytest.mark.parametrize("path", sorted((SAMPLES / "table").iterdir()), ids=lambda path: path.stem)
def test_a_list_is_known_by_its_columns(path: Path) -> None:
    expected = next((names for names in ALIKE if path.stem in names), {path.stem})
    assert {f"table:{path.stem}"} <= codes(path) <= {f"table:{name}" for name in expected}


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*/*.xml")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_message_is_known_by_its_root(path: Path) -> None:
    assert codes(path) <= ({"uwlr-results"} if path.parent.name == "uwlr" else {"edexml"})
    assert codes(path) or path.stem == "kapot"


def test_answers_of_a_practice_platform_are_known_by_their_columns(tmp_path: Path) -> None:
    path = tmp_path / "antwoorden.csv"
    path.write_text(
        "SubmittedAnswerId,SubmitDateTime,Correct,Progress,UserId,ExerciseId,Difficulty,Subject,Domain,LearningObjective\n"
        "1,2015-03-02 07:35:38.740,1,0,40281,1038396,-200,Begrijpend Lezen,-,Diverse leerdoelen Begrijpend Lezen\n"
    )
    assert codes(path) == {"practice"}


@pytest.mark.parametrize("text", ["", "boodschappen;prijs\n", "<html></html>", "{}", "\x00\x01\x02"])
def test_what_is_none_of_ours_is_nothing(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bestand"
    path.write_text(text)
    assert codes(path) == set()


def test_every_kind_has_a_name_of_its_own() -> None:
    assert len({kind.label for kind in kinds().values()}) == len(kinds())
