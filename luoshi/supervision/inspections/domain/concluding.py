"""Send the conclusion to the objects (R-SUP-7): it is required, and it rests on recorded facts.

Changes: the conclusion, a problem for every finding that is one, notices to the objects. Refused:
before its first day, an object without a recorded fact, an empty conclusion.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.notifications.domain.sending import Message
from luoshi.supervision.inspections import rules
from luoshi.supervision.inspections.domain.problem.raising import Raised, raise_problem
from luoshi.supervision.inspections.domain.telling import tell_unit
from luoshi.supervision.inspections.domain.transitions import INSPECTION_MOVES
from luoshi.supervision.inspections.enums import FindingKind, InspectionState
from luoshi.supervision.inspections.models import Conclusion, Inspection
from luoshi.supervision.matters.domain.transitions import locked, move


def conclude(
    *, inspection: Inspection, text: str, requirements: str, actor: Actor, at: datetime
) -> Conclusion:
    """Write and send the conclusion."""
    ensure(rules.may_conclude(actor, inspection, at))
    words = {"text": text.strip(), "requirements": requirements.strip()}
    errors = too_long(Conclusion, words)
    if not words["text"]:
        errors["text"] = [_("Write the conclusion: what was inspected and what the facts show.")]
    if errors:
        raise Invalid(_("Not sent: something is missing."), errors)
    with acting(actor=actor, at=at):
        row = locked(Inspection.objects.select_related("plan", "office"), inspection.pk)
        ensure(rules.may_conclude(actor, row, at))
        refuse_without_facts(row)
        move(row, InspectionState.CONCLUDED, INSPECTION_MOVES)
        row.concluded_at = at
        row.save(update_fields=("state", "concluded_at"))
        made = Conclusion.objects.create(
            inspection=row,
            number=f"督查结论〔{row.plan.year}〕{row.number}号",
            written_by_id=actor.person_id,
            written_by_name=actor.person_name,
            sent_at=at,
            **words,
        )
        for finding in row.findings.filter(kind=FindingKind.PROBLEM).select_related("unit"):
            raised = Raised(
                unit=finding.unit,
                description=finding.facts,
                category=finding.category,
                requirement=finding.requirement,
                limit_on=finding.limit_on,
            )
            raise_problem(raised=raised, finding=finding, actor=actor, at=at)
        for one in row.objects_inspected.all():
            tell_unit(one.unit_id, notice(row, made), at=at)
        after = {"number": made.number, "findings": row.findings.count()}
        record("inspections.concluded", actor=actor, at=at, obj=row, after=after)
    return made


def refuse_without_facts(row: Inspection) -> None:
    """Every object has at least one recorded fact."""
    bare = row.objects_inspected.exclude(unit__in=row.findings.values("unit"))
    names = [str(one.unit) for one in bare.select_related("unit")]
    if names:
        raise Refused(
            _("Not sent: no fact is recorded for some inspected units."),
            "、".join(names),
            next_steps=(_("Record what was found there, good or bad."),),
            source="R-SUP-7",
            code="no-facts",
        )


def notice(row: Inspection, made: Conclusion) -> Message:
    """The notice to an object: it asks for the receipt."""
    return Message(
        kind="conclusion",
        title_zh=f"督查结论请签收：{made.number} {row.title}",
        title_en=f"Conclusion to sign for: {made.number} {row.title}",
        url=f"/inspections/{row.pk}/",
        key=f"conclusion|{row.pk}",
    )
