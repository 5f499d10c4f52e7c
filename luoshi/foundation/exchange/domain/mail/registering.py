"""The kinds of the exchange itself: verdicts, and what a restored node and its neighbours say."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.exchange.domain.mail import key_news, returning, verdicts
from luoshi.foundation.exchange.kinds import Kind, register


def register_control() -> None:
    """Called once all apps are ready."""
    register(
        Kind(verdicts.NAME, 1, _("Receiver's verdict"), verdicts.heed, control=True, answered=False)
    )
    register(Kind(returning.HOLDINGS, 1, _("Holdings"), returning.send_rest, control=True))
    register(Kind(returning.RETURN, 1, _("Returned envelope"), returning.take_back, control=True))
    register(Kind(key_news.NAME, 1, _("Keys of a node"), key_news.take_news, control=True))
