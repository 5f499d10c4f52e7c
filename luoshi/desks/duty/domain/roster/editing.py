"""Put somebody on a shift by hand, or take somebody off it; what stands against it is shown.

Changes: the shift's person, marked as set by hand; open swaps of it lapse and both are told; on a
published roster both people are told. Refused: somebody who is on another shift at that time (the
database refuses it too), who is away, not on the list or not of that post; on an approved or
published roster without a reason. Too little rest and too many shifts are shown and allowed with
a reason: at night somebody has to be there.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.desks.duty import rules
from luoshi.desks.duty.domain.queries.problems import problem_of
from luoshi.desks.duty.domain.queries.scheme import scheme_of
from luoshi.desks.duty.domain.roster.lapsing import lapse
from luoshi.desks.duty.domain.roster.notifying import notify
from luoshi.desks.duty.domain.roster.telling import tell_above
from luoshi.desks.duty.enums import RosterState
from luoshi.desks.duty.models import DutyPerson, Shift
from luoshi.desks.duty.solving.proof import alone
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused, Text

NOT_SET = _("Not set.")
WORDS: dict[str, Text] = {
    "twice": _("%(name)s is on another shift at that time."),
    "away": _("%(name)s is away then."),
    "post": _("%(name)s does not hold this post."),
    "night": _("%(name)s does no nights."),
    "off": _("%(name)s is not on duty on this day of the week."),
    "rest": _("%(name)s would have less than %(hours)d hours of rest."),
    "most": _("%(name)s would have more than %(most)d shifts this month."),
}
HARD = ("twice", "away", "post")


def put(
    shift: Shift, person: DutyPerson | None, *, reason: str, actor: Actor, at: datetime
) -> Shift:
    """Who holds the shift from now on; None = nobody."""
    ensure(rules.may_edit(actor, shift))
    with acting(actor=actor, at=at):
        row = locked(shift)
        ensure(rules.may_edit(actor, row))
        hold([person])
        before = row.person
        if row.ends_at <= at:
            raise Refused(NOT_SET, _("This shift is over."), code="over")
        against = conflicts(row, person) if person else []
        hard = [why for why in against if why in HARD]
        if person is not None and hard:
            raise Invalid(NOT_SET, {"person": [worded(why, person, row) for why in hard]})
        row.changed_reason = needed_reason(row, reason, against, person)
        row.person, row.fixed = person, person is not None
        row.save()
        lapse([row.pk], at=at)
        if row.roster.state == RosterState.PUBLISHED:
            notify(row, [one for one in (before, person) if one is not None], at=at)
            tell_above([row], actor=actor, at=at)
        record(
            "duty.shift_set",
            actor=actor,
            at=at,
            obj=row,
            before={"name": str(before or "")},
            after={"name": str(person or ""), "day": str(row.day), "reason": row.changed_reason},
        )
    return row


def locked(shift: Shift) -> Shift:
    """The shift, for this act alone, with its roster."""
    rows = Shift.objects.select_for_update(of=("self",)).select_related(
        "roster", "person", "office"
    )
    found: Shift = rows.get(pk=shift.pk)
    return found


def hold(people: Iterable[DutyPerson | None]) -> None:
    """Nobody else gives these people shifts until this act is done."""
    keys = sorted((one.pk for one in people if one is not None), key=str)
    list(DutyPerson.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def needed_reason(row: Shift, reason: str, against: list[str], person: DutyPerson | None) -> str:
    """Why, where a reason is owed."""
    if row.roster.state == RosterState.DRAFT and not against:
        return ""
    missing: Text = _("The roster is approved: say why it is changed.")
    if against and person is not None:
        told = " ".join(str(worded(why, person, row)) for why in against)
        missing = _("%(told)s Say why it is set all the same.") % {"told": told}
    return fitted(Shift, "changed_reason", reason, what=NOT_SET, missing=missing, field="reason")


def conflicts(shift: Shift, person: DutyPerson, without: Shift | None = None) -> list[str]:
    """What stands against a person on a shift, as words of `WORDS`; six queries. `without`: a shift
    that would not be theirs any more."""
    gone = [shift.pk, *([without.pk] if without else [])]
    way = scheme_of(shift.office_id)
    rest = timedelta(hours=way.rest_hours)
    near = list(
        Shift.objects.filter(
            person=person, ends_at__gt=shift.starts_at - rest, starts_at__lt=shift.ends_at + rest
        ).exclude(pk__in=gone)
    )
    found = []
    if any(o.starts_at < shift.ends_at and shift.starts_at < o.ends_at for o in near):
        found.append("twice")
    elif near:
        found.append("rest")
    problem = problem_of(shift.roster, [shift], [person], way)
    found += alone(problem.people[0], problem.slots[0])
    if person.most:
        month = Q(day__year=shift.day.year, day__month=shift.day.month)
        held = Shift.objects.filter(month, person=person).exclude(pk__in=gone).count()
        if held >= person.most:
            found.append("most")
    return found


def worded(why: str, person: DutyPerson, shift: Shift) -> Text:
    """A conflict as a sentence."""
    hours = scheme_of(shift.office_id).rest_hours if why == "rest" else 0
    return WORDS[why] % {"name": person.name, "hours": hours, "most": person.most}
