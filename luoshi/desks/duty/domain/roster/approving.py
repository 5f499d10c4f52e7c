"""Approve a roster that is proved, publish it, take it back (flow "Duty", R-DUT-4, TR-17).

Changes: the state, with the proof that was made; on publishing everybody on it is told and the
level above knows; taken back, open swaps lapse. Refused: gaps or clashes (shown one by one),
another state, who drew it up approving it, a roster that is over taken back.
"""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.desks.duty import rules
from luoshi.desks.duty.domain.queries.conflicts import HARD
from luoshi.desks.duty.domain.queries.judging import Judged, judge
from luoshi.desks.duty.domain.roster.lapsing import lapse
from luoshi.desks.duty.domain.roster.notifying import tell_people
from luoshi.desks.duty.domain.roster.telling import tell_above
from luoshi.desks.duty.enums import RosterState
from luoshi.desks.duty.models import Roster, Shift
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Refused, Text
from luoshi.foundation.core.time import at_clock

DAY = timedelta(days=1)


def approve(roster: Roster, *, actor: Actor, at: datetime) -> Roster:
    """Every minute is covered and nobody is on it against a rule, or by hand with a reason."""
    ensure(rules.may_approve(actor, roster))
    with acting(actor=actor, at=at):
        row = locked(roster)
        ensure(rules.may_approve(actor, row))
        judged = judge(row)
        refuse_unsound(judged, row, at, what=_("Not approved."))
        row.state, row.approved_by_name, row.approved_at = (
            RosterState.APPROVED,
            actor.person_name,
            at,
        )
        row.proof = {"hours": judged.hours, "proved_at": at.isoformat()}
        row.spread = [one | {"post": one["post"].value} for one in judged.spread]
        row.save()
        after: dict[str, Any] = {name: str(hours) for name, hours in judged.hours.items()}
        record("duty.roster_approved", actor=actor, at=at, obj=row, after=after)
    return row


def refuse_unsound(judged: Judged, roster: Roster, at: datetime, *, what: Text) -> None:
    """Gaps are never approved; a rule that was set aside by hand has its reason on the shift. Of a
    roster that stood before, what is over is over: nobody can put it right any more."""
    past = at if roster.stood_until is not None else None
    holes = [one for one in judged.holes if past is None or one.ends_at > past]
    against = [
        one
        for one in judged.troubles
        if (one.why in HARD or not one.shift.changed_reason)
        and (past is None or one.shift.ends_at > past)
    ]
    if holes or against:
        raise Refused(
            what,
            _("%(holes)d times nobody is on duty, %(against)d shifts are against a rule.")
            % {"holes": len(holes), "against": len(against)},
            next_steps=(_("The page lists them; fill the gaps, or give a reason."),),
            source="R-DUT-1",
            code="unsound",
        )


def publish(roster: Roster, *, actor: Actor, at: datetime) -> Roster:
    """Everybody on it is told; the level above gets it."""
    ensure(rules.may_publish(actor, roster))
    with acting(actor=actor, at=at):
        row = locked(roster)
        ensure(rules.may_publish(actor, row))
        refuse_unsound(judge(row), row, at, what=_("Not published."))
        row.state, row.published_at = RosterState.PUBLISHED, at
        row.save()
        shifts = list(row.shifts.select_related("person", "office").order_by("starts_at", "post"))
        people = {s.person_id: s.person for s in shifts if s.person}
        tell_people(
            people.values(),
            key=f"roster|{row.pk}|{at.isoformat()}",
            title_zh=f"值班表已发布：{row.starts_on}至{row.ends_on}",
            title_en=f"Roster published: {row.starts_on} to {row.ends_on}",
            at=at,
            url=f"/duty/?day={row.starts_on}",
        )
        tell_above(row.office, shifts, actor=actor, at=at, span=span_of(row))
        record("duty.roster_published", actor=actor, at=at, obj=row)
    return row


def take_back(roster: Roster, *, actor: Actor, at: datetime) -> Roster:
    """A draft again, whatever the solver finds from now on; swaps that are open lapse. What has
    begun of a published roster stays in force as it was; the level above knows nobody after it."""
    ensure(rules.may_take_back(actor, roster))
    with acting(actor=actor, at=at):
        row = locked(roster)
        ensure(rules.may_take_back(actor, row))
        if row.state == RosterState.PUBLISHED:
            refuse_over(row, at)
            row.stood_until = at
            span = (at.isoformat(), span_of(row)[1])
            tell_above(row.office, (), actor=actor, at=at, span=span)
        row.state, row.approved_at, row.published_at = RosterState.DRAFT, None, None
        row.save()
        lapse(list(Shift.objects.filter(roster=row).values_list("pk", flat=True)), at=at)
        record("duty.roster_taken_back", actor=actor, at=at, obj=row)
    return row


def refuse_over(roster: Roster, at: datetime) -> None:
    """What was stays as it was."""
    if not roster.shifts.filter(ends_at__gt=at).exists():
        raise Refused(
            _("Not taken back."),
            _("All shifts of this roster are over; it stays as it was."),
            next_steps=(_("Begin a roster for the days to come."),),
            code="over",
        )


def locked(roster: Roster) -> Roster:
    """The roster, for this act alone."""
    return Roster.objects.select_for_update(no_key=True).get(pk=roster.pk)


def span_of(roster: Roster) -> tuple[str, str]:
    """The instants its shifts begin between."""
    first, last = at_clock(roster.starts_on, time(0)), at_clock(roster.ends_on + DAY, time(0))
    return first.isoformat(), last.isoformat()
