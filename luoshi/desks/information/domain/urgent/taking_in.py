"""Take an event in: four facts are enough at three in the morning, the rest follows.

Changes: an event under the next number of the office and year, the call it came by, notices.
Refused: no word on what, where, when or from whom; an event in the future; known before it
happened; a call of nobody or of the office itself; facts somebody else has written meanwhile.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.desks.information import rules
from luoshi.desks.information.domain.queries.clock import Minutes, hour_of, limits_for
from luoshi.desks.information.domain.queries.lines import above
from luoshi.desks.information.domain.urgent.counting import one_at_a_time, recount
from luoshi.desks.information.domain.urgent.spreading import Telling, add_passages, tell_desk
from luoshi.desks.information.enums import Grade, Kind, Leg, Nature, Way
from luoshi.desks.information.models import Event, EventSeries, Passage
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import refuse_older, too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Text
from luoshi.foundation.core.time import office_date, office_zone
from luoshi.foundation.organizations.enums import Level
from luoshi.foundation.organizations.models import Unit

OLDEST = timedelta(days=366)
NEEDED: Mapping[str, Text] = {
    "title": _("Say in one line what happened."),
    "place": _("Say where."),
    "source": _("Say who told you."),
}


@dataclass(frozen=True)
class Facts:
    """What is known. `aware_at`: when the first office learned of it; None = now."""

    title: str
    place: str
    happened_at: datetime | None
    source: str
    aware_at: datetime | None = None
    kind: str = Kind.URGENT
    grade: str = Grade.NONE
    nature: str = Nature.OTHER
    casualties: str = ""
    losses: str = ""
    trend: str = ""
    measures: str = ""
    leaders: str = ""
    contact: str = ""
    daily: bool = False


@dataclass(frozen=True)
class Call:
    """The telephone report it came by: which unit called, who, when."""

    unit: Unit
    by_name: str
    at: datetime


def take_in(facts: Facts, *, actor: Actor, at: datetime, call: Call | None = None) -> Event:
    """Write it into the office's book; the clock runs from the event."""
    ensure(rules.may_take_in(actor))
    checked(facts, call, at, actor.unit_id)
    with acting(actor=actor, at=at):
        office = Unit.objects.get(pk=actor.unit_id)
        first = call.unit if call else office
        row = Event(
            office=office,
            number=next_number(office, at),
            first_code=first.code,
            first_name=str(first),
            noted_by_name=actor.person_name,
            noted_at=at,
            **columns(facts, call.at if call else at),
        )
        if call:
            row.from_code, row.from_name = call.unit.code, str(call.unit)
        address(row, office)
        row.save(force_insert=True)
        if call:
            told = Telling(
                Way.PHONE, call.at, call.unit, office, call.by_name.strip(), actor.person_name
            )
            add_passages(row, [told.said()])
        recount(row, at=at)
        tell_desk(row, at=at, but=actor.person_id)
        after = {"title": row.title, "place": row.place, "happened": row.happened_at.isoformat()}
        record("information.taken_in", actor=actor, at=at, obj=row, after=after)
    return row


def correct(event: Event, facts: Facts, *, revision: int, actor: Actor, at: datetime) -> Event:
    """Write down what is known now; the clock follows a corrected time of the event. Without
    `aware_at` it stays known from when it was; refused where that is before it happened. `revision`
    is the one that was corrected: who has an older page reads what is saved first."""
    ensure(rules.may_correct(actor, event))
    checked(facts, None, at)
    with acting(actor=actor, at=at):
        one_at_a_time()
        row = Event.objects.select_for_update(no_key=True, of=("self",)).get(pk=event.pk)
        ensure(rules.may_correct(actor, row))
        refuse_older(row.revision, revision)
        refuse_known_before(facts, row.aware_at)
        before = {name: getattr(row, name) for name in asdict(facts)}
        for name, value in columns(facts, row.aware_at).items():
            setattr(row, name, value)
        changed = {name: str(old) for name, old in before.items() if old != getattr(row, name)}
        row.revision += bool(changed)
        count_anew(row, before["grade"], at=at)
        after = {name: str(getattr(row, name)) for name in changed}
        record("information.corrected", actor=actor, at=at, obj=row, before=changed, after=after)
    return row


