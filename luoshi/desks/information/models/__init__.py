"""The models of this room: urgent events, and ordinary items with what becomes of them."""

from luoshi.desks.information.models.channels import (
    EngagedOfficer,
    SubmissionQuota,
    TopicRequest,
)
from luoshi.desks.information.models.fate import (
    Adoption,
    Handover,
    ItemInstruction,
    ItemResult,
)
from luoshi.desks.information.models.issues import BulletinSeries, Issue, IssueItem
from luoshi.desks.information.models.items import (
    BOOK_ROLES,
    EDITING_ROLES,
    SENDING_ROLES,
    Item,
    ItemSeries,
    ItemVersion,
    KnownLikeness,
)
from luoshi.desks.information.models.scores import ScoreSheet, WeightVersion
from luoshi.desks.information.models.urgent import (
    DESK_ROLES,
    READING_ROLES,
    TAKING_ROLES,
    Event,
    EventInstruction,
    EventReport,
    EventSeries,
    Finding,
    LimitVersion,
    Passage,
    ReportLine,
    nearing,
)

__all__ = [
    "BOOK_ROLES",
    "DESK_ROLES",
    "EDITING_ROLES",
    "READING_ROLES",
    "SENDING_ROLES",
    "TAKING_ROLES",
    "Adoption",
    "BulletinSeries",
    "EngagedOfficer",
    "Event",
    "EventInstruction",
    "EventReport",
    "EventSeries",
    "Finding",
    "Handover",
    "Issue",
    "IssueItem",
    "Item",
    "ItemInstruction",
    "ItemResult",
    "ItemSeries",
    "ItemVersion",
    "KnownLikeness",
    "LimitVersion",
    "Passage",
    "ReportLine",
    "ScoreSheet",
    "SubmissionQuota",
    "TopicRequest",
    "WeightVersion",
    "nearing",
]
