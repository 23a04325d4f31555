"""Talks with parents and the child: planned in a round, prepared by three voices, held, and kept on one A4."""
