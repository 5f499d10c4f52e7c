"""Closed sets of inspections and problems."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanState(models.TextChoices):
    """Life of the inspection plan of a year (R-CUT-6)."""

    DRAFTED = "drafted", _("Drafted")
    FILED = "filed", _("Filed for approval")
    APPROVED = "approved", _("Approved")


class InspectionState(models.TextChoices):
    """Life of an inspection (R-SUP-7)."""

    PLANNED = "planned", _("Planned")
    UNDER_WAY = "under_way", _("Under way")
    CONCLUDED = "concluded", _("Conclusion sent")
    CLOSED = "closed", _("Closed")
    CALLED_OFF = "called_off", _("Called off")


SENT_OUT = (InspectionState.CONCLUDED, InspectionState.CLOSED)


class InspectionKind(models.TextChoices):
    """A comprehensive inspection is allowed once a year and department (R-CUT-6)."""

    COMPREHENSIVE = "comprehensive", _("Comprehensive")
    SPECIAL = "special", _("Special")


class Method(models.TextChoices):
    """How an inspection is carried out (R-SUP-7)."""

    SELF_CHECK = "self_check", _("Self-check by the unit")
    HEARING = "hearing", _("Hearing a report")
    VISIT = "visit", _("On-site visit")
    UNDERCOVER = "undercover", _("Undercover visit")
    SYMPOSIUM = "symposium", _("Symposium or assessment")
    FILES = "files", _("Reading files")
    LETTERS = "letters", _("Letters, visits and media")
    INTERVIEW = "interview", _("Interview")
    ONLINE = "online", _("Online check")


class Part(models.TextChoices):
    """A member's part in the inspection group: one leader (R-SUP-7)."""

    LEADER = "leader", _("Group leader")
    MEMBER = "member", _("Member")
    INVITED = "invited", _("Invited")


class Standing(models.TextChoices):
    """Where a member comes from."""

    STAFF = "staff", _("Office staff")
    DEPUTY = "deputy", _("People's congress deputy")
    CPPCC = "cppcc", _("CPPCC member")
    EXPERT = "expert", _("Expert")
    OTHER = "other", _("Other")


class FindingKind(models.TextChoices):
    """What was found."""

    PROBLEM = "problem", _("Problem")
    PRACTICE = "practice", _("Good practice")
    FACT = "fact", _("Neutral fact")


class Category(models.TextChoices):
    """What kind of problem it is."""

    NOT_CARRIED_OUT = "not_carried_out", _("Not carried out")
    SLOW = "slow", _("Slow progress")
    FALSE_DATA = "false_data", _("Untrue or unclear data")
    FORMALISM = "formalism", _("Formalism")
    MECHANISM = "mechanism", _("Gap in rules or mechanism")
    SAFETY = "safety", _("Safety hazard")
    OTHER = "other", _("Other")


class ReviewState(models.TextChoices):
    """Life of a request to review a conclusion (R-SUP-7)."""

    ASKED = "asked", _("Review asked for")
    UPHELD = "upheld", _("Conclusion upheld")
    CHANGED = "changed", _("Conclusion changed")


class ProblemState(models.TextChoices):
    """Life of a problem until its strike-off 销号."""

    OPEN = "open", _("To rectify")
    RECTIFYING = "rectifying", _("Rectifying")
    REPORTED = "reported", _("Rectification reported")
    RETURNED = "returned", _("Returned for redo")
    CANCELLED = "cancelled", _("Struck off")
    WITHDRAWN = "withdrawn", _("Withdrawn")


PROBLEM_ENDED = (ProblemState.CANCELLED, ProblemState.WITHDRAWN)
AWAITING_UNIT = (ProblemState.OPEN, ProblemState.RECTIFYING, ProblemState.RETURNED)


class CheckMethod(models.TextChoices):
    """How a rectification was checked before the strike-off."""

    ON_SITE = "on_site", _("On site")
    DOCUMENTS = "documents", _("By documents")
    INTERVIEW = "interview", _("By interview")
    THIRD_PARTY = "third_party", _("By a third party")
