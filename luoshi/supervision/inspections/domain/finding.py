"""Record what an inspection finds: facts at an object, by a method; a problem with its requirement
and limit; photos and papers taken on site as evidence.

Refused: others than the office's posts and the group, another unit than those inspected, no facts,
a file that is not accepted. Nothing is kept then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.attachments.domain.storing import store
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.inspections import rules
from luoshi.supervision.inspections.enums import Category, FindingKind, Method
from luoshi.supervision.inspections.models import Finding, Inspection
from luoshi.supervision.matters.domain.transitions import locked

OWNER = "finding"


@dataclass(frozen=True)
class Found:
    """One finding as recorded on site; `files` by name."""

    unit: Unit | None
    kind: str
    facts: str
    method: str
    category: str = ""
    requirement: str = ""
    limit_on: date | None = None
    files: Sequence[tuple[str, BinaryIO]] = ()


def checked(found: Found, inspection: Inspection, on: date) -> None:
    """Refuse what is no finding: no facts, a unit that is not inspected, a problem without
    requirement and limit."""
    errors: dict[str, list[object]] = {}
    inside = found.unit and inspection.objects_inspected.filter(unit=found.unit).exists()
    if not inside:
        errors["unit"] = [_("Choose one of the inspected units.")]
    if found.kind not in FindingKind.values:
        errors["kind"] = [_("Choose problem, good practice or fact.")]
    if found.method not in Method.values:
        errors["method"] = [_("Say by which method it was found.")]
    if not found.facts.strip():
        errors["facts"] = [_("Write the facts: when, where, what, how many.")]
    if found.kind == FindingKind.PROBLEM:
        if found.category not in Category.values:
            errors["category"] = [_("Choose the category.")]
        if not found.requirement.strip():
            errors["requirement"] = [_("Say what has to be rectified.")]
        if found.limit_on is None or not on < found.limit_on <= date(on.year + 3, 12, 31):
            errors["limit_on"] = [_("Give a limit after today, within three years.")]
    words = {"facts": found.facts.strip(), "requirement": found.requirement.strip()}
    errors |= too_long(Finding, words)  # type: ignore[arg-type]
    if errors:
        raise Invalid(_("Not recorded: something is missing."), errors)  # type: ignore[arg-type]


def record_finding(*, inspection: Inspection, found: Found, actor: Actor, at: datetime) -> Finding:
    """Add a finding while the inspection is under way."""
    ensure(rules.may_record(actor, inspection))
    checked(found, inspection, office_date(at))
    problem = found.kind == FindingKind.PROBLEM
    with acting(actor=actor, at=at):
        row = locked(Inspection.objects, inspection.pk)
        ensure(rules.may_record(actor, row))
        last = row.findings.order_by("-number").values_list("number", flat=True).first() or 0
        made = Finding.objects.create(
            inspection=row,
            number=last + 1,
            unit=found.unit,
            kind=found.kind,
            facts=found.facts.strip(),
            method=found.method,
            category=found.category if problem else "",
            requirement=found.requirement.strip() if problem else "",
            limit_on=found.limit_on if problem else None,
            recorded_by_name=actor.person_name,
            recorded_at=at,
        )
        for name, stream in found.files:
            store(stream, name=name, actor=actor, at=at, owner_kind=OWNER, owner_id=made.pk)
        after = {"finding": made.number, "kind": made.kind, "unit": str(found.unit)}
        after |= {"files": len(found.files)} if found.files else {}
        record("inspections.found", actor=actor, at=at, obj=row, after=after)
    return made
