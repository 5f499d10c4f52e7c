"""Draft and change an inspection and its group, before it starts (R-SUP-7).

The plan fixes content, objects and scope; the group has one leader and may have invited deputies,
CPPCC members and experts, who need no account. Refused: missing parts, objects outside the office's
sight, dates outside the plan's year, a stale revision.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.organizations.domain.queries.sight import units_in_sight
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.inspections import rules
from luoshi.supervision.inspections.domain.planning import plan_of_year
from luoshi.supervision.inspections.enums import (
    InspectionKind,
    Method,
    Part,
    PlanState,
    Standing,
)
from luoshi.supervision.inspections.models import (
    GroupMember,
    Inspection,
    InspectionObject,
    InspectionPlan,
)
from luoshi.supervision.matters.domain.transitions import locked


@dataclass(frozen=True)
class Outline:
    """What the plan fixes about an inspection."""

    title: str
    kind: str
    content: str
    scope: str
    methods: Sequence[str]
    objects: Sequence[Unit]
    starts_on: date | None
    ends_on: date | None
    basis: str = ""
    department: Unit | None = None


@dataclass(frozen=True)
class Member:
    """A member of the group; `person_id` only for people with an account."""

    name: str
    part: str
    standing: str = Standing.STAFF
    title: str = ""
    person_id: UUID | None = None


def checked(outline: Outline, actor: Actor) -> None:
    """Refuse an outline that fixes too little, or reaches outside the office's sight."""
    errors: dict[str, list[object]] = {}
    for name in ("title", "content", "scope"):
        if not getattr(outline, name).strip():
            errors[name] = [_("The plan fixes content, objects and scope.")]
    if outline.kind not in InspectionKind.values:
        errors["kind"] = [_("Choose comprehensive or special.")]
    if not outline.methods or set(outline.methods) - set(Method.values):
        errors["methods"] = [_("Choose at least one method.")]
    if outline.starts_on is None or outline.ends_on is None:
        errors["starts_on"] = [_("Give the first and the last day.")]
    elif not outline.starts_on <= outline.ends_on or outline.starts_on.year != outline.ends_on.year:
        errors["ends_on"] = [_("The last day follows the first, in the same year.")]
    elif not 2000 <= outline.starts_on.year <= 2090:
        errors["starts_on"] = [_("Give dates between 2000 and 2090.")]
    if not outline.objects:
        errors["objects"] = [_("Name at least one unit to be inspected.")]
    seen = set(units_in_sight(actor).values_list("pk", flat=True))
    outside = [str(u) for u in outline.objects if u.pk not in seen or u.pk == actor.unit_id]
    if outside:
        text = _("Not within this office's scope: %(units)s.") % {"units": "、".join(outside)}
        errors["objects"] = [text]
    words = {
        name: getattr(outline, name).strip()
        for name in ("title", "content", "scope", "basis")
        if name not in errors
    }
    errors |= too_long(Inspection, words)  # type: ignore[arg-type]
    if errors:
        raise Invalid(_("Not saved: something is missing."), errors)  # type: ignore[arg-type]


def columns(outline: Outline, actor: Actor) -> dict[str, object]:
    """The outline as columns."""
    return {
        "title": outline.title.strip(),
        "kind": outline.kind,
        "content": outline.content.strip(),
        "scope": outline.scope.strip(),
        "basis": outline.basis.strip(),
        "methods": list(dict.fromkeys(outline.methods)),
        "starts_on": outline.starts_on,
        "ends_on": outline.ends_on,
        "department_id": outline.department.pk if outline.department else actor.unit_id,
    }


