"""A new notice about a year: every open limit it moves is computed again (R-CAL-3)."""

from datetime import datetime

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.stops import recompute, without_stops
from luoshi.foundation.deadlines.engine.trace import Trace
from luoshi.supervision.matters.domain.duty.scheduling import put_date
from luoshi.supervision.matters.domain.share.summarising import refresh
from luoshi.supervision.matters.enums import DUTY_AWAITING_UNIT
from luoshi.supervision.matters.models import Assignment, ReportDuty


def redate(*, actor: Actor, at: datetime) -> int:
    """Compute the dates of duties that still wait for their unit and have not passed, again under
    the calendar in force; returns how many dates moved. A passed limit stays as it was, and so
    does every date a person has changed. Each moved share leaves an entry with before and after."""
    calendar = current_calendar()
    rows = ReportDuty.objects.filter(
        state__in=DUTY_AWAITING_UNIT, trace__isnull=False, due_at__gt=at
    )
    moved: dict[Assignment, list[tuple[str, str, str]]] = {}
    with acting(actor=actor, at=at):
        joined = rows.select_related("assignment__matter", "assignment__unit", "rule_version")
        for row in joined.order_by("pk"):
            trace = Trace.from_json(row.trace or {})
            due = recompute(trace, calendar)
            if due.trace == trace or row.due_at != datetime.fromisoformat(trace.due):
                continue
            before = row.due_at
            warning = row.rule_version.warning_workdays if row.rule_version else 3
            put_date(row, due, {}, calendar, warning=warning)
            row.original_due_at = without_stops(trace, calendar).at
            row.save()
            if before is not None and before != due.at:
                pair = (f"{row.rule_code} {row.period}", before.isoformat(), due.at.isoformat())
                moved.setdefault(row.assignment, []).append(pair)
        for share, dates in moved.items():
            refresh(share, at=at)
            record(
                "matters.redated",
                actor=actor,
                at=at,
                obj=share.matter,
                before={name: old for name, old, _new in dates},
                after={name: new for name, _old, new in dates},
            )
    return sum(map(len, moved.values()))
