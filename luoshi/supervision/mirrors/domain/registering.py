"""The kinds of supervision that travel between levels (features row 50): the office's word goes
down, the units' word goes up; the name says what happened, the content is always the whole word."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.exchange.enums import Way
from luoshi.foundation.exchange.kinds import Kind, register
from luoshi.supervision.mirrors.domain.adopting import take_office_word
from luoshi.supervision.mirrors.domain.hearing import take_unit_word
from luoshi.supervision.mirrors.domain.reentering import reenter_office_word, reenter_unit_word

OFFICE = {
    "slip": _("Assignment slip"),
    "change": _("Change of a matter"),
    "review": _("Decision on a report"),
    "extension": _("Decision on an extension"),
    "objection-answer": _("Answer to an objection"),
    "stop": _("Clock stop"),
    "resumption": _("Clock runs again"),
    "conclusion": _("Conclusion"),
    "reopening": _("Reopening"),
    "revocation": _("Revocation"),
    "urge": _("Urge"),
}
UNIT = {
    "signing": _("Signing for a slip"),
    "report": _("Report with its files"),
    "correction": _("Correction of a report"),
    "opinion": _("Joint opinion"),
    "objection": _("Objection to an assignment"),
    "request": _("Request of a unit"),
    "stale": _("Figures corrected below"),
    "word": _("State of a share"),
}
DOWN, UP = frozenset({Way.DOWN}), frozenset({Way.UP})


def register_kinds() -> None:
    """Called once all apps are ready."""
    for name, label in OFFICE.items():
        kind = Kind(f"matters.{name}", 1, label, take_office_word, DOWN)
        register(kind.entered_by(reenter_office_word))
    for name, label in UNIT.items():
        kind = Kind(f"matters.{name}", 1, label, take_unit_word, UP)
        register(kind.entered_by(reenter_unit_word))
