"""Prove who one is: a code of the second factor or a recovery code, each good once (row 4), and a
fresh proof before a dangerous act (row 6)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.accounts import codes, rules
from luoshi.foundation.accounts.models import SecondFactor, User
from luoshi.foundation.accounts.sealing import opened
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid

FRESH = timedelta(minutes=10)


def spend_code(*, user: User, code: str, actor: Actor, at: datetime, clock: datetime) -> bool:
    """Use up a code; False for a wrong or used one. `clock` is the instant authenticators show."""
    ensure(rules.may_enrol(actor, user))
    word = codes.plain(code)
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update().filter(user=user).first()
        if factor is None or not factor.seed or not opened(factor.seed) or not word:
            return False
        step = codes.matching_step(factor.seed, word, at=clock, after=factor.last_step)
        if step is not None:
            factor.last_step = step
            factor.save(update_fields=("last_step",))
            return True
        unused = user.recovery_codes.filter(hash=codes.hashed(word), used_at=None)
        if not unused.update(used_at=at):
            return False
        with acting(actor=actor, at=at):
            record("accounts.recovery_code_used", actor=actor, at=at, obj=user)
        return True


def prove_again(
    *, user: User, password: str, code: str, actor: Actor, at: datetime, clock: datetime
) -> None:
    """A fresh proof: the code where a factor is enrolled, else the password. Refused: a wrong
    one."""
    ensure(rules.may_enrol(actor, user))
    if user.factor_since:
        right = spend_code(user=user, code=code, actor=actor, at=at, clock=clock)
        errors = {"code": [_("The code does not fit, or was used already.")]}
    else:
        right = user.check_password(password)
        errors = {"password": [_("The password is not right.")]}
    if not right:
        raise Invalid(_("Not confirmed."), errors)
    with acting(actor=actor, at=at):
        record("accounts.proved", actor=actor, at=at, obj=user)
