"""`DeadlineRule`: one object for what the time grammar writes, the catalogue stores, the engine
computes and the interface prints. JSON both ways; a wrong value raises `BadRule`.

Kinds: `Once`, `Recurring`, `Dates`, `Period`, `Vague`. A once-due is a `CalendarDue` (a date, a
part of a month, a weekday) or a `RelativeDue` (an anchor, a direction, an offset).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

ANCHORS = (
    "meeting receipt event issue completion feedback acceptance sign deadline stage_end "
    "term_start term_end election flood_season"
).split()
OFFSET_UNITS = ("days", "workdays", "months", "years", "hours", "minutes")
EVERY = ["hour", "day", "week", "month", "half_month", "quarter", "half_year", "year", "term"]
CUES = "timely immediate asap on_demand regular irregular as_prescribed same_day".split()
NAMED_POINTS = ("mid_year", "year_end")
DAY_WORDS = ("end", "mid", "early")
SHIFTS = ("+0", "+1")
CALENDAR_KEYS = ("anchor", "year", "month", "day", "hour", "week", "weekday")
MOMENT = {
    "next": (1, 1),
    "month": (1, 12),
    "weekday": (1, 7),
    "workday": (-23, 23),
    "day": (1, 31),
    "hour": (0, 24),
    "minute": (0, 59),
}
Json = dict[str, Any]


class BadRule(ValueError):
    """The JSON is not a deadline rule; the message names the key."""


def need(condition: bool, message: str) -> None:
    """Raise `BadRule` unless the condition holds."""
    if not condition:
        raise BadRule(message)


@dataclass(frozen=True)
class CalendarDue:
    """A calendar limit. `year`: number, "+0", "+1" or None (the document's year); `month`: 1–12,
    "+0", "+1"; `day`: 1–31 or end, mid, early; or `week` with `weekday` 1–7."""

    year: int | str | None = None
    month: int | str | None = None
    day: int | str | None = None
    hour: int | None = None
    week: str | None = None
    weekday: int | None = None

    def to_json(self) -> Json:
        """The schema's object."""
        out: Json = {"anchor": "calendar"}
        if self.week is not None:
            out["week"] = self.week
            if self.weekday is not None:
                out["weekday"] = self.weekday
        else:
            out["year"] = self.year
            out |= {k: v for k, v in (("month", self.month), ("day", self.day)) if v is not None}
        if self.hour is not None:
            out["hour"] = self.hour
        return out


@dataclass(frozen=True)
class RelativeDue:
    """A limit from an event. `offset` is (unit, number) or None (a trigger without length). `year`
    holds (year,) where the event of a certain year is meant (the flood season)."""

    anchor: str
    dir: str | None = "after"
    offset: tuple[str, int] | None = None
    year: tuple[int | str | None, ...] = ()

    def to_json(self) -> Json:
        """The schema's object."""
        out: Json = {"anchor": self.anchor}
        if self.dir is not None:
            out["dir"] = self.dir
        if self.offset is not None:
            out["offset"] = {self.offset[0]: self.offset[1]}
        if self.year:
            out["year"] = self.year[0]
        return out


DueSpec = CalendarDue | RelativeDue


@dataclass(frozen=True)
class Once:
    """One limit."""

    due: DueSpec

    def to_json(self) -> Json:
        """The schema's object."""
        return {"type": "once", "due": self.due.to_json()}


@dataclass(frozen=True)
class Recurring:
    """A duty of every period. `at` holds tuples of (key, value) pairs, one per moment."""

    every: str
    n: int = 1
    times: int = 1
    at_least: bool = False
    at: tuple[tuple[tuple[str, int | bool | str], ...], ...] = ()

    def to_json(self) -> Json:
        """The schema's object; `n` and `times` only when above 1."""
        out: Json = {"type": "recurring", "every": self.every}
        if self.n > 1:
            out["n"] = self.n
        if self.times > 1:
            out["times"] = self.times
        if self.at_least:
            out["modality"] = "at_least"
        if self.at:
            moments = [dict(moment) for moment in self.at]
            out["at"] = moments[0] if len(moments) == 1 else moments
        return out


@dataclass(frozen=True)
class Dates:
    """Several named dates of one act."""

    points: tuple[str | CalendarDue, ...]

    def to_json(self) -> Json:
        """The schema's object."""
        points: list[Any] = []
        for point in self.points:
            if isinstance(point, str):
                points.append(point)
            else:
                full = point.to_json()
                full.pop("anchor")
                if full.get("year") is None:
                    full.pop("year", None)
                points.append(full)
        return {"type": "dates", "points": points}


@dataclass(frozen=True)
class Period:
    """A span; `start` may be "now", `end` may be open."""

    start: CalendarDue | str
    end: CalendarDue | None

    def to_json(self) -> Json:
        """The schema's object."""
        start = self.start if isinstance(self.start, str) else self.start.to_json()
        return {"type": "period", "from": start, "to": self.end.to_json() if self.end else None}


@dataclass(frozen=True)
class Vague:
    """A limit without a number."""

    cue: str

    def to_json(self) -> Json:
        """The schema's object."""
        return {"type": "vague", "cue": self.cue}


DeadlineRule = Once | Recurring | Dates | Period | Vague


def whole(value: Any, low: int, high: int, key: str) -> int:
    """A whole number in range; a bool is none."""
    good = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
    need(good, f"{key}: a whole number from {low} to {high}, not {value!r}")
    return int(value)


def only(raw: Any, keys: tuple[str, ...], name: str) -> Mapping[str, Any]:
    """An object with no key outside `keys`."""
    need(isinstance(raw, Mapping), f"{name}: an object")
    extra = sorted(str(key) for key in set(raw) - set(keys))
    need(not extra, f"{name}: unknown key {', '.join(extra)}; known: {', '.join(keys)}")
    return raw


def year_of(value: Any) -> int | str | None:
    """A written year, "+0", "+1", or None where the source says none."""
    if value is None or value in SHIFTS:
        return value
    return whole(value, 1949, 2200, "year")


def calendar_due(raw: Any) -> CalendarDue:
    """Read a calendar object (with or without its anchor key)."""
    raw = only(raw, CALENDAR_KEYS, "calendar")
    need(raw.get("anchor", "calendar") == "calendar", "anchor: calendar")
    hour = None if raw.get("hour") is None else whole(raw["hour"], 0, 24, "hour")
    if raw.get("week") is not None:
        need(raw["week"] in SHIFTS, "week: +0 or +1")
        only(raw, ("anchor", "week", "weekday", "hour"), "week")
        weekday = raw.get("weekday")
        weekday = None if weekday is None else whole(weekday, 1, 7, "weekday")
        return CalendarDue(week=raw["week"], weekday=weekday, hour=hour)
    need(raw.get("weekday") is None, "weekday: only beside week")
    year, month, day = year_of(raw.get("year")), raw.get("month"), raw.get("day")
    need(month is not None, "month: is needed, or week")
    if month not in SHIFTS:
        whole(month, 1, 12, "month")
    if day is not None and day not in DAY_WORDS:
        whole(day, 1, 31, "day")
    return CalendarDue(year=year, month=month, day=day, hour=hour)


def due_spec(raw: Any) -> DueSpec:
    """Read the `due` of a once-rule."""
    need(isinstance(raw, Mapping), "due: an object")
    anchor, side = raw.get("anchor"), raw.get("dir")
    if anchor == "calendar":
        return calendar_due(raw)
    need(anchor in ANCHORS, f"anchor: one of calendar, {', '.join(ANCHORS)}")
    only(raw, ("anchor", "dir", "offset", "year"), "due")
    need(side in (None, "after", "before"), "dir: after or before")
    offset = raw.get("offset")
    year = (year_of(raw["year"]),) if "year" in raw else ()
    if offset is None:
        return RelativeDue(str(anchor), side, None, year)
    need(side is not None, "dir: is needed beside offset")
    need(isinstance(offset, Mapping) and len(offset) == 1, "offset: one unit")
    unit, number = next(iter(offset.items()))
    if unit == "weeks":
        unit, number = "days", whole(number, 0, 5000, "weeks") * 7
    need(unit in OFFSET_UNITS, f"offset: one of {', '.join(OFFSET_UNITS)}")
    return RelativeDue(str(anchor), side, (unit, whole(number, 0, 36500, unit)), year)


def moments(raw: Any) -> tuple[tuple[tuple[str, int | bool | str], ...], ...]:
    """Read the `at` of a recurring rule: one object or a list of objects."""
    if raw is None:
        return ()
    found = raw if isinstance(raw, list) else [raw]
    need(bool(found), "at: a moment, or none at all")
    return tuple(moment(one) for one in found)


def moment(raw: Any) -> tuple[tuple[str, int | bool | str], ...]:
    """Read one moment; its keys are kept in the order of `MOMENT`."""
    only(raw, tuple(MOMENT), "at")
    need(bool(raw), f"at: keys of {', '.join(MOMENT)}")
    for key, value in raw.items():
        low, high = MOMENT[key]
        if key == "next":
            need(value is True, "next: true")
        elif key != "day" or value not in DAY_WORDS:
            whole(value, low, high, f"at.{key}")
            need(value != 0 or low == 0, f"at.{key}: not 0")
    need("minute" not in raw or "hour" in raw, "at.minute: only beside hour")
    days = [key for key in ("weekday", "workday", "day") if key in raw]
    need(len(days) <= 1, f"at: one of {', '.join(days)}")
    return tuple((key, raw[key]) for key in MOMENT if key in raw)


def recurring(raw: Mapping[str, Any]) -> Recurring:
    """Read a recurring rule."""
    need(raw.get("every") in EVERY, f"every: one of {', '.join(EVERY)}")
    need(raw.get("modality") in (None, "at_least"), "modality: at_least")
    return Recurring(
        every=raw["every"],
        n=whole(raw.get("n", 1), 1, 100, "n"),
        times=whole(raw.get("times", 1), 1, 100, "times"),
        at_least=raw.get("modality") == "at_least",
        at=moments(raw.get("at")),
    )


def dates(raw: Mapping[str, Any]) -> Dates:
    """Read several named dates."""
    points = raw.get("points")
    need(isinstance(points, list) and bool(points), "points: a list")
    return Dates(tuple(p if p in NAMED_POINTS else calendar_due(p) for p in points or ()))


def period(raw: Mapping[str, Any]) -> Period:
    """Read a span; its end may be open, its start may not."""
    start, end = raw.get("from"), raw.get("to")
    begin: CalendarDue | str = "now" if start == "now" else calendar_due(start)
    return Period(begin, calendar_due(end) if end is not None else None)


def vague(raw: Mapping[str, Any]) -> Vague:
    """Read a limit without a number."""
    need(raw.get("cue") in CUES, f"cue: one of {', '.join(CUES)}")
    return Vague(raw["cue"])


def once(raw: Mapping[str, Any]) -> Once:
    """Read a single limit."""
    return Once(due_spec(raw.get("due")))


KINDS: dict[str, tuple[Callable[[Mapping[str, Any]], DeadlineRule], tuple[str, ...]]] = {
    "once": (once, ("due",)),
    "recurring": (recurring, ("every", "n", "times", "modality", "at")),
    "dates": (dates, ("points",)),
    "period": (period, ("from", "to")),
    "vague": (vague, ("cue",)),
}


def from_json(raw: Any) -> DeadlineRule:
    """Read any rule; unknown keys and wrong values raise `BadRule`, nothing is guessed."""
    need(isinstance(raw, Mapping), "rule: an object")
    kind = raw.get("type")
    need(isinstance(kind, str) and kind in KINDS, f"type: one of {', '.join(KINDS)}")
    reader, keys = KINDS[str(kind)]
    return reader(only(raw, ("type", *keys), str(kind)))
