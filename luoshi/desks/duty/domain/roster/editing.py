"""Put somebody on a shift by hand, or take somebody off it; what stands against it is shown.

Changes: the shift's person, marked as set by hand; open swaps of it lapse and both are told; on a
published roster both people are told. Refused: somebody who is on another shift at that time (the
database refuses it too), who is away, not on the list or not of that post; on an approved or
published roster without a reason. Too little rest and too many shifts are shown and allowed with
a reason: at night somebody has to be there.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.desks.duty import rules
from luoshi.desks.duty.domain.queries.conflicts import HARD, against, worded
from luoshi.desks.duty.domain.roster.lapsing import lapse
from luoshi.desks.duty.domain.roster.notifying import notify
from luoshi.desks.duty.domain.roster.telling import tell_above
from luoshi.desks.duty.enums import RosterState
from luoshi.desks.duty.models import DutyPerson, Shift
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused, Text

NOT_SET = _("Not set.")


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
        whys = against(row, [person])[person.pk] if person else []
        hard = [why for why in whys if why in HARD]
        if person is not None and hard:
            raise Invalid(NOT_SET, {"person": worded(hard, person, row)})
        row.changed_reason = needed_reason(row, reason, whys, person)
        row.person, row.fixed = person, person is not None
        row.save()
        lapse([row.pk], at=at)
        if row.stands:
            notify(row, [one for one in (before, person) if one is not None], at=at)
            tell_above(row.office, [row], actor=actor, at=at)
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


def needed_reason(row: Shift, reason: str, whys: list[str], person: DutyPerson | None) -> str:
    """Why, where a reason is owed."""
    if row.roster.state == RosterState.DRAFT and not row.stands and not whys:
        return ""
    missing: Text = _("The roster is approved: say why it is changed.")
    if whys and person is not None:
        told = " ".join(map(str, worded(whys, person, row)))
        missing = _("%(told)s Say why it is set all the same.") % {"told": told}
    return fitted(Shift, "changed_reason", reason, what=NOT_SET, missing=missing, field="reason")
