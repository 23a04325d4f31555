"""Answering a signal: what a program sends, the same as the form."""

from pydantic import Field

from api.schemas.sheet import View


class Seen(View):
    """A signal was seen and nothing has to be done now."""

    signal: str = Field(max_length=450)
    """The `key` of the sentence on the sheet or on Vandaag."""
    because: str = Field(max_length=200)
    """Why not, in a few words."""


class Unseen(View):
    """Someone takes back that they saw a signal."""

    signal: str = Field(max_length=450)
    """The `taken_back_by` of the sentence on the sheet."""
