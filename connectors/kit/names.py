"""Names that a list writes in one cell. A split name is evidence for a proposal, never identity."""

from connectors.canonical import Names

PREFIXES = frozenset(
    {
        *("van", "der", "den", "de", "het", "ter", "ten", "te", "tot", "op", "in", "'t", "'s", "aan", "bij", "onder"),
        *(
            "over",
            "uit",
            "voor",
            "la",
            "le",
            "du",
            "des",
            "el",
            "al",
            "ben",
            "bin",
            "ibn",
            "von",
            "zu",
            "y",
            "da",
            "do",
        ),
        *("dos", "d'", "v.", "d.", "v.d."),
    }
)


def split_name(text: str) -> Names:
    """Split "Noor van der Ven", or "Ven, Noor van der", into given name, prefix and family name."""
    family, comma, rest = text.partition(",")
    words = rest.split() if comma else text.split()
    given = words[:1]
    middle = words[1:]
    prefix = []
    while middle and middle[0].lower() in PREFIXES:
        prefix.append(middle.pop(0))
    if comma:
        given, family = given + middle, family.strip()
    else:
        family = " ".join(middle)
    return Names(
        given_name=" ".join(given)[:64] or None,
        prefix=" ".join(prefix)[:16] or None,
        family_name=family[:200] or None,
    )