def draft_inspection(*, outline: Outline, actor: Actor, at: datetime) -> Inspection:
    """Put an inspection into the plan of its year. Into an approved plan it goes as one outside
    the plan, which needs an exception before it may start."""
    ensure(rules.may_plan(actor))
    checked(outline, actor)
    with acting(actor=actor, at=at):
        plan = plan_of_year(actor.unit_id, outline.starts_on.year, at=at)  # type: ignore[arg-type, union-attr]
        plan = locked(InspectionPlan.objects, plan.pk)
        last = plan.inspections.order_by("-number").values_list("number", flat=True).first() or 0
        row = Inspection.objects.create(
            plan=plan,
            office_id=actor.unit_id,
            number=last + 1,
            in_plan=plan.state != PlanState.APPROVED,
            created_by_id=actor.person_id,
            created_at=at,
            **columns(outline, actor),
        )
        set_objects(row, outline.objects)
        after = {"title": row.title, "units": [str(unit) for unit in outline.objects]}
        record("inspections.drafted", actor=actor, at=at, obj=row, after=after)
    return row


def set_objects(row: Inspection, units: Sequence[Unit]) -> None:
    """Exactly these units are inspected."""
    wanted = {unit.pk for unit in units}
    row.objects_inspected.exclude(unit__in=wanted).delete()
    known = set(row.objects_inspected.values_list("unit_id", flat=True))
    InspectionObject.objects.bulk_create(
        InspectionObject(inspection=row, unit_id=key) for key in sorted(wanted - known, key=str)
    )


def change_inspection(
    *, inspection: Inspection, outline: Outline, revision: int, actor: Actor, at: datetime
) -> Inspection:
    """Change a planned inspection. Another year is another plan: draft it there."""
    ensure(rules.may_change(actor, inspection))
    checked(outline, actor)
    with acting(actor=actor, at=at):
        row = locked(Inspection.objects.select_related("plan"), inspection.pk)
        ensure(rules.may_change(actor, row))
        if row.revision != revision:
            raise Invalid(
                _("Somebody changed this page meanwhile. Your text is kept."),
                {"revision": [_("Compare with the saved version below, then save again.")]},
                code="edited-meanwhile",
            )
        if outline.starts_on is None or outline.starts_on.year != row.plan.year:
            raise Invalid(
                _("Not saved."), {"starts_on": [_("The dates stay in the year of the plan.")]}
            )
        before = {"title": row.title, "starts_on": row.starts_on.isoformat()}
        for name, value in columns(outline, actor).items():
            setattr(row, name, value)
        row.revision += 1
        row.save()
        set_objects(row, outline.objects)
        after = {"title": row.title, "starts_on": row.starts_on.isoformat()}
        record("inspections.changed", actor=actor, at=at, obj=row, before=before, after=after)
    return row


def set_group(
    *, inspection: Inspection, members: Sequence[Member], actor: Actor, at: datetime
) -> list[GroupMember]:
    """Name the group: exactly one leader, who belongs to the office (R-SUP-7)."""
    ensure(rules.may_change(actor, inspection))
    errors: list[object] = []
    leaders = [member for member in members if member.part == Part.LEADER]
    if len(leaders) != 1:
        errors.append(_("The group has exactly one leader."))
    elif leaders[0].person_id is None:
        errors.append(_("The leader has an account of this office."))
    if any(not member.name.strip() or len(member.name) > 60 for member in members):
        errors.append(_("Every member has a name of at most 60 characters."))
    if any(m.part not in Part.values or m.standing not in Standing.values for m in members):
        errors.append(_("Choose part and standing from the lists."))
    if errors:
        raise Invalid(_("The group was not saved."), {"group": errors})  # type: ignore[dict-item]
    with acting(actor=actor, at=at):
        row = locked(Inspection.objects, inspection.pk)
        ensure(rules.may_change(actor, row))
        row.group.all().delete()
        made = GroupMember.objects.bulk_create(
            GroupMember(
                inspection=row,
                person_id=member.person_id,
                name=member.name.strip(),
                title=member.title.strip()[:100],
                part=member.part,
                standing=member.standing,
                order=place,
            )
            for place, member in enumerate(members)
        )
        after = {"group": [f"{one.name} ({one.part})" for one in made]}
        record("inspections.group_set", actor=actor, at=at, obj=row, after=after)
    return made
