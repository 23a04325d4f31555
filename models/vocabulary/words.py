"""Words for subjects and months, in the order in which people expect them."""

SUBJECTS = {
    "rekenen": "Rekenen",
    "spelling": "Spelling",
    "begrijpend-lezen": "Begrijpend lezen",
    "technisch-lezen": "Technisch lezen",
    "woordenschat": "Woordenschat",
    "taal": "Taal",
}
"""Subjects with their screen name, in the order in which a sheet shows them; other subjects follow alphabetically."""

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip

MONTHS_SHORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
