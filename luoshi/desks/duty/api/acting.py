"""What every route of duty begins with: who reads, who reads the books, one act a key."""

from collections.abc import Callable
from typing import Any

from ninja import Query, Status

from luoshi.desks.duty import rules
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.foundation.organizations.domain.repeating import once_by_key

LIMIT = Query(50, ge=1, le=100)


def reader(request: OfficeRequest, scope: str) -> Actor:
    """Who reads the roster's pages."""
    actor = scoped(request, scope)
    ensure(rules.may_see(actor))
    return actor


def book_reader(request: OfficeRequest, scope: str) -> Actor:
    """Who reads the books of duty."""
    actor = scoped(request, scope)
    ensure(rules.may_see_books(actor, request.now))
    return actor


def once(request: OfficeRequest, key: str, act: Callable[[], tuple[int, Any]]) -> Status[Any]:
    """The answer of an act that is done once however often it is sent with its key."""
    answer = once_by_key(
        key=key,
        route=request.path,
        body=request.body,
        actor=request.actor,
        at=request.now,
        act=act,
    )
    return Status(*answer)
