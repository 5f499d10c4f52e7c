"""Divide a matter into sub-matters (分解): each with its own plan, units and clock, one file.

Changes: registered sub-matters with numbers inside the parent's. Refused: other offices, a matter
that is a sub-matter itself, dates after the parent's end.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.indexing import index_matter
from luoshi.supervision.matters.domain.matter.drafting import Plan, checked, columns
from luoshi.supervision.matters.domain.queries.addressing import kept
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.summarising import seeing
from luoshi.supervision.matters.domain.transitions import MATTER_MOVES, locked, move
from luoshi.supervision.matters.enums import MatterState
from luoshi.supervision.matters.models import Matter

MOST = 60


@dataclass(frozen=True)
class SubMatter:
    """What one sub-matter is to do, and the units that get it at once (none: assigned later)."""

    plan: Plan
    shares: Sequence[Share] = ()


def decompose(
    *, matter: Matter, parts: Sequence[SubMatter], actor: Actor, at: datetime
) -> list[Matter]:
    """Make a registered sub-matter of every part and assign those that name units; what a plan
    leaves empty is the parent's."""
    ensure(rules.may_decompose(actor, matter))
    with acting(actor=actor, at=at):
        matter = locked(Matter.objects, matter.pk)
        ensure(rules.may_decompose(actor, matter))
        refuse_bad(matter, [part.plan for part in parts])
        last = matter.sub_matters.order_by("-part_number").first()
        first = (last.part_number or 0) + 1 if last else 1
        made = [
            part_of(matter, inherited(matter, part.plan), number, actor, at)
            for number, part in enumerate(parts, start=first)
        ]
        matter.parts += len(made)
        matter.save(update_fields=("parts",))
        for row, part in zip(made, parts, strict=True):
            if part.shares:
                assign(matter=row, shares=part.shares, actor=actor, at=at)
                row.refresh_from_db()
        after = {"parts": [f"{row.number} {row.title}" for row in made]}
        record("matters.decomposed", actor=actor, at=at, obj=matter, after=after)
    return made


def refuse_bad(matter: Matter, plans: Sequence[Plan]) -> None:
    """Refuse no plan, too many, two of one title, an end after the parent's."""
    errors: list[object] = []
    titles = [plan.title.strip() for plan in plans]
    if not plans:
        errors.append(_("Name at least one sub-matter."))
    if len(plans) > MOST:
        errors.append(_("At most %(most)d sub-matters at a time.") % {"most": MOST})
    if len(set(titles)) != len(titles) or matter.sub_matters.filter(title__in=titles).exists():
        errors.append(_("A sub-matter stands twice."))
    late = [plan for plan in plans if plan.end_on and matter.end_on and plan.end_on > matter.end_on]
    errors.extend(
        _("“%(title)s” ends after the whole matter (%(day)s).")
        % {"title": plan.title, "day": matter.end_on}
        for plan in late
    )
    if errors:
        raise Invalid(_("Not divided."), {"parts": errors})  # type: ignore[dict-item]
    for plan in plans:
        checked(plan)


def inherited(matter: Matter, plan: Plan) -> Plan:
    """The plan with what it leaves empty taken from the parent (S2-92: no start without a plan)."""
    return replace(
        plan,
        regime=matter.regime,
        content=plan.content.strip() or plan.title,
        method=plan.method.strip() or matter.method,
        purpose=plan.purpose.strip() or matter.purpose,
        basis=plan.basis.strip() or matter.basis,
        end_on=plan.end_on or matter.end_on,
        task_rules=plan.task_rules or matter.task_rules,
        anchors=matter.anchors,
        joint_office=matter.joint_office_id,
        report_to=plan.report_to or kept(matter, "report_to"),
        copy_to=plan.copy_to or kept(matter, "copy_to"),
    )


def part_of(matter: Matter, plan: Plan, number: int, actor: Actor, at: datetime) -> Matter:
    """One sub-matter, registered under the parent's approval."""
    row = Matter(
        office_id=matter.office_id,
        parent=matter,
        part_number=number,
        number=part_text(matter.number, number),
        **columns(plan),
        origin_kind=matter.origin_kind,
        origin_title=matter.origin_title,
        origin_reference=matter.origin_reference,
        origin_quote=matter.origin_quote,
        origin_id=matter.origin_id,
        instructed_by_id=matter.instructed_by_id,
        also_instructed_by=matter.also_instructed_by,
        seen_by=seeing((), (), matter.also_instructed_by),
        created_by_id=actor.person_id,
        created_at=at,
        registered_at=at,
    )
    move(row, MatterState.REGISTERED, MATTER_MOVES)
    row.save()
    index_matter(row)
    record("matters.registered", actor=actor, at=at, obj=row, after={"number": row.number})
    return row


def part_text(number: str, part: int) -> str:
    """督〔2026〕18号之2: the parent's number and the part's."""
    return f"{number}之{part}"
