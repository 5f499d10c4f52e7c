"""The receipt board of a dispatch: who has it and who has not, and what proves it (row 52)."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, QuerySet

from luoshi.desks.documents.models import DocumentUrge
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.exchange.enums import NOT_SIGNED, RANK, Progress
from luoshi.foundation.exchange.models import Addressee, Arrival, Dispatch, Receipt

ORDER = ("sort_key", "id")
NOT_YET = (Progress.ON_THE_WAY, *NOT_SIGNED)


def counts(dispatch: Dispatch) -> dict[str, int]:
    """Units by state, all, and those that have not signed; one query."""
    rows = Addressee.objects.filter(dispatch=dispatch).values_list("state")
    found = dict(rows.annotate(n=Count("pk")).order_by())
    by_state = {state.value: found.get(state.value, 0) for state in Progress}
    waiting = sum(by_state[state] for state in NOT_YET)
    return by_state | {"all": sum(by_state.values()), "waiting": waiting}


def addressees(dispatch: Dispatch, show: str) -> "QuerySet[Addressee]":
    """The rows behind a count; another word shows all."""
    rows = Addressee.objects.filter(dispatch=dispatch).select_related("unit", "outgoing__receiver")
    rows = rows.defer("outgoing__body")
    if show == "waiting":
        return rows.filter(state__in=NOT_YET)
    return rows.filter(state=show) if show in Progress.values else rows


def dressed(rows: Iterable[Any]) -> None:
    """Give addressees what the page shows beside them: their receipts with the number of the
    envelope that proves each, and the last urge; two queries."""
    rows = list(rows)
    proofs: dict[tuple[Any, str], list[Receipt]] = {}
    said = Receipt.objects.filter(outgoing__in={row.outgoing_id for row in rows})
    codes = {row.unit.code for row in rows}
    for receipt in said.filter(unit__in=[*codes, ""]).order_by("at", "pk"):
        proofs.setdefault((receipt.outgoing_id, receipt.unit), []).append(receipt)
    urges = DocumentUrge.objects.filter(addressee__in=rows).order_by("made_at")
    last = {one.addressee_id: one for one in urges}
    for row in rows:
        of = row.outgoing_id
        found = proofs.get((of, ""), []) + proofs.get((of, row.unit.code), [])
        row.proofs = sorted(found, key=lambda one: RANK[one.word])
        row.urge = last.get(row.pk)


def sent(actor: Actor) -> "QuerySet[Dispatch]":
    """What the actor's unit sent, with how many have not signed."""
    return Dispatch.objects.visible_to(actor).select_related("sender_unit")


def waiting_of(rows: Iterable[Any]) -> None:
    """Give dispatches the number of units that have not signed; one query."""
    rows = list(rows)
    left = Addressee.objects.filter(dispatch__in=rows, state__in=NOT_YET)
    found = dict(left.values_list("dispatch").annotate(n=Count("pk")).order_by())
    for row in rows:
        row.waiting = found.get(row.pk, 0)


def arrivals(actor: Actor, show: str) -> "QuerySet[Arrival]":
    """What came for the actor's unit: `waiting` = not signed for yet; another word shows all."""
    rows = Arrival.objects.visible_to(actor)
    return rows.filter(state__in=NOT_SIGNED) if show == "waiting" else rows
