"""How a matter stands at the leading office, as one other node needs it: all of it, each time, so
that any later word makes up for one that was lost.
"""

from typing import Any

from django.db.models import Q

from luoshi.foundation.exchange.models import Node
from luoshi.supervision.chasing.enums import UrgeState
from luoshi.supervision.chasing.models import Urge
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, Part
from luoshi.supervision.matters.models import (
    Assignment,
    ClockStop,
    Extension,
    JointOpinion,
    Matter,
    Report,
    Revocation,
)
from luoshi.supervision.mirrors.domain import columns
from luoshi.supervision.mirrors.domain.plain import plain, said
from luoshi.supervision.rulebook.domain.queries.settings import settings_of


def shares_at(matter: Matter, node: Node) -> list[Assignment]:
    """The shares of a matter whose units live on a node, ended ones first."""
    found = matter.assignments.filter(unit__served_by__node=node).select_related("unit")
    return sorted(found, key=lambda one: (one.state in ASSIGNMENT_OPEN, one.assigned_at, one.pk))


def office_word(matter: Matter, node: Node) -> dict[str, Any]:
    """The whole word for one node."""
    shares = shares_at(matter, node)
    closures = list(matter.closures.order_by("round"))
    revocation = Revocation.objects.filter(matter=matter).first()
    stops = ClockStop.objects.filter(matter=matter)
    own = Q(assignment=None) | Q(assignment__in=shares)
    return {
        "matter": said(matter, columns.MATTER)
        | {"id": str(matter.pk), "office": matter.office.code},
        "settings": said(settings_of(matter.office_id), columns.SETTINGS),
        "figures": [said(one, columns.FIGURE) for one in matter.asked_figures.all()],
        "closures": [said(one, columns.CLOSURE) | {"id": str(one.pk)} for one in closures],
        "reopenings": [
            said(one, columns.REOPENING) | {"id": str(one.pk), "closure": str(one.closure_id)}
            for one in matter.reopenings.order_by("reopened_at")
        ],
        "revocation": said(revocation, columns.REVOCATION) if revocation else None,
        "stops": [
            said(one, columns.STOP) | {"id": str(one.pk), "share": plain(one.assignment_id)}
            for one in stops.filter(own).order_by("asked_at", "pk")
        ],
        "shares": [share_word(one) for one in shares],
        "beside": beside(matter, shares),
        "opinions": opinions(shares),
    }


def share_word(share: Assignment) -> dict[str, Any]:
    """One share with its duties and every decision of the office on it."""
    objection = getattr(share, "objection", None)
    extensions = Extension.objects.filter(duty__assignment=share)
    reports = Report.objects.filter(assignment=share)
    urges = Urge.objects.filter(assignment=share, state=UrgeState.SENT)
    return said(share, columns.SHARE) | {
        "id": str(share.pk),
        "unit": share.unit.code,
        "reopening": plain(share.reopening_id),
        "duties": [
            said(one, columns.DUTY) | {"id": str(one.pk)} for one in share.duties.order_by("pk")
        ],
        "reviews": [
            said(one.review, columns.REVIEW) | {"id": str(one.review.pk), "report": str(one.pk)}
            for one in reports.filter(review__isnull=False).select_related("review").order_by("pk")
        ],
        "extensions": [
            said(one, columns.EXTENSION) | {"id": str(one.pk)} for one in extensions.order_by("pk")
        ],
        "objection": said(objection, columns.OBJECTION) if objection else None,
        "urges": [said(one, columns.URGE) | {"id": str(one.pk)} for one in urges.order_by("pk")],
        "settlements": [
            said(one, columns.SETTLEMENT) | {"id": str(one.pk)}
            for one in share.settlements.order_by("pk")
        ],
        "known": known(share),
    }


def known(share: Assignment) -> list[str]:
    """The names of the unit's acts that are in the office's books (`unit_word.name_of`)."""
    found = ["signing"] if share.signed_at else []
    found += [f"report:{one}" for one in share.reports.values_list("pk", flat=True)]
    found += [f"opinion:{one}" for one in share.opinions.values_list("pk", flat=True)]
    rows = Extension.objects.filter(duty__assignment=share).values_list("pk", "state")
    for pk, state in rows:
        found.append(f"extension:{pk}")
        found += [f"withdrawal:{pk}"] if state == "withdrawn" else []
    found += [f"stop:{one}" for one in share.stops.values_list("pk", flat=True)]
    if getattr(share, "objection", None):
        found.append(f"objection:{share.objection.pk}")
    found += [one.fact_id for one in share.settlements.all()]
    return sorted(set(found))


def beside(matter: Matter, shares: list[Assignment]) -> list[dict[str, Any]]:
    """The open lead or joint shares of units elsewhere, by name: whom a joint unit advises."""
    if not any(one.part in (Part.LEAD, Part.JOINT) for one in shares):
        return []
    others = matter.assignments.filter(part__in=(Part.LEAD, Part.JOINT), state__in=ASSIGNMENT_OPEN)
    others = others.exclude(pk__in=[one.pk for one in shares]).select_related("unit")
    return [
        {
            "id": str(one.pk),
            "unit": one.unit.code,
            "part": one.part,
            "state": one.state,
            "assigned_at": plain(one.assigned_at),
        }
        for one in others.order_by("pk")
    ]


def opinions(shares: list[Assignment]) -> list[dict[str, Any]]:
    """Opinions of joint units elsewhere for a lead unit of that node."""
    rows = JointOpinion.objects.filter(lead__in=shares).exclude(assignment__in=shares)
    return [
        said(one, ("text", "given_by_name", "given_at"))
        | {"id": str(one.pk), "share": str(one.assignment_id), "lead": str(one.lead_id)}
        for one in rows.order_by("given_at", "pk")
    ]
