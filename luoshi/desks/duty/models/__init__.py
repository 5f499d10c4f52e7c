"""Duty in rows. Verbs: `domain`; nothing else moves them."""

from luoshi.desks.duty.models.books import DailyReport, DutyCheck, Feed, Handover, LogNote
from luoshi.desks.duty.models.people import DutyPerson, Leave, Scheme
from luoshi.desks.duty.models.periods import SensitivePeriod
from luoshi.desks.duty.models.rosters import KnownShift, Roster, Shift, Swap

__all__ = [
    "DailyReport",
    "DutyCheck",
    "DutyPerson",
    "Feed",
    "Handover",
    "KnownShift",
    "Leave",
    "LogNote",
    "Roster",
    "Scheme",
    "SensitivePeriod",
    "Shift",
    "Swap",
]
