"""Let a matter carry a leader's written instruction: that leader sees it at every level, and the
units that report on it owe a first report on the instruction (decision 8, TR-06, TR-07).

Changes: the leader's name on the matter and its parts, after those of earlier leaders; one duty for
each open share of them, which counts from this day where the slip is signed for and from the
signing where it is not; a notice to each unit. What has no unit yet keeps the limit for those it is
assigned to. Refused: other offices, ended matters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.duty.asking import Asked, from_version
from luoshi.supervision.matters.domain.duty.scheduling import Anchors, duty, once
from luoshi.supervision.matters.domain.queries.burden import added
from luoshi.supervision.matters.domain.share.summarising import marks, refresh
from luoshi.supervision.matters.domain.telling import tell_unit
from luoshi.supervision.matters.domain.transitions import locked
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, Part
from luoshi.supervision.matters.models import Assignment, Matter, ReportDuty
from luoshi.supervision.rulebook.domain.queries.versions import versions_for
from luoshi.supervision.rulebook.enums import DutyKind, Regime

WORDS = ("领导批示，请按期报告办理情况", "Instructed by a leader: a report is asked for")


@dataclass(frozen=True)
class Carried:
    """An instruction as the matter carries it; the urgent limit is empty where none is typed."""

    leader_id: UUID
    leader_name: str
    on: date
    urgent_amount: int | None = None
    urgent_unit: str = ""
    urgent_basis: str = ""


def carry_instruction(*, matter: Matter, said: Carried, actor: Actor, at: datetime) -> Matter:
    """Name the leader on an open matter and ask its units for the first report; of several leaders
    each sees it, and the first stays the first."""
    ensure(rules.may_edit(actor, matter))
    with acting(actor=actor, at=at):
        matter = locked(Matter.objects, matter.pk)
        ensure(rules.may_edit(actor, matter))
        whole = with_parts(matter)
        for row in whole:
            name_leader(row, said.leader_id)
        dated = 0
        asked = first_report(matter, said, office_date(at))
        if asked is not None:
            keep_for_later(whole, asked)
            dated = ask_units(whole, asked, said, at)
        after = {"leader": said.leader_name, "dated": dated}
        record("matters.instructed", actor=actor, at=at, obj=matter, after=after)
    return matter


def instruction_adds(matter: Matter, said: Carried, on: date) -> dict[str, Any] | None:
    """What the instruction would ask of the matter's units, before it is added (B6); None where it
    asks nothing of anybody yet."""
    whole = Q(matter=matter) | Q(matter__parent=matter)
    rows = Assignment.objects.filter(whole, state__in=ASSIGNMENT_OPEN).exclude(part=Part.JOINT)
    units = [row.unit for row in rows.select_related("unit").order_by("unit__sort_key")]
    asked = first_report(matter, said, on)
    return added(matter, units, on, [(asked, True)]) if asked and units else None


def with_parts(matter: Matter) -> list[Matter]:
    """A locked matter and its parts, locked too."""
    parts = Matter.objects.select_for_update(of=("self",)).filter(parent=matter)
    return [matter, *parts.order_by("pk")]


def keep_for_later(whole: Sequence[Matter], asked: Asked) -> None:
    """What has no unit yet keeps the limit for those it is assigned to; a matter that is divided
    has its units in its parts."""
    for row in whole:
        if asked.rule is not None and not row.parts and not row.assignments.exists():
            row.task_rules = [*row.task_rules, asked.rule.to_json()]
            row.save(update_fields=("task_rules",))


def name_leader(matter: Matter, leader_id: UUID) -> None:
    """Put the leader on the matter, which opens it to the leader's sight (decision 8)."""
    if matter.instructed_by_id is None:
        matter.instructed_by_id = leader_id
    elif leader_id not in (matter.instructed_by_id, *matter.also_instructed_by):
        matter.also_instructed_by = [*matter.also_instructed_by, leader_id]
        matter.seen_by = marks(matter)
    matter.save(update_fields=("instructed_by", "also_instructed_by", "seen_by"))


def first_report(matter: Matter, said: Carried, on: date) -> Asked | None:
    """What the catalogue asks first on an instruction (TR-06), or the typed urgent limit (TR-07).
    It has a name of its own: the matter's other rules, and their changes, do not touch it."""
    likeness = Matter(
        office_id=matter.office_id,
        urgent=said.urgent_amount is not None,
        urgent_amount=said.urgent_amount,
        urgent_unit=said.urgent_unit,
        urgent_basis=said.urgent_basis,
    )
    found = versions_for(
        regime=Regime.INSTRUCTION, urgent=likeness.urgent, office_id=matter.office_id, on=on
    )
    version = next((one for one in found if one.kind == DutyKind.FIRST), None)
    if version is None:
        return None
    asked = from_version(likeness, version)
    asked.code, asked.version = f"{asked.code}/B", None
    asked.basis = f"{said.leader_name}同志{said.on.isoformat()}批示；{asked.basis}"[:200]
    return asked


def ask_units(whole: Sequence[Matter], asked: Asked, said: Carried, at: datetime) -> int:
    """One duty for each open share, also of a part, that reports to the assigner; returns how
    many."""
    rows = Assignment.objects.filter(matter__in=whole, state__in=ASSIGNMENT_OPEN)
    rows = rows.exclude(part=Part.JOINT)
    made = 0
    for key in rows.order_by("pk").values_list("pk", flat=True):
        share = locked(Assignment.objects.select_related("matter", "unit"), key)
        anchors: Anchors = {"issue": office_date(at)}
        if share.signed_at is not None:
            anchors = {**anchors, "receipt": at}
        calendar = current_calendar()
        due = once(asked, anchors, calendar)
        row = duty(share, asked, said.on.isoformat(), due, anchors, calendar)
        made += len(ReportDuty.objects.bulk_create([row], ignore_conflicts=True))
        refresh(share, at=at)
        tell_unit(share, kind="instructed", words=WORDS, key=f"{share.pk}|{row.pk}", at=at)
    return made
