"""Bronnen: files that school hands over on the screen, what waits for a person, and who is who."""
