"""Frequency control of inspections (R-CUT-6, R-SUP-7): what an inspection oversteps, and the
exception a second person may grant with a written reason.

Limits: one comprehensive inspection a department and year; no second inspection of the same object
within 60 days (merge them); at most 10 working days; nothing outside the approved plan.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.supervision.inspections import rules
from luoshi.supervision.inspections.enums import InspectionKind, InspectionState
from luoshi.supervision.inspections.models import (
    FrequencyException,
    Inspection,
    InspectionObject,
)
from luoshi.supervision.matters.domain.transitions import locked

APART = timedelta(days=60)
LONGEST_WORKDAYS = 10


@dataclass(frozen=True)
class Overstep:
    """A limit that an inspection passes: its code, and what it is in words."""

    code: str
    words: str | Promise


def others(inspection: Inspection) -> "QuerySet[Any]":
    """Every inspection that goes before this one: planned earlier, or begun already. Of two that
    do not fit together the later one is at fault."""
    earlier = Q(created_at__lt=inspection.created_at)
    earlier |= Q(created_at=inspection.created_at, number__lt=inspection.number)
    begun = ~Q(state=InspectionState.PLANNED)
    rows = Inspection.objects.exclude(state=InspectionState.CALLED_OFF)
    return rows.filter(earlier | begun).exclude(pk=inspection.pk)


def oversteps(inspection: Inspection) -> list[Overstep]:
    """Everything the inspection passes; empty = within the limits."""
    found: list[Overstep] = []
    if not inspection.in_plan:
        found.append(Overstep("outside-plan", _("It was not in the plan when it was approved.")))
    if inspection.kind == InspectionKind.COMPREHENSIVE:
        same = others(inspection).filter(
            department=inspection.department_id,
            kind=InspectionKind.COMPREHENSIVE,
            starts_on__year=inspection.starts_on.year,
        )
        earlier = same.order_by("starts_on").first()
        if earlier is not None:
            words = _("%(unit)s already has a comprehensive inspection this year: %(title)s.")
            named = {"unit": inspection.department, "title": earlier.title}
            found.append(Overstep("comprehensive", words % named))
    found.extend(again(inspection))
    days = current_calendar().workdays_between(
        inspection.starts_on - timedelta(days=1), inspection.ends_on
    )
    if days > LONGEST_WORKDAYS:
        words = _("It lasts %(days)d working days; at most %(most)d.")
        found.append(Overstep("duration", words % {"days": days, "most": LONGEST_WORKDAYS}))
    return found


def again(inspection: Inspection) -> list[Overstep]:
    """Objects that are inspected twice within 60 days, by whichever office: merge them."""
    near = InspectionObject.objects.filter(
        unit__in=inspection.objects_inspected.values("unit"),
        inspection__in=others(inspection),
        inspection__starts_on__lte=inspection.ends_on + APART,
        inspection__ends_on__gte=inspection.starts_on - APART,
    )
    rows = near.select_related("unit", "inspection__office").order_by("unit__sort_key", "pk")
    found = []
    for row in rows:
        own = row.inspection.office_id == inspection.office_id
        other = row.inspection.title if own else row.inspection.office
        words = _("%(unit)s is inspected within 60 days as well: %(other)s; merge them.")
        found.append(Overstep(f"again:{row.unit.code}", words % {"unit": row.unit, "other": other}))
    return found


def unexcused(inspection: Inspection) -> list[Overstep]:
    """The oversteps that no exception covers."""
    exception = FrequencyException.objects.filter(inspection=inspection).first()
    covered = set(exception.codes) if exception else set()
    return [one for one in oversteps(inspection) if one.code not in covered]


def refuse_unexcused(inspection: Inspection, what: object) -> None:
    """Refuse while a limit is passed without an exception."""
    found = unexcused(inspection)
    if found:
        raise Refused(
            str(what),
            " ".join(str(one.words) for one in found),
            next_steps=(_("Merge or move it, or ask the secretary-general for an exception."),),
            source="R-CUT-6",
            code="too-often",
        )


def grant_exception(
    *, inspection: Inspection, reason: str, actor: Actor, at: datetime
) -> FrequencyException:
    """Let exactly the present oversteps pass. Refused: the planner himself, no reason, nothing to
    except. A later overstep needs a new decision."""
    ensure(rules.may_except(actor, inspection))
    if not reason.strip() or len(reason) > 300:
        raise Invalid(
            _("Not granted."), {"reason": [_("Give the reason in at most 300 characters.")]}
        )
    with acting(actor=actor, at=at):
        row = locked(Inspection.objects, inspection.pk)
        ensure(rules.may_except(actor, row))
        found = oversteps(row)
        if not found:
            raise Refused(_("Not granted: no limit is passed."), code="nothing-to-except")
        codes = [one.code for one in found]
        made, _made = FrequencyException.objects.update_or_create(
            inspection=row,
            defaults={
                "codes": codes,
                "reason": reason.strip(),
                "granted_by_id": actor.person_id,
                "granted_by_name": actor.person_name,
                "granted_at": at,
            },
        )
        after = {"codes": codes, "reason": reason.strip()}
        record("inspections.excepted", actor=actor, at=at, obj=row, after=after)
    return made
