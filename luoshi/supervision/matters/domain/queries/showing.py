"""Words and read models of one matter: light words, the explanation of a limit, the history."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luoshi.foundation.audit.models import Entry
from luoshi.foundation.audit.registry import ACTIONS, worded
from luoshi.foundation.core.rows.questions import Question
from luoshi.foundation.core.time import last_day, office_date
from luoshi.foundation.deadlines.domain.queries.current import calendar_as_of, current_calendar
from luoshi.foundation.deadlines.engine.calendar import Calendar
from luoshi.foundation.deadlines.engine.readings import other_reading, other_words
from luoshi.foundation.deadlines.engine.trace import Trace
from luoshi.foundation.deadlines.engine.wording import lines
from luoshi.supervision.matters.domain.share.stages import is_behind
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, AssignmentState, DutyState, Light
from luoshi.supervision.matters.models import Assignment, Matter, Reopening, ReportDuty


def days_word(limit: datetime, at: datetime, calendar: Calendar) -> str:
    """“2 d overdue” in calendar days, or “3 working days left” (ui.md 4)."""
    if limit <= at:
        days = max(1, (office_date(at) - last_day(limit)).days)
        return ngettext("%(n)d day overdue", "%(n)d days overdue", days) % {"n": days}
    left = calendar.workdays_between(office_date(at), last_day(limit))
    return ngettext("%(n)d working day left", "%(n)d working days left", left) % {"n": left}


def light_word(share: Assignment, at: datetime) -> str:
    """The word that goes with a share's light."""
    light = share.light(at)
    if share.stopped_at is not None:
        return _("Clock stopped")
    if share.state not in ASSIGNMENT_OPEN:
        return str(share.get_state_display())
    if light == Light.GREY and share.state == AssignmentState.UNDER_REVIEW:
        return _("In review")
    if light == Light.YELLOW and share.state == AssignmentState.UNSIGNED:
        return _("Not signed for")
    if light == Light.YELLOW and share.state == AssignmentState.RETURNED:
        return _("Asked to supplement") if share.courteous else _("Returned")
    if light == Light.YELLOW and is_behind(share, at):
        return _("Behind plan")
    silent = silence(share, at) if light == Light.YELLOW else 0
    if silent:
        return ngettext("Silent %(n)d day", "Silent %(n)d days", silent) % {"n": silent}
    return str(light.label)


def silence(share: Assignment, at: datetime) -> int:
    """Days since the unit was last heard, where no date runs and only silence asks for attention
    (TR-03, TR-08); else 0."""
    heard = share.last_heard_at or share.signed_at
    if share.overdue_at is not None or heard is None:
        return 0
    return (office_date(at) - office_date(heard)).days


def duty_light(duty: ReportDuty, at: datetime, *, stopped: bool = False) -> Light:
    """The light of a single duty; grey while its share's clock stands still."""
    if duty.state == DutyState.ACCEPTED:
        return Light.GREEN
    if duty.state in {DutyState.SUBMITTED, DutyState.WITHDRAWN}:
        return Light.GREY
    limit = duty.redo_due_at or duty.due_at
    if limit is None or stopped:
        return Light.GREY
    if limit <= at:
        return Light.RED
    warn = duty.warn_at if duty.state == DutyState.OPEN else None
    return Light.YELLOW if warn is None or warn <= at else Light.GREEN


@dataclass
class Grid:
    """A month grid: heads and cells (kind, day, note)."""

    heads: list[str] = field(default_factory=list)
    cells: list[dict[str, Any]] = field(default_factory=list)


def grid_of(trace: Trace, due_on: date, language: str, calendar: Calendar) -> Grid | None:
    """The weeks from the start day to the due day; None when they span more than ten weeks."""
    starts = [s.on for s in trace.steps if s.kind == "start"]
    raws = [s.on for s in trace.steps if s.kind == "add"]
    if not starts or (due_on - starts[0]).days > 70 or due_on < starts[0]:
        return None
    zh = language.startswith("zh")
    first = starts[0] - timedelta(days=starts[0].weekday())
    last = due_on + timedelta(days=6 - due_on.weekday())
    grid = Grid(heads=list("一二三四五六日" if zh else "MTWTFSS"))
    skipped = {date.fromisoformat(day) for day, _notice in trace.notices}
    workdays = "workdays" in trace.rule.get("due", {}).get("offset", {})
    still = {
        date.fromordinal(number)
        for start, end in trace.stops
        for number in range(at_day(start).toordinal(), at_day(end).toordinal())
    }
    count, day = 0, first
    while day <= last:
        kind = calendar.kind(day)
        inside = starts[0] < day <= raws[0] if raws else False
        counted = inside and not (workdays and day in skipped)
        count += int(counted)
        rest = "" if kind.worked else ("休" if zh else "off")
        work = ("班" if zh else "work") if kind.makeup else ""
        note = " ".join(part for part in (rest or work, str(count) if counted else "") if part)
        css = "rest" if not kind.worked else "work" if kind.makeup else "" if inside else "x"
        if raws and day == raws[0] != due_on:
            css += " raw"
        if day in still:
            css, note = f"{css} x", ("停" if zh else "stop")
        if day == starts[0]:
            css, note = "from", ("起算" if zh else "start")
        if day == due_on:
            css, note = "due", ("到期" if zh else "due")
        grid.cells.append({"kind": css, "day": day.day, "note": note})
        day += timedelta(days=1)
    return grid


def at_day(text: str) -> date:
    """The civil date of a stored instant."""
    return office_date(datetime.fromisoformat(text))


