"""The rows of the heart; import them from here."""

from luoshi.supervision.matters.models.assignment import Assignment, UnitSummary
from luoshi.supervision.matters.models.clocks import Clocked, light_expression, showing
from luoshi.supervision.matters.models.closure import Closure, Reopening
from luoshi.supervision.matters.models.duty import ReportDuty
from luoshi.supervision.matters.models.extension import Extension
from luoshi.supervision.matters.models.matter import Matter, NumberSeries, Revocation
from luoshi.supervision.matters.models.past import PastAssignment, PastDuty, PastMatter
from luoshi.supervision.matters.models.redating import RedatedDuty, Redating
from luoshi.supervision.matters.models.report import Report, ReportFigure, Review

__all__ = [
    "Assignment",
    "Clocked",
    "Closure",
    "Extension",
    "Matter",
    "NumberSeries",
    "PastAssignment",
    "PastDuty",
    "PastMatter",
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
    "showing",
]
