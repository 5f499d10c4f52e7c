"""What every operation of the API shares: its refusals as RFC 9457 problems, and cursors."""

from typing import Annotated

from ninja import Schema
from pydantic import StringConstraints

Cursor = Annotated[str, StringConstraints(max_length=400)]


class Problem(Schema):
    """A refusal (RFC 9457): what did not happen, why, what next."""

    type: str
    title: str
    status: int
    detail: str
    next: list[str]
    source: str | None = None
    errors: dict[str, list[str]] | None = None


READ = {401: Problem, 403: Problem, 404: Problem, 422: Problem, 429: Problem}
