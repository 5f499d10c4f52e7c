"""How many queries an answer takes."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

NOTED = 'UPDATE "django_session"'


def queries_of(ask: Callable[[], Any]) -> tuple[Any, int]:
    """The answer and its queries; a session notes its use once a minute, so an answer at the turn
    of one is asked for again."""
    with CaptureQueriesContext(connection) as found:
        answer = ask()
    said = list(found.captured_queries)
    if any(query["sql"].startswith(NOTED) for query in said):
        return queries_of(ask)
    return answer, len(said)
