"""The shares that answer for the present round of a matter."""

from django.db.models import QuerySet

from luoshi.supervision.matters.enums import AssignmentState
from luoshi.supervision.matters.models import Assignment, Matter

ENDED_ELSEWHERE = (AssignmentState.REVOKED, AssignmentState.REASSIGNED, AssignmentState.MERGED)


def of_this_round(matter: Matter) -> "QuerySet[Assignment]":
    """The shares that answer for the conclusion: handed out since the last reopening, where there
    is one, and not ended elsewhere."""
    own = matter.assignments.exclude(state__in=ENDED_ELSEWHERE)
    return own.filter(reopening=matter.reopenings.order_by("-reopened_at").first())
