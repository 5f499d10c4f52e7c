"""The request as pages see it: with actor, instant, posts, set by the middlewares."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from luoshi.foundation.core.actors import Actor


class OfficeRequest(HttpRequest):
    """Only a type: no request is made of this class."""

    actor: Actor
    now: datetime
    user: Any
    posts: Any
    demo: bool
    officer: bool
    held: Any
    access: tuple[str, bool]
    request_id: str
