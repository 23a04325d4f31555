"""A text as a spreadsheet may get it: never as a formula that runs when someone opens the file."""

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(text: str) -> str:
    """Put an apostrophe before what a spreadsheet could take for a formula, also behind spaces; it stays readable."""
    return f"'{text}" if text.lstrip(" \u00a0\ufeff\u200b").startswith(STARTS_A_FORMULA) else text
