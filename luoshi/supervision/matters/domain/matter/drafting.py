"""Draft a matter: by hand, or from a confirmed draft of the reading room.

Changes: one `Matter` in state drafted. Refused: other offices' people, an empty title.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.duty.resting import move_end
from luoshi.supervision.matters.domain.indexing import index_matter, vector_text, words_of
from luoshi.supervision.matters.domain.queries.addressing import COLUMNS as ADDRESSED
from luoshi.supervision.matters.domain.queries.addressing import addressed, fitting
from luoshi.supervision.matters.domain.queries.joint import joint_offices
from luoshi.supervision.matters.domain.transitions import locked
from luoshi.supervision.matters.enums import MATTER_BEFORE_ASSIGNING as BEFORE_ISSUE
from luoshi.supervision.matters.models import Matter
from luoshi.supervision.rulebook.enums import Regime

EARLIEST, LATEST = date(2000, 1, 1), date(2090, 12, 31)
PLAN_FIELDS = ("title", "content", "method", "purpose", "basis", "end_on", "regime", *ADDRESSED)


@dataclass(frozen=True)
class Origin:
    """Snapshot of where a matter came from; `kind` is resolved to a page by the origin registry."""

    kind: str = ""
    title: str = ""
    reference: str = ""
    quote: str = ""
    start: int | None = None
    end: int | None = None
    source_id: UUID | None = None


@dataclass(frozen=True)
class Plan:
    """What the officer fixes beforehand (S2-92). `task_rules` holds `DeadlineRule` JSON objects;
    `anchors` maps issue, meeting, event, instruction to ISO dates; `report_to` and `copy_to` are
    names or unit codes."""

    title: str
    regime: str = Regime.DOCUMENT
    content: str = ""
    method: str = ""
    purpose: str = ""
    basis: str = ""
    end_on: date | None = None
    task_rules: Sequence[Mapping[str, Any]] = ()
    anchors: Mapping[str, str] = field(default_factory=dict)
    proposed_shares: Sequence[Mapping[str, str]] = ()
    report_to: Sequence[str] = ()
    copy_to: Sequence[str] = ()
    urgent_amount: int | None = None
    urgent_unit: str = ""
    urgent_basis: str = ""
    joint_office: UUID | None = None


def checked(plan: Plan) -> None:
    """Refuse a plan that cannot be kept: no title, urgent without limit and basis (TR-07)."""
    errors: dict[str, list[object]] = {}
    if not plan.title.strip():
        errors["title"] = [_("Say in one line what is to be carried out.")]
    if plan.regime not in Regime.values:
        errors["regime"] = [_("Choose one of the listed sources.")]
    if plan.urgent_amount is not None:
        if plan.urgent_unit not in {"hours", "days"} or not 0 < plan.urgent_amount <= 720:
            errors["urgent_amount"] = [_("Give the urgent limit in hours or days, at most 720.")]
        if not plan.urgent_basis.strip():
            errors["urgent_basis"] = [_("Name the basis of the urgent limit (TR-07).")]
    days = [plan.end_on, *(date.fromisoformat(value) for value in plan.anchors.values() if value)]
    if any(day is not None and not EARLIEST <= day <= LATEST for day in days):
        errors["end_on"] = [_("Give dates between 2000 and 2090.")]
    columns = {name: value for name, value in texts(plan).items() if name not in errors}
    errors |= {name: bad for name in ADDRESSED if (bad := fitting(getattr(plan, name)))}  # type: ignore[misc]
    errors |= too_long(Matter, columns)  # type: ignore[arg-type]
    if errors:
        raise Invalid(_("Not saved: something is missing."), errors)  # type: ignore[arg-type]


def checked_joint(joint: UUID | None, office: UUID | None) -> None:
    """Refuse a joint office that is not the other general office of the same territory (S3-55)."""
    if joint is not None and joint not in {unit.pk for unit in joint_offices(office)}:
        raise Invalid(
            _("Not saved."),
            {"joint_office": [_("Choose the general office of the other system of your place.")]},
        )


def texts(plan: Plan) -> dict[str, str]:
    """The plan's words by column, trimmed."""
    names = ("title", "content", "method", "purpose", "basis", "urgent_basis")
    return {name: getattr(plan, name).strip() for name in names}


