"""The children of group 6B whom the demo tells about, with Noor as the fullest; all invented.

`lines` gives the latent ability per subject, from the first measurement in group 3 to the last in group 8, in standard
deviations from the national mean; a subject that is not named follows the ordinary model.
"""

from dataclasses import dataclass, field

GROUP = "6B"


@dataclass(frozen=True)
class Character:
    """One child of 6B; sex 1 boy, 2 girl, as in EDEXML. `birthday` is (month, day), or None for today."""

    first: str
    infix: str
    last: str
    sex: int
    origin: int
    birthday: tuple[int, int] | None
    lines: dict[str, tuple[float, ...]] = field(default_factory=dict)
    stuck: str | None = None
    home: bool = False
    quiet: bool = False
    faithful: bool = False
    custody: str = "ja"
    """Of the second parent."""


CHARACTERS: tuple[Character, ...] = (
    Character(
        "Noor", "van der", "Ven", 2, 0, (4, 18),
        {
            "Rekenen-Wiskunde": (0.42, 0.45, 0.5, 0.48, 0.52, 0.5, 0.54, 0.55, 0.57, 0.58, 0.6),
            "Spelling": (0.3, 0.36, 0.42, 0.4, -0.3, -0.48, -0.5, -0.4, -0.3, -0.3, -0.2),
            "Begrijpend lezen": (0.0, 0.02, -0.05, 0.04, 0.0, 0.06, 0.05, 0.08, 0.1, 0.1, 0.1),
            "Technisch lezen": (0.1, 0.25, 0.42, 0.6, 0.88, 1.1, 1.15, 1.2, 1.25, 1.25, 1.3),
        },
        stuck="Werkwoorden in de tegenwoordige tijd (ik vind, jij vindt)", home=True, faithful=True,
    ),
    Character("Yusuf", "", "Demir", 1, 1, (11, 30), {"Rekenen-Wiskunde": (-0.5,) * 11}, stuck="Breuken vergelijken"),
    Character("Milan", "de", "Boer", 1, 0, (1, 9)),
    Character(
        "Fatima", "El", "Amrani", 2, 2, (12, 3),
        {"Begrijpend lezen": (-0.6, -0.62, -0.58, -0.6, -0.55, 0.45, 0.5, 0.5, 0.55, 0.6, 0.6)},
    ),
    Character("Sem", "", "Bakker", 1, 0, (9, 21), home=True, faithful=True, custody="nee"),
    Character("Liv", "", "Verhoeven", 2, 0, None),
    Character("Amir", "", "Ramdin", 1, 3, (2, 14)),
    Character("Yara", "", "Bouzidi", 2, 2, (5, 6)),
    Character("Noa", "van", "Leeuwen", 2, 0, (3, 27), stuck="Breuken vergelijken"),
    Character("Jayden", "", "Martina", 1, 5, (6, 11)),
    Character("Eva", "", "Hoekstra", 2, 0, (10, 2), quiet=True),
    Character("Daan", "", "Kuiper", 1, 0, (8, 19), quiet=True),
    Character("Aya", "", "Benali", 2, 2, (2, 25), quiet=True),
)  # fmt: skip
