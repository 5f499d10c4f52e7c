"""The clock of an event and the way word of it took: what is due when, and which hop took longest
(TR-10, R-INF-1, B5). Hours run from the event and never roll."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from luoshi.desks.information.enums import LADDER, LIMITS, Leg, Way
from luoshi.desks.information.models import Event, LimitVersion, Passage
from luoshi.desks.information.models.urgent import DAILY_HOUR
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.compute import Due, compute
from luoshi.foundation.deadlines.engine.rule import Once, RelativeDue
from luoshi.foundation.organizations.enums import LEVEL_ORDER, Level

MINUTE = timedelta(minutes=1)
BASIS = "事发后2小时内，第一时间（TR-10）"
Minutes = dict[str, int]
# by level and grade; grade "" holds for those without limits of their own
DEFAULT: dict[str, dict[str, Minutes]] = {
    Level.TOWNSHIP: {"": {Leg.PHONE: 20, Leg.WRITTEN: 40, Leg.TOP: 120}},
    Level.COUNTY: {"": {leg.value: minutes for leg, minutes in LIMITS.items()}},
    Level.CITY: {"": {Leg.PHONE: 60, Leg.TOP: 120}},
}


def limits_of(office_id: UUID) -> Mapping[str, Mapping[str, Minutes]]:
    """The limits in force in an office: its newest version, else the default."""
    found = newest(office_id)
    return found.limits if found else DEFAULT


def hour_of(office_id: UUID) -> int:
    """By which hour an office owes the daily report of a long event: its newest version, else the
    default."""
    found = newest(office_id)
    return found.daily_hour if found else DAILY_HOUR


def newest(office_id: UUID) -> LimitVersion | None:
    """The version of the limits in force; None = nothing was ever set."""
    return LimitVersion.objects.filter(office_id=office_id).order_by("-version").first()


def limits_for(office_id: UUID, level: str, grade: str) -> Minutes:
    """The minutes of a level and grade by an office's limits; none at the top."""
    grades = limits_of(office_id).get(level, {})
    return dict(grades.get(grade) or grades.get("") or {})


def due_of(happened_at: datetime, minutes: int) -> Due:
    """When a leg's limit passes, with its explanation."""
    rule = Once(RelativeDue("event", "after", ("minutes", minutes)))
    return compute(rule, {"event": happened_at}, current_calendar(), provision=BASIS)


def due_at(happened_at: datetime, minutes: int) -> datetime:
    """The instant alone, for lists and sums."""
    return happened_at + minutes * MINUTE


@dataclass(frozen=True)
class Met:
    """A leg: its limit, when it was met, and how many minutes late (0 = in time or not met)."""

    leg: Leg
    due_at: datetime
    met_at: datetime | None

    @property
    def late(self) -> int:
        """Whole minutes begun after the limit."""
        if self.met_at is None or self.met_at <= self.due_at:
            return 0
        return -(-(self.met_at - self.due_at) // MINUTE)


def legs_of(
    event: Event, code: str, limits: Minutes, passages: Sequence[Passage], top: set[str]
) -> list[Met]:
    """What a unit owed of an event: telling the next level by telephone (a written report does as
    well) and in writing, and the top knowing in writing, whoever told it. `top`: the codes of the
    provincial level."""
    own = [one for one in passages if one.sender_code == code]
    written = [one for one in own if one.way == Way.WRITTEN]
    at_top = [one for one in passages if one.way == Way.WRITTEN and one.receiver_code in top]
    told: dict[Leg, list[Passage]] = {Leg.PHONE: own, Leg.WRITTEN: written, Leg.TOP: at_top}
    return [
        Met(
            leg,
            due_at(event.happened_at, limits[leg]),
            min((one.at for one in told[leg]), default=None),
        )
        for leg in LADDER
        if leg in limits
    ]


@dataclass(frozen=True)
class Hop:
    """A stretch of the way: from when somebody knew to when the next one did."""

    sender: str
    receiver: str
    way: str
    begun_at: datetime
    at: datetime
    codes: tuple[str, str] = ("", "")  # of both units

    @property
    def minutes(self) -> int:
        """Whole minutes."""
        return max(0, (self.at - self.begun_at) // MINUTE)


def hops_of(event: Event, passages: Sequence[Passage]) -> list[Hop]:
    """The way from the event to the highest level that knows, first telling by first telling, in
    the order of time; the first hop is from the event to the first office."""
    found = [Hop("", event.first_name, "", event.happened_at, event.aware_at)]
    knew = {event.first_code: event.aware_at}
    for one in sorted(passages, key=lambda passage: (passage.at, passage.way)):
        if one.receiver_code in knew:
            continue
        begun = knew.get(one.sender_code, event.aware_at)
        codes = (one.sender_code, one.receiver_code)
        found.append(Hop(one.sender_name, one.receiver_name, one.way, begun, one.at, codes))
        knew[one.receiver_code] = one.at
    return found


def slowest(hops: Sequence[Hop], levels: Mapping[str, str], copied: str = "") -> Hop | None:
    """The hop that ate the time (B5), of those that took word up: what went to the office between,
    which has a copy, held nobody up (S3-98). `levels`: of the units, by code; `copied`: who is
    known to have a copy. None where there is nothing to compare."""
    on = [hop for hop in hops if not a_copy(hop, hops, levels, copied)]
    return max(on, key=lambda hop: hop.minutes) if len(on) > 1 else None


def a_copy(hop: Hop, hops: Sequence[Hop], levels: Mapping[str, str], copied: str) -> bool:
    """Whether a hop ends at who told nobody, while who told it also told somebody higher."""
    sender, receiver = hop.codes
    if not sender or any(one.codes[0] == receiver for one in hops):
        return False
    beside = [one.codes[1] for one in hops if one.codes[0] == sender]
    higher = any(rank(levels.get(code)) < rank(levels.get(receiver)) for code in beside)
    return higher or receiver == copied


def rank(level: str | None) -> int:
    """The province first; a unit that is not in the tree last."""
    return LEVEL_ORDER[Level(level)] if level else len(LEVEL_ORDER)
