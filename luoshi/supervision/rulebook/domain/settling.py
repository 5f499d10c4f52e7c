"""Change an office's settings: by a supervision officer's chief or the secretary-general."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, ensure, rule
from luoshi.foundation.core.refusals import Forbidden, Invalid
from luoshi.foundation.organizations.enums import Role
from luoshi.supervision.rulebook.domain.queries.settings import settings_of
from luoshi.supervision.rulebook.models import OfficeSettings

RANGES = {
    "warning_workdays": (1, 20),
    "redo_workdays": (1, 30),
    "unsigned_workdays": (1, 10),
    "objection_workdays": (1, 15),
    "opinion_days": (1, 90),
}
FIELDS = ("officer_registers", "number_prefix", *RANGES)


@rule
def may_settle(actor: Actor) -> Decision:
    """The secretary-general of the office, or the installation."""
    if actor.kind == "system" or (actor.role == Role.SECRETARY_GENERAL and actor.is_person):
        return ALLOWED
    return Denied(
        Forbidden(
            _("Not changed."),
            _("The secretary-general decides the office's settings."),
            code="not-secretary-general",
        )
    )


def settle(*, office_id: Any, values: dict[str, Any], actor: Actor, at: datetime) -> OfficeSettings:
    """Set some fields of an office's settings; refuses values outside their ranges."""
    ensure(may_settle(actor))
    if actor.kind == "person" and actor.unit_id != office_id:
        raise Forbidden(_("Not changed."), _("These are another office's settings."))
    errors = {
        name: [_("From %(low)d to %(high)d.") % {"low": low, "high": high}]
        for name, (low, high) in RANGES.items()
        if name in values and not low <= values[name] <= high
    }
    if errors:
        raise Invalid(_("Not changed: a value is out of range."), errors)
    with acting(actor=actor, at=at):
        settings = settings_of(office_id)
        before = {name: getattr(settings, name) for name in FIELDS}
        for name in FIELDS:
            setattr(settings, name, values.get(name, before[name]))
        settings.save()
        after = {name: getattr(settings, name) for name in FIELDS}
        record("rulebook.settled", actor=actor, at=at, obj=settings, before=before, after=after)
    return settings
