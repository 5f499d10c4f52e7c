"""The office's own ladder as data: checked, previewed against open duties, kept in versions.

Refused: by anyone but the secretary-general of the office; levels out of order; a level without
audience or word; a change without a reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.open_hours import ladder_instant
from luoshi.supervision.chasing import rules
from luoshi.supervision.chasing.domain.wording import SCOLDING
from luoshi.supervision.chasing.enums import LADDER, Audience, Level, Step
from luoshi.supervision.chasing.models import LadderVersion
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, DUTY_AWAITING_UNIT
from luoshi.supervision.matters.models import ReportDuty

EARLIEST, LATEST = 7, 60
SHOWN = 50


def as_data(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """Steps as they are stored."""
    return [
        {
            "level": step.level.value,
            "workdays": step.workdays,
            "audiences": [who.value for who in step.audiences],
            "word_zh": step.word_zh,
            "word_en": step.word_en,
        }
        for step in steps
    ]


def steps_of(rows: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    """Stored steps as the ladder."""
    return tuple(
        Step(
            Level(row["level"]),
            row["workdays"],
            tuple(Audience(who) for who in row["audiences"]),
            row["word_zh"],
            row["word_en"],
        )
        for row in rows
    )


def ladder_of(office_id: UUID) -> tuple[Step, ...]:
    """The ladder in force: the office's newest version, else the shipped one."""
    found = LadderVersion.objects.filter(office_id=office_id).order_by("-version").first()
    return steps_of(found.steps) if found else LADDER


@dataclass(frozen=True)
class Ladders:
    """The ladders in force, of every office that has its own."""

    own: dict[UUID, tuple[Step, ...]]
    versions: tuple[tuple[UUID, int], ...] = ()

    @classmethod
    def now(cls) -> "Ladders":
        """Read the newest version of each office; one query."""
        rows = LadderVersion.objects.order_by("office_id", "-version").distinct("office_id")
        found = list(rows)
        own = {row.office_id: steps_of(row.steps) for row in found}
        return cls(own, tuple((row.office_id, row.version) for row in found))

    def at(self, office_id: UUID) -> tuple[Step, ...]:
        """The ladder of an office, else the shipped one."""
        return self.own.get(office_id, LADDER)

    def step(self, office_id: UUID, level: str) -> Step:
        """A level of that ladder; one it no longer has is the shipped one's."""
        return next(one for one in (*self.at(office_id), *LADDER) if one.level == level)


def faults(steps: Sequence[Step]) -> dict[str, list[Any]]:
    """What is wrong with a proposed ladder, by field."""
    found: dict[str, list[Any]] = {}
    last = -EARLIEST - 1
    for step in steps:
        name = f"workdays-{step.level.value}"
        low = -EARLIEST if step.level == Level.L0 else 1
        high = -1 if step.level == Level.L0 else LATEST
        if not low <= step.workdays <= high:
            found[name] = [_("From %(low)d to %(high)d.") % {"low": low, "high": high}]
        elif step.workdays <= last:
            found[name] = [_("Each level comes later than the one before.")]
        last = step.workdays
        if not step.audiences:
            found[f"audience-{step.level.value}"] = [_("Name at least one addressee.")]
        if not step.word_zh.strip() or not step.word_en.strip():
            found[f"word_zh-{step.level.value}"] = [_("Give the word in both languages.")]
        elif any(word in step.word_zh for word in SCOLDING):
            found[f"word_zh-{step.level.value}"] = [_("Use a civil word.")]
    return found


@dataclass(frozen=True)
class Moved:
    """A duty whose next level would come at another time."""

    duty: ReportDuty
    level: Level
    before: datetime
    after: datetime


@dataclass(frozen=True)
class Effect:
    """What a proposed ladder would change: open duties that move, and levels due at once."""

    moved: list[Moved]
    total: int
    at_once: int


def effect(*, office_id: UUID, steps: Sequence[Step], at: datetime) -> Effect:
    """The next level of every open dated duty of the office, before and after; nothing is saved."""
    calendar, old = current_calendar(), ladder_of(office_id)
    rows = ReportDuty.objects.filter(
        state__in=DUTY_AWAITING_UNIT,
        due_at__isnull=False,
        hourly=False,
        assignment__state__in=ASSIGNMENT_OPEN,
        assignment__matter__office_id=office_id,
    ).select_related("assignment__matter", "assignment__unit")
    moved, at_once = [], 0
    for duty in rows.prefetch_related("reminders").order_by("due_at", "pk"):
        limit = duty.redo_due_at or duty.due_at
        if limit is None:
            continue
        known = {row.level for row in duty.reminders.all() if row.limit_at == limit}
        for was, will in zip(old, steps, strict=True):
            if was.level in known or (duty.assignment.courteous and was.level > Level.L2):
                continue
            before = ladder_instant(limit, was.workdays, calendar)
            after = ladder_instant(limit, will.workdays, calendar)
            at_once += after <= at < before
            if before != after:
                moved.append(Moved(duty, was.level, before, after))
            break
    return Effect(moved[:SHOWN], len(moved), at_once)


def set_ladder(
    *, office_id: UUID, steps: Sequence[Step], reason: str, actor: Actor, at: datetime
) -> LadderVersion:
    """A new version of the office's ladder; levels reached before stay as they were recorded."""
    ensure(rules.may_set_ladder(actor, office_id))
    errors = faults(steps)
    errors |= too_long(LadderVersion, {"reason": reason.strip()})
    if not reason.strip():
        errors["reason"] = [_("Say why the ladder changes.")]
    if errors:
        raise Invalid(_("Not changed."), errors)
    with acting(actor=actor, at=at):
        known = LadderVersion.objects.filter(office_id=office_id)
        last = known.select_for_update().order_by("-version").first()
        row = LadderVersion.objects.create(
            office_id=office_id,
            version=last.version + 1 if last else 1,
            steps=as_data(steps),
            reason=reason.strip(),
            made_by_name=actor.person_name,
            made_at=at,
        )
        before = {"steps": last.steps if last else as_data(LADDER)}
        after = {"steps": row.steps, "reason": row.reason}
        record("chasing.ladder_set", actor=actor, at=at, obj=row, before=before, after=after)
    return row
