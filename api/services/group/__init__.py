"""One group at once: its grid, and its instruction groups per subject."""