def explanation(
    duty: ReportDuty, language: str, calendar: Calendar | None = None
) -> dict[str, Any] | None:
    """Title, numbered lines and grid of a duty's date (B2)."""
    if not duty.trace or duty.due_at is None:
        return None
    trace = Trace.from_json(duty.trace)
    other = other_reading(trace, calendar_as_of(trace.editions))
    title = duty.title_zh if language.startswith("zh") else duty.title_en
    return {
        "title": title,
        "lines": lines(trace, language),
        "slip": duty.pk,
        "other": other_words(trace, other, language) if other and other.at != duty.due_at else "",
        "grid": None
        if duty.hourly
        else grid_of(trace, last_day(duty.due_at), language, calendar or current_calendar()),
        "provisional": duty.provisional,
    }


def history(matter_id: Any, limit: int = 60) -> Sequence[dict[str, Any]]:
    """The matter's trail as a timeline, newest first; one query."""
    return history_of("matters.matter", matter_id, limit)


def history_of(kind: str, key: Any, limit: int = 60) -> Sequence[dict[str, Any]]:
    """The trail of any one object as a timeline, newest first; one query."""
    given = {SOME_KIND: kind, SOME_KEY: str(key)}
    return [as_line(row) for row in entries_about(limit).ask(given)]


@cache
def entries_about(limit: int) -> Question:
    """The question of `history_of` about some object."""
    rows = Entry.objects.filter(object_kind=SOME_KIND, object_id=SOME_KEY)
    return Question(rows.select_related("detail").order_by("-seq")[:limit])


SOME_KIND, SOME_KEY = "some kind", "some key"  # stand in for those of an object
NUDGED = {"chasing.reminded", "chasing.urged"}
BY_HAND = "chasing.urged"


def nudged(
    matter: Matter,
    shares: Sequence[Assignment],
    trail: Sequence[dict[str, Any]],
    unit: str,
    *,
    at: datetime,
    calendar: Calendar,
) -> dict[str, Any]:
    """The last nudge of the unit whose turn it is ("" = of any), and the first working day of the
    next week when one went out by hand in this one (one by hand per item and calendar week,
    rules.md 2.11). What another unit of the matter got is not told of this one; nothing is told
    once the matter has ended, and nothing of a round before it was taken up again."""
    since = min((s.assigned_at for s in shares if s.state in ASSIGNMENT_OPEN), default=None)
    runs = [] if matter.ended_at is not None or since is None else trail
    lines = [
        one
        for one in runs
        if one["action"] in NUDGED and unit in ("", one["about"]) and one["at"] >= since
    ]
    monday = office_date(at) - timedelta(days=office_date(at).weekday())
    this_week = any(one["action"] == BY_HAND and office_date(one["at"]) >= monday for one in lines)
    return {
        "reminded": lines[0] if lines else None,
        "nudge_again": calendar.roll_forward(monday + timedelta(days=7)) if this_week else None,
    }


def taken_up(matter: Matter) -> Reopening | None:
    """Why a matter runs again after a conclusion; only matters with an ended share can have been
    concluded."""
    if matter.ended_at is not None or not any(s.reopening_id for s in matter.assignments.all()):
        return None
    rows = matter.reopenings.select_related("closure__strike_off").order_by("-reopened_at")
    return rows.first()


WORDS = ("receipt", "into", "from", "reason", "unit", "level", "step", "text")
ICONS = {
    "chasing.reminded": "bell",
    "chasing.urged": "bell",
    "chasing.held": "clock",
    "matters.reported": "file-text",
    "matters.accepted": "check",
    "matters.returned": "rotate-ccw",
    "matters.corrected": "file-text",
    "matters.outdated": "flag",
    "matters.assigned": "send",
}
REPORTS = {
    "matters.reported",
    "matters.accepted",
    "matters.returned",
    "matters.corrected",
    "matters.outdated",
    "matters.put_forward",
    "matters.given_back",
}


OF_ONE_SHARE = REPORTS | {
    "matters.extension_asked",
    "matters.extension_granted",
    "matters.extension_refused",
    "matters.extension_withdrawn",
    "matters.limit_set",
}


def without_siblings(
    trail: Sequence[dict[str, Any]], hidden: Collection[str], own: Collection[str]
) -> list[dict[str, Any]]:
    """The lines a handling unit may read: nothing said by or about the units `hidden`, whose
    reports, objections and returns it does not see (decision 8); of acts on one share only those
    that name a unit of `own`."""
    return [
        line
        for line in trail
        if line["unit"] not in hidden
        and not any(name in line["about"] for name in hidden)
        and (line["action"] not in OF_ONE_SHARE or {line["unit"], line["about"]} & set(own))
    ]


def kind_of(action: str) -> str:
    """The history's filter an action belongs to: report, nudge, or neither."""
    if action.startswith("chasing."):
        return "nudge"
    return "report" if action in REPORTS else ""


def who(row: Entry, detail: dict[str, Any]) -> str:
    """The person's name; what no person of any unit did was done by the system."""
    if row.actor_id is None and not detail.get("unit"):
        return str(_("Automatic"))
    return str(detail.get("actor", ""))


def as_line(row: Entry) -> dict[str, Any]:
    """One entry as the page shows it."""
    detail = Entry.detail_of(row)
    after = detail.get("after", {})
    words = [worded(key, after[key]) for key in WORDS if after.get(key)]
    label = ACTIONS[row.action].label if row.action in ACTIONS else row.action
    return {
        "at": row.at,
        "action": row.action,
        "kind": kind_of(row.action),
        "icon": ICONS.get(row.action, "circle-dot"),
        "label": label,
        "who": who(row, detail),
        "unit": detail.get("unit", ""),
        "about": str(after.get("unit", "")),
        "words": " · ".join(words),
    }
