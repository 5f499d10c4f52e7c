"""What every route of ordinary information begins with: rows in sight, units by their codes, one
act a key."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Query, Status

from luoshi.desks.information import rules
from luoshi.desks.information.models import Item
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible, Text
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.foundation.organizations.domain.repeating import once_by_key
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.domain.queries.fetching import visible

LIMIT = Query(50, ge=1, le=100)
YEAR = Query(None, ge=2000, le=2090)


def book_reader(request: OfficeRequest, scope: str = "matters:read") -> Actor:
    """Who keeps or reads the office's book."""
    actor = scoped(request, scope)
    ensure(rules.may_see_book(actor))
    return actor


def an_item(actor: Actor, pk: UUID) -> Item:
    """The item in the token's sight."""
    rows = Item.objects.select_related("office", "merged_into", "request", "officer", "copied")
    found: Item = visible(rows, actor, pk)
    return found


def of_office(rows: Any, actor: Actor, pk: UUID) -> Any:
    """A row of the token's own office, else not found."""
    found = rows.filter(pk=pk, office_id=actor.unit_id).first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    return found


def units_of(codes: Sequence[str], field: str, what: Text) -> list[Unit]:
    """The active units of these codes in their order, each once. Refused: codes nobody has."""
    found = {unit.code: unit for unit in Unit.objects.filter(code__in=codes, is_active=True)}
    if missing := [code for code in codes if code not in found]:
        why = _("No unit is called “%(name)s”.")
        raise Invalid(what, {field: [why % {"name": one[:40]} for one in missing[:20]]})
    return [found[code] for code in dict.fromkeys(codes)]


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
