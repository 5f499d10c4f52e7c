"""Put an entry into the trail of the running verb."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import override

from luoshi.foundation.audit.domain.acting import CURRENT, acting
from luoshi.foundation.audit.domain.appending import Pending
from luoshi.foundation.audit.registry import known
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Refusal


class NoTrail(RuntimeError):
    """`record` was called outside `acting`: the entry would not be part of the act."""


def record(
    action: str,
    *,
    actor: Actor,
    at: datetime,
    obj: Model | None = None,
    object_kind: str = "",
    object_id: object = "",
    object_label: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    erased: list[list[int]] | None = None,
) -> None:
    """Buffer one entry; names, label, before and after go to its erasable detail, the places of
    `erased` details into the hashed text itself."""
    trail = CURRENT.get()
    if trail is None:
        raise NoTrail(action)
    known(action)
    if obj is not None:
        object_kind, object_id, object_label = obj._meta.label_lower, obj.pk, str(obj)
    trail.pending.append(
        Pending(
            action=action,
            actor=actor,
            at=at,
            object_kind=object_kind,
            object_id=str(object_id),
            detail={
                "actor": actor.person_name,
                "unit": actor.unit_name,
                "role": actor.role,
                "for": actor.on_behalf_of,
                "address": actor.address,
                "object": object_label,
                "before": before or {},
                "after": after or {},
            },
            erased=erased or [],
        )
    )


def record_denied(refusal: Refusal, *, actor: Actor, at: datetime, route: str) -> None:
    """Keep a denied act, in a transaction of its own: nothing else of it remains."""
    with acting(actor=actor, at=at):
        record(
            "audit.denied",
            actor=actor,
            at=at,
            object_kind="route",
            object_id=route[:60],
            after={"code": refusal.code},
        )


def kept(label: Callable[[], object]) -> str:
    """A label as papers and the trail keep it: in Chinese, whatever the language of who acts."""
    with override("zh-hans"):
        return str(label())
