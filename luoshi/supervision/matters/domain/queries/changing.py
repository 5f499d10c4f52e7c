"""What happened beside the straight way of a matter: parts, stops, objections, reassignments,
mergers, proposals; each list only as far as the reader may see it (decision 8)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from luoshi.foundation.core.actors import Actor
from luoshi.supervision.matters.enums import Part
from luoshi.supervision.matters.models import (
    AskedTogether,
    Assignment,
    ClockStop,
    JointOpinion,
    KnownSimilar,
    Matter,
    Merger,
    Objection,
    Proposal,
    Reassignment,
)
from luoshi.supervision.matters.rules import co_owns


@dataclass
class Changes:
    """Everything the page shows; empty lists show nothing."""

    parts: list[Any] = field(default_factory=list)
    shares: list[Any] = field(default_factory=list)
    stops: list[Any] = field(default_factory=list)
    objections: list[Any] = field(default_factory=list)
    reassignments: list[Any] = field(default_factory=list)
    opinions: list[Any] = field(default_factory=list)
    absorbed: list[Any] = field(default_factory=list)
    proposals: list[Any] = field(default_factory=list)
    similar: list[Any] = field(default_factory=list)
    together: list[Any] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any(vars(self).values())


def changes_of(matter: Matter, actor: Actor, at: datetime) -> Changes:
    """The changes of one matter as this actor may read them."""
    owns = co_owns(actor, matter)
    seen = Assignment.objects.visible_to(actor).filter(matter=matter)
    shares = list(seen.select_related("unit", "matter").order_by("assigned_at", "pk"))
    keys = [share.pk for share in shares]
    stops = ClockStop.objects.filter(matter=matter).select_related("assignment__unit", "matter")
    objections = Objection.objects.filter(assignment__in=keys)
    moved = Reassignment.objects.filter(before__in=keys) | Reassignment.objects.filter(
        after__in=keys
    )
    return Changes(
        parts=parts_of(matter, actor, at),
        shares=shares,
        stops=[
            row
            for row in stops.order_by("-asked_at")
            if row.assignment_id is None or row.assignment_id in keys
        ],
        objections=list(
            objections.select_related("assignment__unit", "assignment__matter").order_by(
                "-raised_at"
            )
        ),
        reassignments=list(
            moved.select_related("before__unit", "after__unit").order_by("-decided_at")
        ),
        opinions=opinions_of(matter, actor, owns=owns),
        absorbed=list(Merger.objects.filter(into=matter).select_related("absorbed")),
        proposals=list(Proposal.objects.filter(matter=matter).order_by("-proposed_at"))
        if owns
        else [],
        similar=list(KnownSimilar.objects.filter(matter=matter).select_related("other"))
        if owns
        else [],
        together=list(AskedTogether.objects.filter(matter=matter)),
    )


def parts_of(matter: Matter, actor: Actor, at: datetime) -> list[Matter]:
    """The sub-matters in sight, each with its light of this instant."""
    if not matter.parts:
        return []
    rows = Matter.objects.visible_to(actor).filter(parent=matter)
    found = list(rows.select_related("lead_unit").order_by("part_number"))
    for row in found:
        row.shown = row.light(at)
    return found


def opinions_of(matter: Matter, actor: Actor, *, owns: bool) -> list[JointOpinion]:
    """Opinions the actor may read: the offices and the lead all, a joint unit its own."""
    rows = JointOpinion.objects.filter(assignment__matter=matter)
    leads = matter.assignments.filter(part=Part.LEAD, unit_id=actor.unit_id)
    if not owns and not leads.exists():
        rows = rows.filter(assignment__unit_id=actor.unit_id)
    return list(rows.select_related("assignment__unit", "lead__unit").order_by("given_at"))