def count_anew(event: Event, grade: str, *, at: datetime) -> None:
    """The clock after a correction; another grade than before may have other limits. Part of the
    caller's act."""
    if event.limits and event.grade != grade:
        to = Unit.objects.filter(code=event.above_code).first()
        event.limits = owed(to, limits_for(event.office_id, event.office.level, event.grade))
    recount(event, at=at)


def columns(facts: Facts, aware_at: datetime) -> dict[str, Any]:
    """The facts as columns."""
    said = {
        name: value.strip() if isinstance(value, str) else value
        for name, value in asdict(facts).items()
    }
    return said | {"aware_at": facts.aware_at or aware_at}


def address(event: Event, office: Unit) -> None:
    """To whom it is reported, and the limits that hold; none where nobody is above."""
    event.daily_hour = hour_of(office.pk)
    to, direct = above(office)
    if to is None:
        return
    event.above_code, event.above_name, event.direct = to.code, str(to), direct
    event.limits = owed(to, limits_for(office.pk, office.level, event.grade))


def owed(to: Unit | None, limits: Minutes) -> Minutes:
    """That the top knows in time is owed by who tells the top."""
    tells_top = to is not None and to.level == Level.PROVINCE
    return {leg: n for leg, n in limits.items() if leg != Leg.TOP or tells_top}


def next_number(office: Unit, at: datetime) -> str:
    """急〔2026〕3号: a serial of the office and year, never given twice."""
    year = office_date(at).year
    EventSeries.objects.get_or_create(office=office, year=year)
    series = EventSeries.objects.select_for_update().get(office=office, year=year)
    series.last += 1
    series.save(update_fields=("last",))
    return f"急〔{year}〕{series.last}号"


def refuse_known_before(facts: Facts, aware_at: datetime) -> None:
    """A corrected time of the event after the time it was known so far."""
    if facts.aware_at is None and facts.happened_at is not None and aware_at < facts.happened_at:
        known = f"{aware_at.astimezone(office_zone()):%Y-%m-%d %H:%M}"
        why = _("By now it was first known at %(time)s, before it happened: correct this as well.")
        raise Invalid(
            _("Not corrected: the times do not fit."), {"aware_at": [why % {"time": known}]}
        )


def checked(facts: Facts, call: Call | None, at: datetime, office_id: UUID | None = None) -> None:
    """Refuse facts that cannot be kept. `office_id`: who takes the call."""
    words = {name: value for name, value in asdict(facts).items() if isinstance(value, str)}
    errors = too_long(Event, words)
    for name, why in NEEDED.items():
        if not words[name].strip():
            errors[name] = [why]
    errors |= wrong_times(facts, call, at)
    errors |= wrong_call(call, office_id)
    for name, choices in (("kind", Kind), ("grade", Grade), ("nature", Nature)):
        if words[name] not in choices.values:
            errors[name] = [_("Choose one of the list.")]
    if errors:
        raise Invalid(_("Not taken in: something is missing."), errors)


def refuse_unnamed(*, said: bool) -> None:
    """A call was noted (`said`), and not from where."""
    if said:
        why = _("Name the unit that called.")
        raise Invalid(_("Not taken in: something is missing."), {"called_from": [why]})


def wrong_call(call: Call | None, office_id: UUID | None) -> dict[str, list[Text]]:
    """What is wrong with who called."""
    if call is None:
        return {}
    errors: dict[str, list[Text]] = {}
    if call.unit.pk == office_id:
        why = _("This is your own office: name the unit that called, or leave the call out.")
        errors["called_from"] = [why]
    long = too_long(Passage, {"by_name": call.by_name}).get("by_name", [])
    if long or not call.by_name.strip():
        errors["called_by"] = long or [_("Say who called.")]
    return errors


def wrong_times(facts: Facts, call: Call | None, at: datetime) -> dict[str, list[Text]]:
    """What is wrong with the instants."""
    errors: dict[str, list[Text]] = {}
    happened = facts.happened_at
    if happened is None:
        return {"happened_at": [_("Say when it happened, as 23:10 or 2026-2-17 23:10.")]}
    if happened > at:
        errors["happened_at"] = [_("This is still to come: give a time not after now.")]
    elif happened < at - OLDEST:
        errors["happened_at"] = [_("More than a year ago: look at the date.")]
    aware = facts.aware_at
    if aware is not None and not happened <= aware <= at:
        errors["aware_at"] = [_("Nobody knows of an event before it happens, or after now.")]
    if call is not None and not happened <= call.at <= at:
        errors["called_at"] = [_("The call came after the event and not after now.")]
    return errors
