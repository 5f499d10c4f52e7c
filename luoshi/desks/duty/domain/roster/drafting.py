"""Begin a roster: the shifts an office needs over a span of days, nobody on them yet (R-DUT-4).

Changes: a draft with its empty shifts; a draft that is begun again takes up the scheme and the
sensitive periods of now and keeps who was set by hand and
what has begun; whoever begins it again drew it up. Refused: days that end before they begin,
more than a year, days another roster has, nobody on the list, a roster that is no draft.
"""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from luoshi.desks.duty import rules
from luoshi.desks.duty.domain.queries.needs import outside
from luoshi.desks.duty.domain.roster.laying import lay
from luoshi.desks.duty.models import DutyPerson, Roster
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
        lay(row, at=at)
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
    """The needs of now for a draft: new hours, new sensitive periods, shifts no longer needed. Who
    asks for it has drawn it up; what has begun stays as it was."""
    ensure(rules.may_draft(actor, roster))
    with acting(actor=actor, at=at):
        row = Roster.objects.select_for_update(no_key=True).get(pk=roster.pk)
        ensure(rules.may_draft(actor, row))
        row.drafted_by_id, row.drafted_by_name = actor.person_id, actor.person_name
        row.drafted_at, row.outcome = at, ""
        row.save()
        lay(row, at=at)
        record("duty.roster_drafted", actor=actor, at=at, obj=row)
    return row
