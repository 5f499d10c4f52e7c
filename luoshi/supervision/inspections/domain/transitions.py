"""The declared life of plans, inspections, reviews and problems."""

from luoshi.supervision.inspections.enums import (
    InspectionState,
    PlanState,
    ProblemState,
    ReviewState,
)

N, P = InspectionState, ProblemState

PLAN_MOVES: dict[str, set[str]] = {
    PlanState.DRAFTED: {PlanState.FILED},
    PlanState.FILED: {PlanState.APPROVED, PlanState.DRAFTED},
    PlanState.APPROVED: set(),
}
INSPECTION_MOVES: dict[str, set[str]] = {
    N.PLANNED: {N.UNDER_WAY, N.CALLED_OFF},
    N.UNDER_WAY: {N.CONCLUDED, N.CALLED_OFF},
    N.CONCLUDED: {N.CLOSED},
    N.CLOSED: set(),
    N.CALLED_OFF: set(),
}
REVIEW_MOVES: dict[str, set[str]] = {
    ReviewState.ASKED: {ReviewState.UPHELD, ReviewState.CHANGED},
    ReviewState.UPHELD: set(),
    ReviewState.CHANGED: set(),
}
PROBLEM_MOVES: dict[str, set[str]] = {
    P.OPEN: {P.RECTIFYING, P.WITHDRAWN},
    P.RECTIFYING: {P.REPORTED, P.WITHDRAWN},
    P.REPORTED: {P.CANCELLED, P.RETURNED, P.WITHDRAWN},
    P.RETURNED: {P.REPORTED, P.WITHDRAWN},
    P.CANCELLED: set(),
    P.WITHDRAWN: set(),
}
