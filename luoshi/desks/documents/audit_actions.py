"""What the trail calls the acts of this room; sending, receipts and recalls are the exchange's."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.registry import register

ACTIONS = {
    "documents.urged": _("Units urged to sign for a document"),
    "documents.passed_on": _("Document passed on"),
    "documents.ordered": _("Standing order to pass documents on"),
    "documents.order_ended": _("Standing order ended"),
    "documents.reminded": _("Reminder to sign for a document received"),
}


def register_actions() -> None:
    """Called once when the app is ready."""
    for action, label in ACTIONS.items():
        register(action=action, label=label, link="documents:board", erasure="detail")
