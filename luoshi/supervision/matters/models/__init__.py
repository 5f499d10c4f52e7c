"""The rows of the heart; import them from here."""

from luoshi.supervision.matters.models.assignment import Assignment, UnitSummary
from luoshi.supervision.matters.models.authorship import ReportEditor, Signing
from luoshi.supervision.matters.models.clocks import (
    Clocked,
    Staged,
    behind_plan,
    light_expression,
    showing,
)
from luoshi.supervision.matters.models.closure import Closure, Reopening
from luoshi.supervision.matters.models.delay import ClockStop, Extension
from luoshi.supervision.matters.models.duty import REPEATS, AskedTogether, Milestone, ReportDuty
from luoshi.supervision.matters.models.ending import Archiving, ConclusionReport, StrikeOff
from luoshi.supervision.matters.models.figures import MatterFigure, OutdatedRow, RollUpRow
from luoshi.supervision.matters.models.filing import KnownSimilar, Merger, Proposal
from luoshi.supervision.matters.models.handover import JointOpinion, Objection, Reassignment
from luoshi.supervision.matters.models.matter import Matter, NumberSeries, Revocation
from luoshi.supervision.matters.models.past import PastAssignment, PastDuty, PastMatter
from luoshi.supervision.matters.models.redating import RedatedDuty, Redating
from luoshi.supervision.matters.models.report import Report, ReportFigure, Review
from luoshi.supervision.matters.models.scopes import instructed_by, owned_by, sees_every_share

__all__ = [
    "REPEATS",
    "Archiving",
    "AskedTogether",
    "Assignment",
    "ClockStop",
    "Clocked",
    "Closure",
    "ConclusionReport",
    "Extension",
    "JointOpinion",
    "KnownSimilar",
    "Matter",
    "MatterFigure",
    "Merger",
    "Milestone",
    "NumberSeries",
    "Objection",
    "OutdatedRow",
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
    "ReportEditor",
    "ReportFigure",
    "Review",
    "Revocation",
    "RollUpRow",
    "Signing",
    "Staged",
    "StrikeOff",
    "UnitSummary",
    "behind_plan",
    "instructed_by",
    "light_expression",
    "owned_by",
    "sees_every_share",
    "showing",
]
