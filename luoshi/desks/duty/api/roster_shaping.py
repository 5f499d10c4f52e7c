"""Rosters being drawn up, shifts, hand-overs and the list's ways as JSON objects."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import get_language

from luoshi.desks.duty.api import shaping
from luoshi.desks.duty.domain.queries.daily import Below
from luoshi.desks.duty.domain.queries.judging import Bearing, Judged
from luoshi.desks.duty.domain.queries.scheme import Way
from luoshi.desks.duty.domain.roster.wording import NO_ROSTER, WHYS
from luoshi.desks.duty.enums import RosterState
from luoshi.desks.duty.models import DutyPerson, Handover, LogNote, Roster, Shift
from luoshi.foundation.core.refusals import Text
from luoshi.supervision.matters.api.shaping import instant, unit

BORNE = ("shifts", "nights", "weekends", "special", "weight", "year_special", "year_weight")
WAY = (
    *("leader_days", "rest_hours", "workday", "weekend", "holiday", "night_extra"),
    *("sensitive_extra", "answer_seconds", "report_hour", "check_days", "version"),
)


def task(row: Roster) -> dict[str, Any]:
    """The solver's task of a roster."""
    why, then = NO_ROSTER.get(row.outcome, ("", ""))
    keys = row.proof.get("stuck", []) if why else []
    stuck = row.shifts.filter(pk__in=keys).order_by("starts_at", "post") if keys else ()
    return {
        "roster_id": str(row.pk),
        "state": state_of(row),
        "roster_state": row.state,
        "progress": row.progress,
        "outcome": row.outcome,
        "asked_at": instant(row.asked_at),
        "seconds": row.seconds,
        "why": str(why),
        "next": str(then),
        "stuck": [
            {"id": str(one.pk), "day": one.day.isoformat()} | span(one.post, one) for one in stuck
        ],
    }


def state_of(row: Roster) -> str:
    """Where the task stands."""
    if row.state == RosterState.SOLVING:
        return "running"
    if row.outcome in NO_ROSTER:
        return "refused"
    return "done" if row.outcome else "none"


def span(post: str, row: Any) -> dict[str, Any]:
    """A post from when to when."""
    return {"post": str(post), "starts_at": instant(row.starts_at), "ends_at": instant(row.ends_at)}


def proof(judged: Judged) -> dict[str, Any]:
    """A roster looked through."""
    return {
        "sound": judged.sound,
        "hours": dict(judged.hours),
        "holes": [span(one.post.value, one) for one in judged.holes],
        "troubles": [
            {
                "shift_id": str(one.shift.pk),
                "day": one.shift.day.isoformat(),
                "post": one.shift.post,
                "person": str(one.shift.person or ""),
                "why": one.why,
                "words": str(WHYS[one.why]),
                "reason": one.shift.changed_reason,
            }
            for one in judged.troubles
        ],
        "bearing": [borne(one) for one in judged.bearing],
        "spread": [one | {"post": one["post"].value} for one in judged.spread],
    }


def borne(row: Bearing) -> dict[str, Any]:
    """What one person bears."""
    numbers = {name: getattr(row, name) for name in BORNE}
    return {"person_id": str(row.person.pk), "person": row.person.name} | numbers


def one_shift(row: Shift, able: Iterable[tuple[DutyPerson, Sequence[Text]]]) -> dict[str, Any]:
    """A shift with who could hold it."""
    return shaping.shift(row) | {
        "roster_id": str(row.roster_id),
        "able": [
            {"person_id": str(one.pk), "person": one.name, "against": [str(why) for why in whys]}
            for one, whys in able
        ],
    }


def handover(row: Handover) -> dict[str, Any]:
    """A hand-over as a list shows it; people and shift are read with it."""
    return {
        "id": str(row.pk),
        "shift_id": str(row.shift_id),
        "day": row.shift.day.isoformat(),
        "post": row.shift.post,
        "giver_id": str(row.giver_id),
        "giver": row.giver.name,
        "taker_id": str(row.taker_id),
        "taker": row.taker.name,
        "words": row.words,
        "open_lines": len(row.notes),
        "revision": row.revision,
        "given_at": instant(row.given_at),
        "taken_at": instant(row.taken_at),
        "taken_words": row.taken_words,
    }


def whole_handover(row: Handover) -> dict[str, Any]:
    """A hand-over with what went along, named in the language of the answer."""
    key = "zh" if (get_language() or "zh").startswith("zh") else "en"
    lines = LogNote.objects.filter(pk__in=row.notes).order_by("at", "pk")
    return handover(row) | {
        "lines": [shaping.note(one) for one in lines],
        "elsewhere": [
            {"label": one[key], "count": one["count"], "names": one["names"]} for one in row.others
        ],
    }


def way(row: Way) -> dict[str, Any]:
    """How an office is on duty."""
    return {name: getattr(row, name) for name in WAY} | {
        "officer_starts": list(row.officer_starts),
        "leader_starts": list(row.leader_starts),
    }


def below(row: Below) -> dict[str, Any]:
    """An office one level down on a day."""
    return {"unit": unit(row.unit), "report": shaping.daily(row.report) if row.report else None}
