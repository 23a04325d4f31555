"""Measurements against floors measured in the same run; not tests. `make bench`, or `python -m bench practice`."""
