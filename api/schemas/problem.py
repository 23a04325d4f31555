"""How the API says what went wrong (RFC 9457, problem details)."""

from pydantic import BaseModel


class FieldProblem(BaseModel):
    """One field that was not right; never the value that was sent."""

    field: str
    type: str


class Problem(BaseModel):
    """What went wrong, in Dutch; `reference` is the number under which the program logged a fault of its own."""

    type: str
    title: str
    status: int
    detail: str
    reference: str | None = None
    errors: list[FieldProblem] | None = None
