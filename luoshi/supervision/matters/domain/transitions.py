"""The declared life of matters, shares, duties and reports; nothing moves outside these tables.

A verb locks the row it moves (`locked`) before it checks its rule, so that of two people acting at
once one wins and the other is told (security.md 8).
"""

from typing import Any

from luoshi.supervision.matters.enums import (
    AssignmentState,
    DutyState,
    ExtensionState,
    MatterState,
    ReportState,
)

M, A, D, R = MatterState, AssignmentState, DutyState, ReportState
E = ExtensionState

MATTER_MOVES: dict[str, set[str]] = {
    M.DRAFTED: {M.PROPOSED, M.REGISTERED, M.REVOKED},
    M.PROPOSED: {M.REGISTERED, M.REVOKED},
    M.REGISTERED: {M.ASSIGNED, M.REVOKED},
    M.ASSIGNED: {M.CONCLUDED, M.REVOKED},
    M.CONCLUDED: {M.ASSIGNED},
    M.REVOKED: set(),
}
ASSIGNMENT_MOVES: dict[str, set[str]] = {
    A.UNSIGNED: {A.IN_PROGRESS, A.CONCLUDED, A.REVOKED},
    A.IN_PROGRESS: {A.UNDER_REVIEW, A.CONCLUDED, A.REVOKED},
    A.UNDER_REVIEW: {A.IN_PROGRESS, A.RETURNED, A.CONCLUDED, A.REVOKED},
    A.RETURNED: {A.UNDER_REVIEW, A.IN_PROGRESS, A.CONCLUDED, A.REVOKED},
    A.CONCLUDED: set(),
    A.REVOKED: set(),
}
DUTY_MOVES: dict[str, set[str]] = {
    D.OPEN: {D.SUBMITTED, D.WITHDRAWN},
    D.SUBMITTED: {D.ACCEPTED, D.RETURNED, D.WITHDRAWN},
    D.RETURNED: {D.SUBMITTED, D.WITHDRAWN},
    D.ACCEPTED: set(),
    D.WITHDRAWN: set(),
}
REPORT_MOVES: dict[str, set[str]] = {
    R.DRAFT: {R.SUBMITTED},
    R.SUBMITTED: {R.ACCEPTED, R.RETURNED},
    R.ACCEPTED: set(),
    R.RETURNED: set(),
}
EXTENSION_MOVES: dict[str, set[str]] = {
    E.ASKED: {E.GRANTED, E.REFUSED, E.WITHDRAWN},
    E.GRANTED: set(),
    E.REFUSED: set(),
    E.WITHDRAWN: set(),
}


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
    """The row, locked until the transaction ends; only its own table is locked."""
    return rows.select_for_update(of=("self",)).get(pk=key)
