"""An event that limits wait for has happened: the end of a stage (TR-18), a rule in force (TR-20),
a meeting. It is noted once with its basis; what counts from it gets its date, with trace and
notice. Each further end of a stage asks for a summary of its own."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.duty.asking import asked_of
from luoshi.supervision.matters.domain.duty.scheduling import (
    Anchors,
    anchors_of,
    dates,
    duty,
    put_date,
)
from luoshi.supervision.matters.domain.duty.standing import past_stops, without
from luoshi.supervision.matters.domain.share.summarising import refresh
from luoshi.supervision.matters.domain.telling import tell_unit
from luoshi.supervision.matters.domain.transitions import locked
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, DutyState, Part
from luoshi.supervision.matters.models import Assignment, Matter, Milestone, ReportDuty
from luoshi.supervision.rulebook.enums import NOTED_EVENTS, Anchor

LATEST = timedelta(days=366)


@dataclass(frozen=True)
class Happened:
    """What was noted and how many limits were dated by it."""

    milestone: Milestone
    dated: int


def events_of(matter: Matter) -> list[Anchor]:
    """The events that may be noted: open duties count from them and wait, or are asked again."""
    rows = ReportDuty.objects.filter(
        assignment__matter=matter, assignment__state__in=ASSIGNMENT_OPEN, anchor__in=NOTED_EVENTS
    )
    waiting = set(rows.filter(state=DutyState.OPEN, due_at=None).values_list("anchor", flat=True))
    if rows.filter(anchor=Anchor.STAGE_END).exists():
        waiting.add(Anchor.STAGE_END)
    return [event for event in NOTED_EVENTS if event in waiting]


def note_event(
    *, matter: Matter, event: str, on: date | None, basis: str, actor: Actor, at: datetime
) -> Happened:
    """Note the day and date every duty that counts from it. Refused: an event nothing waits for,
    no day, a day before the one noted last or more than a year ahead, no basis."""
    ensure(rules.may_note_event(actor, matter))
    with acting(actor=actor, at=at):
        matter = locked(Matter.objects, matter.pk)
        ensure(rules.may_note_event(actor, matter))
        refuse_bad(matter, event, on, basis, office_date(at))
        assert on is not None  # noqa: S101 - refused above
        again = matter.milestones.filter(anchor=event).exists()
        row = Milestone.objects.create(
            matter=matter,
            anchor=event,
            on=on,
            basis=basis.strip(),
            noted_by_name=actor.person_name,
            noted_at=at,
        )
        matter.anchors[event] = on.isoformat()
        matter.save(update_fields=("anchors",))
        dated = sum(date_share(pk, row, again=again, at=at) for pk in shares_of(matter))
        record("matters.event_noted", actor=actor, at=at, obj=matter, after=said(row, dated))
    return Happened(row, dated)


def said(row: Milestone, dated: int) -> dict[str, object]:
    """An event as the trail keeps it."""
    return {"event": row.anchor, "on": row.on.isoformat(), "basis": row.basis, "dated": dated}


def shares_of(matter: Matter) -> list[object]:
    """The open shares that report to the assigner, in the order every verb locks them."""
    rows = matter.assignments.filter(state__in=ASSIGNMENT_OPEN).exclude(part=Part.JOINT)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def refuse_bad(matter: Matter, event: str, on: date | None, basis: str, today: date) -> None:
    """Each field says what is wrong with it."""
    errors = too_long(Milestone, {"basis": basis.strip()})
    last = matter.milestones.filter(anchor=event).order_by("-on").first()
    if event not in events_of(matter):
        errors["event"] = [_("No limit of this matter waits for it.")]
    if on is None:
        errors["on"] = [_("Give the day.")]
    elif on > today + LATEST:
        errors["on"] = [_("At most a year ahead.")]
    elif last is not None and on <= last.on:
        errors["on"] = [_("%(day)s is noted already; give a later day.") % {"day": last.on}]
    if not basis.strip():
        errors["basis"] = [_("Say how it is known: document, minutes, announcement.")]
    if errors:
        raise Invalid(_("Not noted."), errors)


def date_share(pk: object, row: Milestone, *, again: bool, at: datetime) -> int:
    """Date what waits in one share; a further event asks anew. Returns how many limits."""
    share = locked(Assignment.objects.select_related("matter", "unit"), pk)
    anchors = anchors_of(share) | {row.anchor: row.on}
    dated = ask_anew(share, row, anchors) if again else date_waiting(share, row, anchors, at)
    if dated:
        refresh(share, at=at)
        words = ("时限已确定", "Limits set")
        tell_unit(share, kind="dated", words=words, key=f"{row.pk}|{share.pk}", at=at)
    return dated


def date_waiting(share: Assignment, row: Milestone, anchors: Anchors, at: datetime) -> int:
    """The undated duties that count from the event, dated with the share's stops taken out."""
    calendar, stops = current_calendar(), past_stops(share)
    wanted = {asked.code: asked for asked in asked_of(share)}
    found = share.duties.filter(state=DutyState.OPEN, due_at=None, anchor=row.anchor)
    dated = 0
    for one in found:
        asked = wanted.get(one.rule_code)
        pairs = list(dates(asked, anchors, calendar, until=office_date(at))) if asked else []
        if asked is None or not pairs or pairs[0][1] is None:
            continue
        one.period, bare = pairs[0][0][:16], pairs[0][1]
        due = without(bare, one.period, share, stops, calendar)
        put_date(one, due, anchors, calendar, warning=asked.warning)
        one.original_due_at = bare.at
        one.save()
        dated += 1
    return dated


def ask_anew(share: Assignment, row: Milestone, anchors: Anchors) -> int:
    """One more duty of every single limit that counts from the event, named after its day."""
    calendar, period = current_calendar(), row.on.isoformat()
    made = []
    for asked in asked_of(share):
        if asked.anchor == row.anchor:
            for key, due in list(dates(asked, anchors, calendar, until=row.on))[:1]:
                if key == "-" and due is not None:
                    made.append(duty(share, asked, period, due, anchors, calendar))
    return len(ReportDuty.objects.bulk_create(made, ignore_conflicts=True))
