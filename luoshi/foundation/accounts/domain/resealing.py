"""Change the field key: make a new one and seal every sealed field again with it (row 18)."""

from datetime import datetime

from luoshi.foundation.accounts import rules
from luoshi.foundation.accounts.models import SecondFactor, User
from luoshi.foundation.accounts.sealing import new_key
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure


def reseal(*, actor: Actor, at: datetime) -> tuple[str, int]:
    """Seal again with a new key in one transaction; returns its id and how many rows. The old key
    file stays: backups of before need it."""
    ensure(rules.may_reseal(actor))
    with acting(actor=actor, at=at):
        name, count = new_key(), 0
        for factor in SecondFactor.objects.select_for_update():
            factor.save(update_fields=("seed", "pending_seed"))
            count += 1
        for user in User.objects.select_for_update().exclude(phone=""):
            user.save(update_fields=("phone",))
            count += 1
        record(
            "accounts.fields_resealed",
            actor=actor,
            at=at,
            object_kind="key",
            object_id=name,
            after={"rows": count},
        )
    return name, count
