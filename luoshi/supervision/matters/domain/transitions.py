"""The declared life of matters, shares, duties, reports, stops and requests for a
later limit, made from `steps`; nothing moves outside these tables.

A verb locks the row it moves (`locked`) before it checks its rule, so that of two people acting at
once one wins and the other is told (security.md 8).
"""

from typing import Any

from django.db.models import F, Q, QuerySet

from luoshi.foundation.core.navigation.processes import table
from luoshi.supervision.matters.domain import steps
from luoshi.supervision.matters.enums import (
    AssignmentState,
    DutyState,
    ExtensionState,
    MatterState,
    ReportState,
    SigningState,
    StopState,
)
from luoshi.supervision.matters.models import Assignment, Matter

MATTER_MOVES = table(MatterState.values, steps.MATTER_STEPS)
ASSIGNMENT_MOVES = table(AssignmentState.values, steps.ASSIGNMENT_STEPS)
DUTY_MOVES = table(DutyState.values, steps.DUTY_STEPS)
REPORT_MOVES = table(ReportState.values, steps.REPORT_STEPS)
SIGNING_MOVES = table(SigningState.values, steps.SIGNING_STEPS)
STOP_MOVES = table(StopState.values, steps.STOP_STEPS)
EXTENSION_MOVES = table(ExtensionState.values, steps.EXTENSION_STEPS)


class NoSuchMove(Exception):
    """A verb tried a move that its table does not have: a defect, never shown as a refusal."""


def move(row: Any, to: str, table: dict[str, set[str]]) -> None:
    """Set `row.state`; staying in place is no move and is allowed."""
    if row.state == to:
        return
    if to not in table[row.state]:
        raise NoSuchMove(f"{type(row).__name__}: {row.state} → {to}")
    row.state = to


def locked(rows: Any, key: Any) -> Any:
    """The row, locked until the transaction ends; only its own table is locked. Before a share
    its matter, before a matter the whole it is a part of: whoever moves a share rewrites their
    clocks too, and verbs that wait in one order never wait for each other."""
    if rows.model is Assignment:
        own = Q(pk__in=Assignment.objects.filter(pk=key).values("matter"))
        whole = Q(pk__in=Matter.objects.filter(assignments=key).values("parent"))
        hold(Matter.objects.filter(own | whole))
    elif rows.model is Matter:
        hold(Matter.objects.filter(pk__in=Matter.objects.filter(pk=key).values("parent")))
    return rows.select_for_update(of=("self",)).get(pk=key)


def hold(matters: "QuerySet[Matter]") -> None:
    """Lock matters, wholes before their parts."""
    rows = matters.select_for_update(of=("self",)).order_by(F("parent").asc(nulls_first=True), "pk")
    list(rows.values_list("pk", flat=True))
