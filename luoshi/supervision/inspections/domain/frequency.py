"""Frequency control of inspections: what an inspection oversteps, and the exception a second person
may grant with a written reason.

One comprehensive inspection a department and year, and nothing outside the approved plan (R-CUT-6).
Frequency and duration are controlled (R-SUP-7); the figures for it are the office's default: no
second inspection of the same object within 60 days (merge them), at most 10 working days.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.sources import OFFICE_DEFAULT
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.calendar import Calendar
from luoshi.foundation.organizations.models import Unit
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
    """A limit that an inspection passes: its code, what it is in words, what the limit rests on."""

    code: str
    words: str | Promise
    source: str | Promise = OFFICE_DEFAULT


def candidates(rows: Sequence[Inspection], units: Iterable[UUID]) -> "QuerySet[Any]":
    """Every inspection that one of `rows` could collide with, with its objects: two queries."""
    same_year = Q(
        department__in={row.department_id for row in rows},
        kind=InspectionKind.COMPREHENSIVE,
        starts_on__year__in={row.starts_on.year for row in rows},
    )
    near = Q(
        objects_inspected__unit__in=list(units),
        starts_on__lte=max(row.ends_on for row in rows) + APART,
        ends_on__gte=min(row.starts_on for row in rows) - APART,
    )
    found = Inspection.objects.exclude(state=InspectionState.CALLED_OFF)
    found = found.filter(same_year | near).distinct().select_related("office")
    return found.prefetch_related("objects_inspected").order_by("starts_on", "created_at", "pk")


def goes_before(other: Inspection, inspection: Inspection) -> bool:
    """Planned earlier, or begun already: of two that do not fit together the later one is at
    fault."""
    if other.pk == inspection.pk:
        return False
    earlier = (other.created_at, other.number) < (inspection.created_at, inspection.number)
    return earlier or other.state != InspectionState.PLANNED


def oversteps_of(rows: Sequence[Inspection]) -> dict[UUID, list[Overstep]]:
    """What each of these inspections passes; the same few queries for one and for many."""
    if not rows:
        return {}
    units: dict[UUID, list[Unit]] = {row.pk: [] for row in rows}
    objects = InspectionObject.objects.filter(inspection__in=rows).select_related("unit")
    for one in objects.order_by("unit__sort_key", "pk"):
        units[one.inspection_id].append(one.unit)
    every = {unit.pk for inspected in units.values() for unit in inspected}
    known, calendar = list(candidates(rows, every)), current_calendar()
    found = {}
    for row in rows:
        before = [other for other in known if goes_before(other, row)]
        passed = [*by_itself(row, calendar), *yearly(row, before)]
        found[row.pk] = passed + again(row, units[row.pk], before)
    return found


def oversteps(inspection: Inspection) -> list[Overstep]:
    """Everything one inspection passes; empty = within the limits."""
    return oversteps_of([inspection])[inspection.pk]


def by_itself(row: Inspection, calendar: Calendar) -> list[Overstep]:
    """Outside the approved plan, or too long."""
    found = []
    if not row.in_plan:
        words = _("It was not in the plan when it was approved.")
        found.append(Overstep("outside-plan", words, "R-CUT-6"))
    days = calendar.workdays_between(row.starts_on - timedelta(days=1), row.ends_on)
    if days > LONGEST_WORKDAYS:
        words = _("It lasts %(days)d working days; at most %(most)d.")
        found.append(Overstep("duration", words % {"days": days, "most": LONGEST_WORKDAYS}))
    return found


def yearly(row: Inspection, before: Sequence[Inspection]) -> list[Overstep]:
    """A second comprehensive inspection of a department and year."""
    if row.kind != InspectionKind.COMPREHENSIVE:
        return []
    for other in before:
        same = other.kind == row.kind and other.department_id == row.department_id
        if same and other.starts_on.year == row.starts_on.year:
            words = _("%(unit)s already has a comprehensive inspection this year: %(title)s.")
            named = {"unit": row.department, "title": other.title}
            return [Overstep("comprehensive", words % named, "R-CUT-6")]
    return []


def again(row: Inspection, units: Sequence[Unit], before: Sequence[Inspection]) -> list[Overstep]:
    """Objects that are inspected twice within 60 days, by whichever office: merge them."""
    found = []
    for unit in units:
        for other in before:
            near = other.starts_on <= row.ends_on + APART and other.ends_on >= row.starts_on - APART
            if near and any(one.unit_id == unit.pk for one in other.objects_inspected.all()):
                named = other.title if other.office_id == row.office_id else other.office
                words = _("%(unit)s is inspected within 60 days as well: %(other)s; merge them.")
                text = words % {"unit": unit, "other": named}
                found.append(Overstep(f"again:{unit.code}", text))
                break
    return found


def unexcused_of(rows: Sequence[Inspection]) -> dict[UUID, list[Overstep]]:
    """The oversteps of each inspection that no exception covers."""
    exceptions = FrequencyException.objects.filter(inspection__in=rows)
    covered = {one.inspection_id: set(one.codes) for one in exceptions}
    return {
        key: [one for one in passed if one.code not in covered.get(key, ())]
        for key, passed in oversteps_of(rows).items()
    }


def unexcused(inspection: Inspection) -> list[Overstep]:
    """The oversteps of one inspection that no exception covers."""
    return unexcused_of([inspection])[inspection.pk]


def refuse_unexcused(inspection: Inspection, what: object) -> None:
    """Refuse while a limit is passed without an exception."""
    found = unexcused(inspection)
    if found:
        raise Refused(
            str(what),
            " ".join(str(one.words) for one in found),
            next_steps=(_("Merge or move it, or ask the secretary-general for an exception."),),
            source=",".join(dict.fromkeys(str(one.source) for one in found)),
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
            pgettext_lazy("exception", "Not granted."),
            {"reason": [_("Give the reason in at most 300 characters.")]},
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
