"""Releasing results to a child and its parents, a test moment of a group at once, each with a sentence and no score."""
