"""The open limits that rest on a plan's end date: when it is moved they move with it, each with the
reason, and their units are told. Those a person moved already, or that have passed, stay.
"""

from datetime import date, datetime

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import end_of_day
from luoshi.supervision.matters.domain.duty.setting import set_limit
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, DutyState
from luoshi.supervision.matters.models import Matter, Redating, ReportDuty


def resting_on(matter: Matter, at: datetime) -> "QuerySet[ReportDuty]":
    """The open limits of a matter that are its end date and nothing else."""
    end = matter.end_on
    if end is None:
        return ReportDuty.objects.none()
    raw = {"anchor": "calendar", "year": end.year, "month": end.month, "day": end.day}
    rows = ReportDuty.objects.filter(
        assignment__matter=matter,
        assignment__state__in=ASSIGNMENT_OPEN,
        state=DutyState.OPEN,
        rule_version=None,
        deadline={"type": "once", "due": raw},
        due_at=F("original_due_at"),
        due_at__gt=at,
    )
    return rows.select_related("assignment__matter", "assignment__unit").order_by("pk")


def move_end(
    matter: Matter, end_on: date | None, reason: str, *, actor: Actor, at: datetime
) -> int:
    """Move what rests on the end date to the new one; returns how many limits moved. Runs inside
    the change of the plan, before it is written. Refused: no date, one that has passed, no
    reason."""
    found = list(resting_on(matter, at)) if end_on != matter.end_on else []
    errors: dict[str, list[object]] = {}
    if found and (end_on is None or end_of_day(end_on) <= at):
        errors["end_on"] = [_("Reports are owed by it: give a day from today on.")]
    if found and not reason.strip():
        errors["end_reason"] = [_("Say why the end date moves; its units read these words.")]
    long = too_long(Redating, {"title": reason.strip()}).get("title") if found else None
    if long:
        errors["end_reason"] = list(long)
    if errors:
        raise Invalid(_("Not changed."), errors)  # type: ignore[arg-type]
    for duty in found:
        set_limit(duty=duty, on=end_on, reason=reason, actor=actor, at=at)
    return len(found)
