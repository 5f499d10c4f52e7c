"""States of the heart, with their named groups. Where a thing is ≠ how it ended."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MatterState(models.TextChoices):
    """Life of a matter (rules.md 2.5, "Supervision item")."""

    DRAFTED = "drafted", _("Drafted")
    PROPOSED = "proposed", _("Proposed for registration")
    REGISTERED = "registered", _("Registered")
    ASSIGNED = "assigned", _("Assigned")
    CONCLUDED = "concluded", _("Concluded")
    REVOKED = "revoked", _("Revoked")
    MERGED = "merged", _("Merged")


MATTER_OPEN = (MatterState.REGISTERED, MatterState.ASSIGNED)
MATTER_ENDED = (MatterState.CONCLUDED, MatterState.REVOKED, MatterState.MERGED)
MATTER_BEFORE_ASSIGNING = (MatterState.DRAFTED, MatterState.PROPOSED, MatterState.REGISTERED)


class AssignmentState(models.TextChoices):
    """Life of one unit's share."""

    UNSIGNED = "unsigned", _("Not signed for")
    IN_PROGRESS = "in_progress", _("In progress")
    UNDER_REVIEW = "under_review", _("In review")
    RETURNED = "returned", _("Returned for redo")
    CONCLUDED = "concluded", _("Concluded")
    REVOKED = "revoked", _("Revoked")
    REASSIGNED = "reassigned", _("Reassigned")
    MERGED = "merged", _("Merged")


ASSIGNMENT_OPEN = (
    AssignmentState.UNSIGNED,
    AssignmentState.IN_PROGRESS,
    AssignmentState.UNDER_REVIEW,
    AssignmentState.RETURNED,
)
AWAITING_UNIT = (
    AssignmentState.UNSIGNED,
    AssignmentState.IN_PROGRESS,
    AssignmentState.RETURNED,
)


class Part(models.TextChoices):
    """How a unit takes part (features row 13)."""

    LEAD = "lead", _("Lead")
    JOINT = "joint", _("Joint")
    SEPARATE = "separate", _("Separate")
    SOLE = "sole", _("Sole")


class DutyState(models.TextChoices):
    """Life of a report duty; lateness is a mark beside it, never a state."""

    OPEN = "open", _("Not sent yet")
    SUBMITTED = "submitted", _("In review")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned for redo")
    WITHDRAWN = "withdrawn", _("Withdrawn")


DUTY_AWAITING_UNIT = (DutyState.OPEN, DutyState.RETURNED)
DUTY_LIVE = (DutyState.OPEN, DutyState.SUBMITTED, DutyState.RETURNED)


class ExtensionState(models.TextChoices):
    """Life of a request for a later limit (R-SUP-4)."""

    ASKED = "asked", _("Waiting for a decision")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ReportState(models.TextChoices):
    """Life of a report."""

    DRAFT = "draft", _("Draft")
    SIGNING = "signing", _("Waits for the principal's signature")
    SUBMITTED = "submitted", _("Sent")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned for redo")
    FILED = "filed", _("On file: came after the end")


REPORT_UNSENT = (ReportState.DRAFT, ReportState.SIGNING)
REPORT_UNDECIDED = (*REPORT_UNSENT, ReportState.SUBMITTED)


class SigningState(models.TextChoices):
    """Life of a report before the principal (R-SUP-6)."""

    ASKED = "asked", _("Waits for the principal's signature")
    SIGNED = "signed", _("Signed and sent")
    GIVEN_BACK = "given_back", _("Given back")
    TAKEN_BACK = "taken_back", _("Taken back")


class EvidenceGrade(models.IntegerChoices):
    """How well a report is borne out (B8), weakest first."""

    CLAIM = 1, _("Claim")
    DOCUMENT = 2, _("Document")
    NUMBER = 3, _("Figures with documents")
    ON_SITE = 4, _("Checked on site")
    THIRD_PARTY = 5, _("Third party")


class Retention(models.TextChoices):
    """How long an archived file is kept."""

    PERMANENT = "permanent", _("Permanent")
    THIRTY = "30", _("30 years")
    TEN = "10", _("10 years")


class Verdict(models.TextChoices):
    """How a review ended."""

    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned for redo")
    SUPPLEMENT = "supplement", _("Asked to supplement")


VERDICT_AGAIN = (Verdict.RETURNED, Verdict.SUPPLEMENT)


class Result(models.TextChoices):
    """How a matter ended."""

    DONE = "done", _("Carried out")
    PARTLY = "partly", _("Carried out in part")
    PLANNED = "planned", _("Planned, with a promised date")
    NOT_POSSIBLE = "not_possible", _("Not possible for stated reasons")


PROMISING = (Result.PARTLY, Result.PLANNED)


class Turn(models.TextChoices):
    """Whose move it is (ui.md rule 1)."""

    OFFICE = "office", _("Assigning office")
    UNIT = "unit", _("Handling unit")
    REVIEWER = "reviewer", _("Reviewer")
    NOBODY = "nobody", _("Nobody")


class LateUnit(models.TextChoices):
    """Lateness counts calendar days; hours and minutes for hour rules (ui.md 3)."""

    DAYS = "days", _("days")
    HOURS = "hours", _("hours")
    MINUTES = "minutes", _("minutes")


class Light(models.TextChoices):
    """Derived for an instant, never stored."""

    RED = "red", _("Overdue")
    YELLOW = "yellow", _("Due soon")
    GREEN = "green", _("On track")
    GREY = "grey", _("No clock runs")


LIGHTS_WORST_FIRST = (Light.RED, Light.YELLOW, Light.GREEN, Light.GREY)


class Change(models.TextChoices):
    """How a limit computed again differs."""

    EARLIER = "earlier", _("Earlier")
    LATER = "later", _("Later")
    DATED = "dated", _("Gets a date")
    UNDATED = "undated", _("No fixed date any more")
    DROPPED = "dropped", _("No longer asked for")
    ADDED = "added", _("Asked for in addition")
    SAME = "same", _("Same date")


class Cause(models.TextChoices):
    """Why limits were computed again."""

    CALENDAR = "calendar", _("Working-day notice")
    RULE = "rule", _("Changed rule")
    OFFICE = "office", _("Decision of the office")


class StopState(models.TextChoices):
    """Life of a clock stop (features row 20)."""

    ASKED = "asked", _("Asked for")
    RUNNING = "running", _("Clock stopped")
    REFUSED = "refused", _("Refused")
    ENDED = "ended", _("Clock runs again")


class Answer(models.TextChoices):
    """How a proposal or an objection was answered."""

    PENDING = "pending", _("Waits for an answer")
    ACCEPTED = "accepted", pgettext_lazy("answer", "Accepted")
    REJECTED = "rejected", _("Rejected")
