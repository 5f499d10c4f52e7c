"""Who may do what to plans, inspections and problems; import the predicates from here."""

from luoshi.supervision.inspections.rules.inspection import (
    may_ask_review,
    may_call_off,
    may_change,
    may_close,
    may_conclude,
    may_decide_review,
    may_except,
    may_receive,
    may_record,
    may_start,
)
from luoshi.supervision.inspections.rules.plan import (
    may_approve_plan,
    may_file_plan,
    may_plan,
)
from luoshi.supervision.inspections.rules.problem import (
    may_check,
    may_raise,
    may_rectify,
    may_report_rectification,
    may_withdraw,
)

__all__ = [
    "may_approve_plan",
    "may_ask_review",
    "may_call_off",
    "may_change",
    "may_check",
    "may_close",
    "may_conclude",
    "may_decide_review",
    "may_except",
    "may_file_plan",
    "may_plan",
    "may_raise",
    "may_receive",
    "may_record",
    "may_rectify",
    "may_report_rectification",
    "may_start",
    "may_withdraw",
]
