"""Keeping and erasing: who left, what is planned, two persons, the run with its proof, and nothing that comes back."""