def draft(
    *,
    plan: Plan,
    actor: Actor,
    at: datetime,
    origin: Origin | None = None,
    instructed_by: UUID | None = None,
) -> Matter:
    """Write down a new matter for the actor's own office."""
    ensure(rules.may_draft(actor))
    checked(plan)
    checked_joint(plan.joint_office, actor.unit_id)
    origin = origin or Origin()
    with acting(actor=actor, at=at):
        matter = Matter(
            office_id=actor.unit_id,
            **columns(plan),
            origin_kind=origin.kind,
            origin_title=origin.title[:200],
            origin_reference=origin.reference[:80],
            origin_quote=origin.quote,
            origin_start=origin.start,
            origin_end=origin.end,
            origin_id=origin.source_id,
            instructed_by_id=instructed_by,
            created_by_id=actor.person_id,
            created_at=at,
        )
        matter.search = vector_text(*words_of(matter))
        matter.save(force_insert=True)
        record("matters.drafted", actor=actor, at=at, obj=matter, after={"title": matter.title})
    return matter


def columns(plan: Plan) -> dict[str, Any]:
    """The plan as matter columns."""
    return {
        **texts(plan),
        "regime": plan.regime,
        "end_on": plan.end_on,
        "task_rules": [dict(rule) for rule in plan.task_rules],
        "anchors": dict(plan.anchors),
        "proposed_shares": [dict(share) for share in plan.proposed_shares],
        "report_to": addressed(plan.report_to),
        "copy_to": addressed(plan.copy_to),
        "urgent": plan.urgent_amount is not None,
        "urgent_amount": plan.urgent_amount,
        "urgent_unit": plan.urgent_unit,
        "joint_office_id": plan.joint_office,
    }


def told(matter: Matter) -> dict[str, str]:
    """The plan's fields as the trail keeps them: words."""
    found = {name: str(getattr(matter, name)) for name in PLAN_FIELDS if name not in ADDRESSED}
    return found | {"report_to": matter.report_names, "copy_to": matter.copy_names}


def refuse_uprooted(matter: Matter, plan: Plan) -> None:
    """Once units are under a matter its plan stays complete (S2-92), and what their limits were
    computed from stays as it was issued: no date may say one thing and the plan another."""
    if matter.state in BEFORE_ISSUE:
        return
    words, errors = texts(plan), {}
    for name in ("content", "method", "purpose"):
        if getattr(matter, name) and not words[name]:
            errors[name] = [_("Units are under this plan: it stays complete.")]
    fixed = {
        "regime": plan.regime != matter.regime,
        "urgent_amount": (plan.urgent_amount, plan.urgent_unit)
        != (matter.urgent_amount, matter.urgent_unit),
        "task_rules": [dict(rule) for rule in plan.task_rules] != matter.task_rules,
    }
    fixed |= {f"anchor_{name}": changed(matter, plan, name) for name in ("issue", "meeting")}
    for name in (name for name, other in fixed.items() if other):
        errors[name] = [_("Fixed once the matter is assigned: limits were computed from it.")]
    if errors:
        raise Invalid(
            _("Not changed."),
            errors,  # type: ignore[arg-type]
            next_steps=(_("Set a limit on its own page, or note the event it counts from."),),
            code="plan-issued",
        )


def changed(matter: Matter, plan: Plan, name: str) -> bool:
    """Whether the plan names another day of the event."""
    return plan.anchors.get(name, "") != matter.anchors.get(name, "")


def replan(
    *,
    matter: Matter,
    plan: Plan,
    revision: int,
    actor: Actor,
    at: datetime,
    end_reason: str = "",
) -> Matter:
    """Change the plan of an open matter; limits that are its end date move with it, for
    `end_reason`. Refused: ended matters, a stale `revision` (somebody else saved meanwhile), an
    incomplete plan or another ground of limits once units are under it."""
    ensure(rules.may_edit(actor, matter))
    checked(plan)
    checked_joint(plan.joint_office, matter.office_id)
    with acting(actor=actor, at=at):
        matter = locked(Matter.objects, matter.pk)
        ensure(rules.may_edit(actor, matter))
        if matter.revision != revision:
            raise Invalid(
                _("Somebody changed this page meanwhile. Your text is kept."),
                {"revision": [_("Compare with the saved version below, then save again.")]},
                code="edited-meanwhile",
            )
        if matter.joint_office_id != plan.joint_office and matter.state not in BEFORE_ISSUE:
            raise Invalid(
                _("Not changed."),
                {"joint_office": [_("The joint office is fixed once the matter is assigned.")]},
            )
        refuse_uprooted(matter, plan)
        before = told(matter)
        if move_end(matter, plan.end_on, end_reason, actor=actor, at=at):
            matter.refresh_from_db()  # its clock has been rewritten
        for name, value in columns(plan).items():
            setattr(matter, name, value)
        matter.revision += 1
        matter.save()
        matter.assignments.exclude(extends_on=None).update(extends_on=None)
        index_matter(matter)
        after = told(matter)
        record("matters.planned", actor=actor, at=at, obj=matter, before=before, after=after)
    return matter
