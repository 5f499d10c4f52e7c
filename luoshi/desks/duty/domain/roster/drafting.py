"""Begin a roster: the shifts an office needs over a span of days, nobody on them yet (R-DUT-4).

Changes: a draft with its empty shifts; a draft that is begun again takes up the scheme and the
sensitive periods of now and keeps who was set by hand. Refused: days that end before they begin,
more than a year, days another roster has, nobody on the list, a roster that is no draft.
"""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from luoshi.desks.duty import rules
from luoshi.desks.duty.domain.queries.needs import Need, needs, outside
from luoshi.desks.duty.domain.queries.scheme import scheme_of
from luoshi.desks.duty.models import DutyPerson, Roster, Shift
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.organizations.models import Unit

LONGEST = timedelta(days=366)
NOT_BEGUN = _("Not begun.")


def begin(first: date, last: date, *, actor: Actor, at: datetime) -> Roster:
    """A draft of these days, both included."""
    ensure(rules.may_keep(actor))
    if last < first:
        raise Invalid(NOT_BEGUN, {"ends_on": [_("The end lies before the beginning.")]})
    if outside(first, last):
        raise Invalid(NOT_BEGUN, {"starts_on": [_("Give a day from 1990 to 2098.")]})
    if last - first >= LONGEST:
        raise Invalid(NOT_BEGUN, {"ends_on": [_("At most a year.")]})
    with acting(actor=actor, at=at):
        office = Unit.objects.select_for_update(no_key=True).get(pk=actor.unit_id)
        refuse_taken(office, first, last)
        if not DutyPerson.objects.filter(office=office, ends_on=None).exists():
            raise Refused(
                NOT_BEGUN,
                _("Nobody is on the list of duty."),
                next_steps=(_("Put people on the list first."),),
                code="nobody",
            )
        row = Roster.objects.create(
            office=office,
            starts_on=first,
            ends_on=last,
            drafted_by_id=actor.person_id,
            drafted_by_name=actor.person_name,
            drafted_at=at,
        )
        lay(row)
        after = {"from": str(first), "until": str(last)}
        record("duty.roster_drafted", actor=actor, at=at, obj=row, after=after)
    return row


def refuse_taken(office: Unit, first: date, last: date) -> None:
    """No day stands in two rosters."""
    other = Roster.objects.filter(office=office, starts_on__lte=last, ends_on__gte=first).first()
    if other is not None:
        raise Refused(
            NOT_BEGUN,
            _("%(from)s to %(until)s stand in a roster already.")
            % {"from": other.starts_on, "until": other.ends_on},
            next_steps=(_("Choose other days, or change that roster."),),
            code="taken",
        )


def renew(roster: Roster, *, actor: Actor, at: datetime) -> Roster:
    """The needs of now for a draft: new hours, new sensitive periods, shifts no longer needed."""
    ensure(rules.may_draft(actor, roster))
    with acting(actor=actor, at=at):
        row = Roster.objects.select_for_update(no_key=True).get(pk=roster.pk)
        ensure(rules.may_draft(actor, row))
        kept = {
            (s.post, s.starts_at, s.ends_at): s.person
            for s in row.shifts.filter(fixed=True).select_related("person")
            if s.person is not None
        }
        row.shifts.all().delete()
        lay(row, kept)
        record("duty.roster_drafted", actor=actor, at=at, obj=row)
    return row


Kept = dict[tuple[str, datetime, datetime], DutyPerson]


def lay(roster: Roster, kept: Kept | None = None) -> None:
    """Its shifts, empty but for those set by hand."""
    wanted = needs(roster.office_id, scheme_of(roster.office_id), roster.starts_on, roster.ends_on)
    held = kept or {}
    Shift.objects.bulk_create(
        [
            shift_of(roster, need, held.get((need.post, need.starts_at, need.ends_at)))
            for need in wanted
        ],
        batch_size=1000,
    )


def shift_of(roster: Roster, need: Need, person: DutyPerson | None) -> Shift:
    """A need as a row."""
    return Shift(
        roster=roster,
        office_id=roster.office_id,
        post=need.post,
        day=need.day,
        starts_at=need.starts_at,
        ends_at=need.ends_at,
        day_class=need.day_class,
        sensitive=need.sensitive,
        night=need.night,
        weight=need.weight,
        person=person,
        fixed=person is not None,
    )
