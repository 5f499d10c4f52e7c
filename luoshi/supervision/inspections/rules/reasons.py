"""Reasons that several rules of this room give."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.permissions import Denied
from luoshi.foundation.core.refusals import Forbidden, Refused


def not_your_inspection(what: object) -> Denied:
    """Somebody outside the inspecting office tried an act of that office."""
    return Denied(
        Forbidden(
            str(what),
            _("Only the office that carries the inspection or raised the problem does this."),
            source="R-SUP-7",
            code="not-your-inspection",
        )
    )


def other_state(row: Any, what: object) -> Denied:
    """The act does not fit the row's state; say which state that is."""
    return Denied(
        Refused(
            str(what),
            _("Its state is now “%(state)s”.") % {"state": row.get_state_display()},
            next_steps=(_("Reload the page to see what happened."),),
            code="wrong-state",
        )
    )


def not_the_unit(what: object) -> Denied:
    """Somebody else than the unit itself tried an act of the unit."""
    return Denied(
        Forbidden(
            str(what),
            _("Only the unit concerned does this itself."),
            code="not-your-unit",
        )
    )
