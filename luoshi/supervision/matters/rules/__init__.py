"""Who may do what to a matter, a share, a report; import the predicates from here."""

from luoshi.supervision.matters.rules.changes import (
    may_answer_stop,
    may_ask_stop,
    may_decompose,
    may_merge,
    may_resume,
    may_stop,
)
from luoshi.supervision.matters.rules.duty import (
    may_ask_extension,
    may_decide_extension,
    may_withdraw_extension,
    running_limit,
)
from luoshi.supervision.matters.rules.handover import (
    may_advise,
    may_answer_objection,
    may_object,
    may_reassign,
)
from luoshi.supervision.matters.rules.matter import (
    may_approve,
    may_archive,
    may_assign,
    may_combine,
    may_conclude,
    may_draft,
    may_edit,
    may_refuse_registration,
    may_register,
    may_reopen,
    may_revoke,
    missing_plan,
)
from luoshi.supervision.matters.rules.reasons import (
    REGISTERING_ROLES,
    already,
    co_owns,
    not_your_office,
    person_needed,
    reviewed_already,
)
from luoshi.supervision.matters.rules.report import (
    may_correct,
    may_review,
    may_sign_report,
    may_take_back,
    still_before_principal,
)
from luoshi.supervision.matters.rules.share import may_report, may_sign_for

__all__ = [
    "REGISTERING_ROLES",
    "already",
    "co_owns",
    "may_advise",
    "may_answer_objection",
    "may_answer_stop",
    "may_approve",
    "may_archive",
    "may_ask_extension",
    "may_ask_stop",
    "may_assign",
    "may_combine",
    "may_conclude",
    "may_correct",
    "may_decide_extension",
    "may_decompose",
    "may_draft",
    "may_edit",
    "may_merge",
    "may_object",
    "may_reassign",
    "may_refuse_registration",
    "may_register",
    "may_reopen",
    "may_report",
    "may_resume",
    "may_review",
    "may_revoke",
    "may_sign_for",
    "may_sign_report",
    "may_stop",
    "may_take_back",
    "may_withdraw_extension",
    "missing_plan",
    "not_your_office",
    "person_needed",
    "reviewed_already",
    "running_limit",
    "still_before_principal",
]
