"""The portfolio: pieces a child chose itself, what its parents allow, and images that are made anew here."""
