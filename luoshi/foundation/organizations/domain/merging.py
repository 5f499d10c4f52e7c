"""Merge a unit into its successor (机构合并): the successor answers for what is open.

Changes: the unit is closed and hangs under its successor with what hung under it, so that the
successor's people read its papers; its names become the successor's other names; a `UnitMerger` row
says who, when and on what basis; rooms above hand over what they keep open (`succession`). Posts of
a closed unit give no rights: the security administrator appoints its people anew. Refused: no
basis, a unit with itself, into its own subordinate, closed units, a unit whose posts hold one of
the three officers, and whatever an heir refuses.
"""

from datetime import datetime

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.accounts.domain.sessions import end_sessions
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations import rules
from luoshi.foundation.organizations.domain.queries.holders import current
from luoshi.foundation.organizations.domain.seating import seat_paths
from luoshi.foundation.organizations.enums import OFFICER_CLASS
from luoshi.foundation.organizations.models import CollectiveName, Unit, UnitAlias, UnitMerger
from luoshi.foundation.organizations.signals import tree_changed
from luoshi.foundation.organizations.succession import HEIRS


def merge_unit(*, unit: Unit, into: Unit, basis: str, actor: Actor, at: datetime) -> UnitMerger:
    """Close `unit`; `into` goes on with everything it owed."""
    ensure(rules.may_change_units(actor))
    with acting(actor=actor, at=at):
        unit, into = both_locked(unit, into)
        refuse_unfit(unit, into, basis.strip())
        refuse_officers(unit, at)
        for heir in HEIRS:
            heir(unit=unit, into=into, actor=actor, at=at)
        for held in current(office_date(at)).filter(post__unit=unit):
            end_sessions(held.person)
        unit.is_active = False
        unit.save(update_fields=("is_active",))
        hang_under(unit, into)
        give_names(unit, into)
        row = UnitMerger.objects.create(
            unit=unit,
            into=into,
            basis=basis.strip(),
            merged_by_name=actor.person_name,
            merged_at=at,
        )
        after = {"into": into.name, "basis": row.basis}
        before = {"unit": unit.name, "code": unit.code}
        record("organizations.merged", actor=actor, at=at, obj=unit, before=before, after=after)
    return row


def both_locked(unit: Unit, into: Unit) -> tuple[Unit, Unit]:
    """The two rows, locked in one order; rows that only refer to them do not wait."""
    rows = Unit.objects.select_for_update(no_key=True, of=("self",)).order_by("pk")
    found = {row.pk: row for row in rows.filter(pk__in=(unit.pk, into.pk))}
    return found[unit.pk], found[into.pk]


def refuse_unfit(unit: Unit, into: Unit, basis: str) -> None:
    """Refuse what is no merger."""
    errors = too_long(UnitMerger, {"basis": basis})
    if not basis:
        errors["basis"] = [_("Name the document this rests on.")]
    if not unit.is_active:
        errors["unit"] = [_("This unit is closed already.")]
    if not into.is_active:
        errors["into"] = [_("The successor is closed; name the unit that works now.")]
    elif unit.pk == into.pk:
        errors["into"] = [_("Two different units are needed.")]
    elif into.path.startswith(unit.path):
        errors["into"] = [_("A unit does not go into one of its own subordinate units.")]
    if errors:
        raise Invalid(_("Unit not merged."), errors)


def refuse_officers(unit: Unit, at: datetime) -> None:
    """The three officers' posts would end with the unit: they are appointed elsewhere first."""
    if current(office_date(at)).filter(post__unit=unit, post__role__in=OFFICER_CLASS).exists():
        raise Refused(
            _("Not merged: administrators or auditors hold their posts in this unit."),
            _("Their posts would end with it."),
            next_steps=(_("Appoint them in another unit first."),),
            source="GB/T 22239 5.1",
            code="officers-posts",
        )


def hang_under(unit: Unit, into: Unit) -> None:
    """The closed unit and its branch under the successor; territories and marks of sight follow."""
    old, new = unit.path, f"{into.path}{unit.code}/"
    branch = Unit.objects.filter(path__startswith=old)
    moved = list(branch.values_list("pk", flat=True))
    Unit.objects.filter(pk=unit.pk).update(parent=into)
    branch.update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)))
    rows = list(Unit.objects.all())
    seats = seat_paths(rows)
    changed = [row for row in rows if row.seat_path != seats[row.code]]
    for row in changed:
        row.seat_path = seats[row.code]
    Unit.objects.bulk_update(changed, ("seat_path",), batch_size=200)
    unit.refresh_from_db()
    tree_changed.send(sender=None, units=[*moved, *(row.pk for row in changed)])


def give_names(unit: Unit, into: Unit) -> None:
    """Old papers name the old unit: its names lead to the successor, alone and in collectives."""
    UnitAlias.objects.filter(unit=unit).update(unit=into)
    for name in {unit.name, unit.short_name}:
        UnitAlias.objects.update_or_create(name=name, defaults={"unit": into})
    for group in CollectiveName.objects.filter(members=unit):
        group.members.remove(unit)
        group.members.add(into)
