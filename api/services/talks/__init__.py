"""Talks about a child or a group: planning, views beforehand, the table, and the report when it ends."""
