"""What is said of a list between nodes: all of it each time, so that any later word makes up for
one that was lost. Down go the points of the units over there (decision 8), up go the summaries that
were sent."""

from typing import Any

from luoshi.foundation.exchange.envelopes.metadata import Metadata
from luoshi.foundation.exchange.models import Node
from luoshi.supervision.lists.enums import SummaryState
from luoshi.supervision.lists.models import ListPoint, SupervisionPointsList
from luoshi.supervision.mirrors.domain.plain import plain, said

HEAD = tuple(
    "year title reference method purpose state issued_on issued_at issued_by_name closed_at "
    "closed_by_name closing_remark".split()
)
POINT = ("number", "text", "limit_words")
SUMMARY = tuple(
    "period rule_code legal_basis reports_to due_at warn_at trace state text problems next_steps "
    "figures sent_at sent_by_name late_amount late_unit late_reason".split()
)


def head(found: SupervisionPointsList) -> dict[str, Any]:
    """The list itself."""
    joint = found.joint_office
    return said(found, HEAD) | {
        "id": str(found.pk),
        "office": found.office.code,
        "joint": joint.code if joint else "",
    }


def points_at(found: SupervisionPointsList, node: Node) -> list[ListPoint]:
    """The points that units on a node lead or join."""
    rows = found.points.filter(lead_unit__served_by__node=node)
    rows |= found.points.filter(joint_units__served_by__node=node)
    rows = rows.distinct().select_related("lead_unit").prefetch_related("joint_units__served_by")
    return list(rows.order_by("number"))


def word_down(found: SupervisionPointsList, points: list[ListPoint]) -> dict[str, Any]:
    """For a node where units of these points live: each point by the number of its matter, which
    travels by itself."""
    return {
        "list": head(found),
        "points": [
            said(one, POINT)
            | {
                "id": str(one.pk),
                "lead": one.lead_unit.code if one.lead_unit else "",
                "joint": sorted(unit.code for unit in one.joint_units.all()),
                "matter": plain(one.matter_id),
            }
            for one in points
        ],
    }


def word_up(found: SupervisionPointsList) -> dict[str, Any]:
    """For the superior: the summaries that were sent, with their figures (TR-05, S3-59, S3-60)."""
    rows = found.summaries.filter(state=SummaryState.SENT).order_by("period")
    return {"list": head(found), "summaries": [said(one, SUMMARY) for one in rows]}


def described(found: SupervisionPointsList) -> Metadata:
    """What may be said of the list outside the payload."""
    return Metadata(
        identifier=str(found.pk),
        type="督查要点",
        title=found.title,
        number=found.reference,
        issuer=str(found.office),
    )
