"""What the trail calls the acts of this room."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.registry import register

ACTIONS = {
    "lists.drafted": _("Supervision points list drafted"),
    "lists.copied": _("List copied from last year"),
    "lists.changed": _("List changed"),
    "lists.points_added": _("Points added"),
    "lists.point_changed": _("Point changed"),
    "lists.point_removed": _("Point removed"),
    "lists.agreed": _("Joint issue agreed"),
    "lists.issued": _("List issued"),
    "lists.entered": _("Earlier list entered"),
    "lists.summary_saved": _("Summary draft saved"),
    "lists.summary_sent": _("Summary sent"),
    "lists.closed": _("List closed"),
    "lists.adopted": _("Update from another node on a list received"),
}


def register_actions() -> None:
    """Called once when the app is ready."""
    for action, label in ACTIONS.items():
        register(action=action, label=label, link="lists:list", erasure="detail")
