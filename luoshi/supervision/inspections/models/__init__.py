"""Plans, inspections and problems: import the models from here."""

from luoshi.supervision.inspections.models.conclusion import (
    Conclusion,
    ConclusionReview,
    Finding,
)
from luoshi.supervision.inspections.models.inspection import (
    CallingOff,
    FrequencyException,
    GroupMember,
    Inspection,
    InspectionObject,
)
from luoshi.supervision.inspections.models.plan import InspectionPlan
from luoshi.supervision.inspections.models.problem import (
    Problem,
    ProblemCheck,
    ProblemWithdrawal,
    RectificationReport,
)

__all__ = [
    "CallingOff",
    "Conclusion",
    "ConclusionReview",
    "Finding",
    "FrequencyException",
    "GroupMember",
    "Inspection",
    "InspectionObject",
    "InspectionPlan",
    "Problem",
    "ProblemCheck",
    "ProblemWithdrawal",
    "RectificationReport",
]
