"""What the trail calls the acts of this room."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.registry import register

ACTIONS = {
    "lessons.linked": _("Name linked to a unit"),
    "lessons.declined": _("Name declined as a unit"),
    "lessons.offered": _("Decision on a name taken back"),
    "lessons.inherited": _("Lessons of a merged unit handed to its successor"),
    "lessons.taught": _("Expression taught"),
    "lessons.ignored": _("Expression set aside"),
    "lessons.reopened": _("Decision on an expression taken back"),
    "lessons.training_asked": _("Retraining asked for"),
    "lessons.trained": _("Retrained weights kept"),
    "lessons.training_refused": _("Retrained weights refused"),
    "lessons.chosen": _("Version of the weights chosen"),
    "lessons.exported": _("Expressions exported without names"),
}


def register_actions() -> None:
    """Called once when the app is ready."""
    for action, label in ACTIONS.items():
        register(action=action, label=label, erasure="detail")
