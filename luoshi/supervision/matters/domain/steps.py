"""Every move of the heart's things, with the act and who does it; `transitions` makes its tables
from here and the process map prints them (rules.md 2.5, features row 113)."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.navigation.processes import Move
from luoshi.supervision.matters.enums import (
    AssignmentState,
    DutyState,
    ExtensionState,
    MatterState,
    ReportState,
    SigningState,
    StopState,
)

M, A, D, R, S = MatterState, AssignmentState, DutyState, ReportState, StopState
E, G = ExtensionState, SigningState
OFFICE = _("Assigning office")
APPROVER = _("Secretary-General, or the officer where the office says so")
UNIT = _("Handling unit")
PRINCIPAL = _("Principal of the handling unit")
REVIEWER = _("Reviewer of the assigning or the joint office")

MATTER_STEPS = (
    Move(M.DRAFTED, M.PROPOSED, _("Propose for registration"), OFFICE),
    Move(M.DRAFTED, M.REGISTERED, _("Register"), APPROVER),
    Move(M.PROPOSED, M.REGISTERED, _("Approve registration"), APPROVER),
    Move(M.PROPOSED, M.DRAFTED, _("Refuse registration with a reason"), APPROVER),
    Move(M.REGISTERED, M.ASSIGNED, _("Assign or request"), OFFICE),
    Move(M.ASSIGNED, M.CONCLUDED, _("Conclude after review"), OFFICE),
    Move(M.CONCLUDED, M.ASSIGNED, _("Reopen under the same number"), OFFICE),
    *(
        Move(state, M.REVOKED, _("Revoke with a reason"), OFFICE)
        for state in (M.DRAFTED, M.PROPOSED, M.REGISTERED, M.ASSIGNED)
    ),
    *(
        Move(state, M.MERGED, _("Merge into another matter"), OFFICE)
        for state in (M.DRAFTED, M.PROPOSED, M.REGISTERED, M.ASSIGNED)
    ),
)
SHARE_OPEN = (A.UNSIGNED, A.IN_PROGRESS, A.UNDER_REVIEW, A.RETURNED)
ASSIGNMENT_STEPS = (
    Move(A.UNSIGNED, A.IN_PROGRESS, _("Sign for the slip"), UNIT),
    Move(A.IN_PROGRESS, A.UNDER_REVIEW, _("Send a report"), UNIT),
    Move(A.UNDER_REVIEW, A.IN_PROGRESS, _("Accept the report"), REVIEWER),
    Move(A.UNDER_REVIEW, A.RETURNED, _("Return for redo, or ask to supplement"), REVIEWER),
    Move(A.RETURNED, A.UNDER_REVIEW, _("Send the report again"), UNIT),
    Move(A.RETURNED, A.IN_PROGRESS, _("Accept another report"), REVIEWER),
    *(Move(state, A.CONCLUDED, _("Conclude the matter"), OFFICE) for state in SHARE_OPEN),
    *(Move(state, A.REVOKED, _("Revoke the matter"), OFFICE) for state in SHARE_OPEN),
    *(Move(state, A.REASSIGNED, _("Assign to another unit"), OFFICE) for state in SHARE_OPEN),
    *(Move(state, A.MERGED, _("Merge the matter"), OFFICE) for state in SHARE_OPEN),
)
DUTY_STEPS = (
    Move(D.OPEN, D.SUBMITTED, _("Send a report"), UNIT),
    Move(D.SUBMITTED, D.ACCEPTED, _("Accept the report"), REVIEWER),
    Move(D.SUBMITTED, D.RETURNED, _("Return for redo, or ask to supplement"), REVIEWER),
    Move(D.RETURNED, D.SUBMITTED, _("Send the report again"), UNIT),
    *(
        Move(state, D.WITHDRAWN, _("End the share"), OFFICE)
        for state in (D.OPEN, D.SUBMITTED, D.RETURNED)
    ),
)
REPORT_STEPS = (
    Move(R.DRAFT, R.SUBMITTED, _("Send a report"), UNIT),
    Move(R.DRAFT, R.FILED, _("Arrives from another level after the end"), UNIT),
    Move(R.DRAFT, R.SIGNING, _("Put forward for signature"), UNIT),
    Move(R.SIGNING, R.SUBMITTED, _("Sign and send"), PRINCIPAL),
    Move(R.SIGNING, R.DRAFT, _("Give back, or take back"), UNIT),
    Move(R.SUBMITTED, R.ACCEPTED, _("Accept the report"), REVIEWER),
    Move(R.SUBMITTED, R.RETURNED, _("Return for redo, or ask to supplement"), REVIEWER),
)
SIGNING_STEPS = (
    Move(G.ASKED, G.SIGNED, _("Sign and send"), PRINCIPAL),
    Move(G.ASKED, G.GIVEN_BACK, _("Give back with a reason"), PRINCIPAL),
    Move(G.ASKED, G.TAKEN_BACK, _("Take back"), UNIT),
)
STOP_STEPS = (
    Move(S.ASKED, S.RUNNING, _("Stop the clock"), OFFICE),
    Move(S.ASKED, S.REFUSED, _("Refuse with a reason"), OFFICE),
    Move(S.RUNNING, S.ENDED, _("Let the clock run again"), OFFICE),
)
EXTENSION_STEPS = (
    Move(E.ASKED, E.GRANTED, _("Grant a later limit"), OFFICE),
    Move(E.ASKED, E.REFUSED, _("Refuse with a reason"), OFFICE),
    Move(E.ASKED, E.WITHDRAWN, _("Take the request back"), UNIT),
)
