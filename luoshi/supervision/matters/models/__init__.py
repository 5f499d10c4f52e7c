"""The rows of the heart; import them from here."""

from luoshi.supervision.matters.models.assignment import Assignment, UnitSummary
from luoshi.supervision.matters.models.clocks import Clocked, light_expression, showing
from luoshi.supervision.matters.models.clockstop import ClockStop
from luoshi.supervision.matters.models.closure import Closure, Reopening
from luoshi.supervision.matters.models.duty import ReportDuty
from luoshi.supervision.matters.models.extension import Extension
from luoshi.supervision.matters.models.filing import KnownSimilar, Merger, Proposal
from luoshi.supervision.matters.models.matter import Matter, NumberSeries, Revocation
from luoshi.supervision.matters.models.objection import Objection, Reassignment
from luoshi.supervision.matters.models.opinion import JointOpinion
from luoshi.supervision.matters.models.past import PastAssignment, PastDuty, PastMatter
from luoshi.supervision.matters.models.redating import RedatedDuty, Redating
from luoshi.supervision.matters.models.report import Report, ReportFigure, Review
from luoshi.supervision.matters.models.scopes import owned_by

__all__ = [
    "Assignment",
    "ClockStop",
    "Clocked",
    "Closure",
    "Extension",
    "JointOpinion",
    "KnownSimilar",
    "Matter",
    "Merger",
    "NumberSeries",
    "Objection",
    "PastAssignment",
    "PastDuty",
    "PastMatter",
    "Proposal",
    "Reassignment",
    "RedatedDuty",
    "Redating",
    "Reopening",
    "Report",
    "ReportDuty",
    "ReportFigure",
    "Review",
    "Revocation",
    "UnitSummary",
    "light_expression",
    "owned_by",
    "showing",
]
