"""Read models: rounds with their numbers, and the rows behind each number."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from luoshi.foundation.core.actors import Actor
from luoshi.supervision.lookbacks.enums import Finding, Ground, ItemState
from luoshi.supervision.lookbacks.models import LookBackItem, LookBackRound

SHOWN: dict[str, Q] = {
    "to_check": Q(state=ItemState.TO_CHECK),
    "reopened": Q(reopening__isnull=False),
    **{ground.value: Q(grounds__contains=[ground.value]) for ground in Ground},
    **{finding.value: Q(finding=finding.value) for finding in Finding},
}


def through(condition: Q, prefix: str) -> Q:
    """The same condition for rows reached through `prefix`."""
    return Q(*((f"{prefix}{name}", value) for name, value in condition.children))


def rounds_of(actor: Actor) -> "QuerySet[Any]":
    """The rounds of the actor's office, each with the number of rows behind every key of `SHOWN`;
    one query."""
    rows = LookBackRound.objects.filter(office_id=actor.unit_id)
    return rows.annotate(
        n_items=Count("items"),
        **{
            f"n_{key}": Count("items", filter=through(condition, "items__"))
            for key, condition in SHOWN.items()
        },
    )


def items_of(round: LookBackRound, shown: str, person_id: Any) -> "QuerySet[Any]":
    """The rows behind a number of a round; "mine" = those one checks; else all."""
    rows = LookBackItem.objects.filter(round=round)
    condition = Q(checker_id=person_id) if shown == "mine" else SHOWN.get(shown, Q())
    return rows.filter(condition).select_related("matter__lead_unit", "closure", "reopening")
