"""Lives of this installation's database: one begins at installation and one at every restore.

The number is random: one computed from the database would repeat after two restores from one
backup (security.md 5.3).
"""

import secrets
from datetime import datetime

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.exchange.models import Incarnation


def fresh() -> str:
    """128 random bits, in hex."""
    return secrets.token_hex(16)


def begin_life(*, restored: bool, actor: Actor, at: datetime) -> Incarnation:
    """Begin a new life: what is sent from now on counts from 1 again for every neighbour."""
    with acting(actor=actor, at=at):
        life = Incarnation.objects.create(value=fresh(), began_at=at, restored=restored)
        after = {"incarnation": life.value, "restored": restored}
        record("exchange.incarnated", actor=actor, at=at, obj=life, after=after)
    return life


def current_life() -> Incarnation | None:
    """The life in force; none on a site that never exchanged."""
    return Incarnation.objects.order_by("-pk").first()
