"""What the trail calls the acts of this room."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.registry import register

VERSION = {
    "appraisal.drafted": _("Scoring rules drafted"),
    "appraisal.changed": _("Scoring rules changed"),
}
PUBLICATION = {
    "appraisal.published": _("Ranking published"),
    "appraisal.objected": _("Objection to a score"),
    "appraisal.answered": _("Objection answered"),
}
FACT = {
    "appraisal.fact_recorded": _("Fact for the appraisal recorded"),
    "appraisal.fact_withdrawn": _("Fact for the appraisal withdrawn"),
    "appraisal.set_aside": _("Fact not counted"),
}


def register_actions() -> None:
    """Called once when the app is ready."""
    for action, label in VERSION.items():
        register(action=action, label=label, link="appraisal:version")
    for action, label in PUBLICATION.items():
        register(action=action, label=label, link="appraisal:publication")
    for action, label in FACT.items():
        register(action=action, label=label)
