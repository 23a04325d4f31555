"""What every code list is made of."""

from enum import StrEnum
from typing import Self


class Coded(StrEnum):
    """A code with the Dutch word that people see."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label or value
        return member
