"""What the trail calls the acts of this room."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.registry import register

ACTIONS = {
    "commitments.undertaken": _("Recurring commitment undertaken"),
    "commitments.changed": _("Recurring commitment changed"),
    "commitments.ended": _("Recurring commitment ended"),
    "commitments.redated": _("Limits of a commitment moved with the calendar"),
    "commitments.came": _("Occurrences of a commitment came near"),
}
OCCURRENCES = {
    "commitments.kept": _("Occurrence of a commitment kept"),
    "commitments.excused": _("Occurrence of a commitment excused"),
}


def register_actions() -> None:
    """Called once when the app is ready."""
    for action, label in ACTIONS.items():
        register(action=action, label=label, link="commitments:commitment", erasure="detail")
    for action, label in OCCURRENCES.items():
        register(action=action, label=label, link="commitments:occurrence", erasure="detail")
