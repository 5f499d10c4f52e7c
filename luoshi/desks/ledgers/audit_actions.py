"""What the trail calls the acts of this room."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.registry import register

ACTIONS = {
    "ledgers.uploaded": _("Ledger uploaded"),
    "ledgers.matched": _("Columns of the ledger matched"),
    "ledgers.edited": _("Row of the ledger corrected"),
    "ledgers.skipped": _("Rows of the ledger left out"),
    "ledgers.confirmed": _("Ledger confirmed"),
    "ledgers.written": _("Ledger taken over"),
    "ledgers.assigned": _("Matters of the ledger assigned"),
    "ledgers.undone": _("Import undone"),
}


def register_actions() -> None:
    """Called once when the app is ready."""
    for action, label in ACTIONS.items():
        register(action=action, label=label, link="ledgers:ledger", erasure="detail")
    taken = _("Taken over from a ledger")
    register(action="ledgers.taken", label=taken, link="matters:matter", erasure="detail")
