"""Telephone numbers: masked for everybody, shown in full as a recorded act (row 23)."""

from datetime import datetime

from luoshi.foundation.accounts import rules
from luoshi.foundation.accounts.models import User
from luoshi.foundation.accounts.sealing import opened
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure

SHOWN_HEAD, SHOWN_TAIL = 3, 4


def masked(number: str) -> str:
    """138****1234; a short number keeps only its last two digits."""
    if not opened(number):
        return "****"
    if len(number) <= SHOWN_HEAD + SHOWN_TAIL:
        return "****" + number[-2:] if number else ""
    return number[:SHOWN_HEAD] + "****" + number[-SHOWN_TAIL:]


def reveal_phone(*, user: User, actor: Actor, at: datetime) -> str:
    """The number in full; who asked is in the trail."""
    ensure(rules.may_reveal(actor))
    with acting(actor=actor, at=at):
        record("accounts.phone_revealed", actor=actor, at=at, obj=user)
    return user.phone
