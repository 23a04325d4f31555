"""The time on the clock of a school, as JSON carries it."""

from datetime import time
from typing import Annotated

from pydantic import WithJsonSchema

ClockTime = Annotated[
    time, WithJsonSchema({"type": "string", "pattern": r"^\d{2}:\d{2}(:\d{2})?$", "examples": ["14:45:00"]})
]
"""Local time without a zone: JSON Schema's own format "time" (RFC 3339) demands one."""
