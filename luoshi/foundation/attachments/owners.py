"""Who may open an attachment is known by the room that owns what it hangs on."""

from collections.abc import Callable
from uuid import UUID

from luoshi.foundation.core.actors import Actor

Visible = Callable[[Actor, UUID], bool]
OWNERS: dict[str, Visible] = {}


def register(kind: str, visible: Visible) -> None:
    """Name the question "may this actor see the owner with this id?" for a kind of owner."""
    OWNERS[kind] = visible


def visible(actor: Actor, kind: str, owner_id: UUID | None) -> bool:
    """Deny by default: an unknown kind is invisible."""
    check = OWNERS.get(kind)
    return bool(check and owner_id and check(actor, owner_id))
