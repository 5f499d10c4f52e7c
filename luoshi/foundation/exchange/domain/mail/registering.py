"""The kinds of the exchange itself: verdicts and receipts, recalls, keys, and what a restored node
and its neighbours say."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.foundation.exchange.domain.anchoring import keeping, sending
from luoshi.foundation.exchange.domain.dispatch import heeding, withdrawing
from luoshi.foundation.exchange.domain.mail import key_news, returning, verdicts
from luoshi.foundation.exchange.kinds import Kind, register


def register_control() -> None:
    """Called once all apps are ready."""
    register(
        Kind(
            verdicts.NAME,
            verdicts.VERSION,
            _("Receiver's verdict"),
            verdicts.heed,
            control=True,
            answered=False,
        )
    )
    register(Kind(returning.HOLDINGS, 1, _("Holdings"), returning.send_rest, control=True))
    register(Kind(returning.RETURN, 1, _("Returned envelope"), returning.take_back, control=True))
    register(Kind(key_news.NAME, 1, _("Keys of a node"), key_news.take_news, control=True))
    register(
        Kind(heeding.NAME, 1, pgettext_lazy("kind", "Receipt"), heeding.take_receipt, control=True)
    )
    register(
        Kind(
            withdrawing.NAME,
            1,
            pgettext_lazy("kind", "Recall"),
            withdrawing.take_recall,
            control=True,
        )
    )
    for name, label, receive in (
        (sending.CHECKPOINT, _("Checkpoint of a trail"), keeping.keep_head),
        (sending.COUNTERSIGN, _("Countersignature"), sending.heed_countersign),
        (keeping.WANTED, _("Question for kept heads"), keeping.give_heads),
        (keeping.HEADS, _("Kept heads of a trail"), keeping.take_heads),
    ):
        register(Kind(name, 1, label, receive, control=True))
