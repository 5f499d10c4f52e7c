"""Say which unit a name means, or that it means none; remembered for the office's next readings."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.desks.lessons import rules
from luoshi.desks.lessons.enums import NameState
from luoshi.desks.lessons.models import LearnedName
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.organizations.domain.queries.names import expand
from luoshi.foundation.organizations.models import Unit

ACTIONS = {
    NameState.LINKED: "lessons.linked",
    NameState.DECLINED: "lessons.declined",
    NameState.OFFERED: "lessons.offered",
}


def link(*, name: LearnedName, unit: Unit | None, actor: Actor, at: datetime) -> LearnedName:
    """The name means this unit. Refused: no unit, a name that the tree or a group carries by now (a
    real name is never overridden)."""
    ensure(rules.may_teach(actor, name.office_id))
    if unit is None or not unit.is_active:
        raise Invalid(_("Not linked."), {"unit": [_("Choose a unit by its name.")]})
    refuse_real(name)
    return decided(name, NameState.LINKED, unit, actor=actor, at=at)


def decline(*, name: LearnedName, actor: Actor, at: datetime) -> LearnedName:
    """The name means no unit of the tree; it is not offered again."""
    ensure(rules.may_teach(actor, name.office_id))
    return decided(name, NameState.DECLINED, None, actor=actor, at=at)


def offer_again(*, name: LearnedName, actor: Actor, at: datetime) -> LearnedName:
    """Take a decision on a name back."""
    ensure(rules.may_teach(actor, name.office_id))
    return decided(name, NameState.OFFERED, None, actor=actor, at=at)


def refuse_real(name: LearnedName) -> None:
    """A name of the tree needs no link."""
    real = expand(name.name)
    if real:
        raise Refused(
            _("Not linked: the unit tree knows this name."),
            "、".join(str(unit) for unit in real[:5]),
            next_steps=(_("Nothing to do; it is read as the tree says."),),
            code="real-name",
        )


def decided(
    name: LearnedName, state: NameState, unit: Unit | None, *, actor: Actor, at: datetime
) -> LearnedName:
    """Write the decision and its entry."""
    with acting(actor=actor, at=at):
        row = LearnedName.objects.select_for_update().get(pk=name.pk)
        before = {"state": row.state, "unit": str(row.unit_id or "")}
        row.state, row.unit = state, unit
        row.decided_by_name, row.decided_at = actor.person_name, at
        row.save()
        after = {"name": row.name, "state": row.state, "unit": str(unit or "")}
        record(ACTIONS[state], actor=actor, at=at, obj=row, before=before, after=after)
    return row
