"""Enrol the second factor, print new recovery codes, reset a lost one (row 4; GB/T 22239 4.1d)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.accounts import codes, rules
from luoshi.foundation.accounts.domain.sessions import end_sessions
from luoshi.foundation.accounts.models import RecoveryCode, SecondFactor, User
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused


def begin_enrolment(*, user: User, actor: Actor, at: datetime) -> SecondFactor:
    """Make a seed that waits for its first code; the factor in use stays in use until then."""
    ensure(rules.may_enrol(actor, user))
    with acting(actor=actor, at=at):
        factor, _made = SecondFactor.objects.update_or_create(
            user=user, defaults={"pending_seed": codes.new_seed(), "began_at": at}
        )
        record("accounts.factor_begun", actor=actor, at=at, obj=user)
    return factor


def confirm_enrolment(
    *, user: User, code: str, actor: Actor, at: datetime, clock: datetime, session_key: str = ""
) -> list[str]:
    """Take the waiting seed into use with its first code; returns ten recovery codes, shown once.
    Ends the person's other sessions. `clock` is the instant authenticators show. Refused: nothing
    waits; a code that does not fit."""
    ensure(rules.may_enrol(actor, user))
    with acting(actor=actor, at=at):
        factor = SecondFactor.objects.select_for_update().filter(user=user).first()
        if factor is None or not factor.pending_seed:
            raise Refused(_("Not enrolled."), _("Begin the set-up first."), code="not-begun")
        step = codes.matching_step(factor.pending_seed, codes.plain(code), at=clock, after=0)
        if step is None:
            raise Invalid(
                _("Not enrolled."),
                {"code": [_("The code does not fit. Check the clock of the device.")]},
            )
        factor.seed, factor.pending_seed, factor.last_step = factor.pending_seed, "", step
        factor.save(update_fields=("seed", "pending_seed", "last_step"))
        user.factor_since = at
        user.save(update_fields=("factor_since",))
        end_sessions(user, but=session_key)
        record("accounts.factor_enrolled", actor=actor, at=at, obj=user)
        return renew(user)


def renew(user: User) -> list[str]:
    """Replace the person's recovery codes."""
    user.recovery_codes.all().delete()
    made = codes.new_recovery_codes()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, hash=codes.hashed(code)) for code in made
    )
    return made


def reset_factor(*, user: User, reason: str, actor: Actor, at: datetime) -> None:
    """Take a lost factor away and end the person's sessions: the security administrator, never for
    oneself; the last one is helped at the machine (`luoshi rescue`)."""
    ensure(rules.may_activate(actor, user))
    if not reason.strip():
        raise Invalid(_("Not reset."), {"reason": [_("Give the reason.")]})
    with acting(actor=actor, at=at):
        SecondFactor.objects.filter(user=user).delete()
        user.recovery_codes.all().delete()
        user.factor_since = None
        user.save(update_fields=("factor_since",))
        end_sessions(user)
        record("accounts.factor_reset", actor=actor, at=at, obj=user, after={"reason": reason})
