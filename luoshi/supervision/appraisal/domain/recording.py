"""Record facts no other room knows, withdraw them, and set facts aside with a reason."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible, Refused
from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.appraisal import rules
from luoshi.supervision.appraisal.enums import RECORDED, FactKind
from luoshi.supervision.appraisal.models import RecordedFact, SetAside


def record_fact(
    *,
    kind: str,
    unit: Unit | None,
    happened_on: date | None,
    reason: str,
    reference: str,
    actor: Actor,
    at: datetime,
) -> RecordedFact:
    """Record an approving instruction or harm, with its source. Refused: without source, reason or
    day, a day to come, an unknown unit, one's own office; all that is missing at once."""
    ensure(rules.may_work(actor))
    errors = too_long(RecordedFact, {"reason": reason, "reference": reference})
    if kind not in RECORDED:
        errors["kind"] = [_("Choose one of the listed kinds.")]
    if unit is None or unit.pk == actor.unit_id:
        errors["unit"] = [_("Name another unit by its name or short name.")]
    if happened_on is None:
        errors["happened_on"] = [_("Give the day it happened on.")]
    elif happened_on > office_date(at):
        errors["happened_on"] = [_("The day has not come yet.")]
    for name, text in (("reason", reason), ("reference", reference)):
        if not text.strip():
            errors[name] = [_("Say what happened, and which document shows it.")]
    if errors or unit is None or happened_on is None:
        raise Invalid(_("Not recorded."), errors)
    with acting(actor=actor, at=at):
        row = RecordedFact.objects.create(
            office_id=actor.unit_id,
            unit=unit,
            kind=kind,
            happened_on=happened_on,
            reason=reason.strip(),
            reference=reference.strip(),
            recorded_by_name=actor.person_name,
            recorded_at=at,
        )
        after = {"kind": kind, "unit": str(unit), "reason": row.reason, "source": row.reference}
        record("appraisal.fact_recorded", actor=actor, at=at, obj=row, after=after)
    return row


def withdraw_fact(*, row: RecordedFact, reason: str, actor: Actor, at: datetime) -> RecordedFact:
    """Take a recorded fact back, with a reason; it stays readable."""
    ensure(rules.may_work(actor))
    refuse_reason(reason)
    with acting(actor=actor, at=at):
        rows = RecordedFact.objects.select_for_update().filter(office_id=actor.unit_id)
        found = rows.filter(pk=row.pk).first()
        if found is None:
            raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
        if found.withdrawn_at is not None:
            raise Refused(
                _("Not withdrawn again."),
                _("%(name)s has withdrawn it.") % {"name": found.withdrawn_by_name},
                code="withdrawn-already",
            )
        found.withdrawn_reason, found.withdrawn_at = reason.strip(), at
        found.withdrawn_by_name = actor.person_name
        found.save()
        after = {"reason": found.withdrawn_reason}
        record("appraisal.fact_withdrawn", actor=actor, at=at, obj=found, after=after)
    return found


def set_aside(
    *, kind: str, row_id: UUID, unit: Unit, reason: str, actor: Actor, at: datetime
) -> SetAside:
    """Do not count a fact from now on, with a reason. A published ranking stays as it is until it
    is corrected."""
    ensure(rules.may_work(actor))
    refuse_reason(reason)
    if kind not in FactKind.values:
        raise Invalid(_("Not saved."), {"kind": [_("Choose one of the listed kinds.")]})
    with acting(actor=actor, at=at):
        row, made = SetAside.objects.get_or_create(
            office_id=actor.unit_id,
            kind=kind,
            row_id=row_id,
            defaults={
                "unit": unit,
                "reason": reason.strip(),
                "set_by_name": actor.person_name,
                "set_at": at,
            },
        )
        if not made:
            raise Refused(
                _("Not set aside again."),
                _("%(name)s has set it aside.") % {"name": row.set_by_name},
                code="aside-already",
            )
        after = {"unit": str(unit), "kind": kind, "row": str(row_id), "reason": row.reason}
        record("appraisal.set_aside", actor=actor, at=at, obj=row, after=after)
    return row


def refuse_reason(reason: str) -> None:
    """No reason, or one that does not fit."""
    errors = too_long(SetAside, {"reason": reason})
    if not reason.strip():
        errors["reason"] = [_("Give the reason; it stays readable.")]
    if errors:
        raise Invalid(_("Not saved."), errors)
