"""What the trail calls the acts of this room."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.registry import register

ACTIONS = {
    "meetings.uploaded": _("Source document uploaded"),
    "meetings.read": _("Source document read"),
    "meetings.unread": _("Source document could not be read"),
    "meetings.read_again": _("Source document to be read again"),
    "meetings.accepted": _("Draft accepted"),
    "meetings.rejected": _("Draft rejected"),
    "meetings.edited": _("Draft edited"),
    "meetings.split": _("Draft split in two"),
    "meetings.merged": _("Drafts merged"),
    "meetings.added": _("Missed obligation added"),
    "meetings.advised": _("Draft changed by the local model’s advice"),
    "meetings.undone": _("Decision undone"),
    "meetings.waived": _("Point waived"),
    "meetings.linked": _("Point linked to a draft"),
    "meetings.released": _("Point opened again"),
    "meetings.dated": _("Dates of the source set"),
    "meetings.kept": _("Unsent edit of a draft kept"),
    "meetings.dropped": _("Unsent edit of a draft dropped"),
    "meetings.submitted": _("Drafts submitted for registration"),
}


def register_actions() -> None:
    """Called once when the app is ready."""
    for action, label in ACTIONS.items():
        register(action=action, label=label, link="meetings:document", erasure="detail")
