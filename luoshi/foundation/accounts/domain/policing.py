"""The access policy: who needs a second factor, which password rules hold (rows 2 and 4)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.accounts import rules
from luoshi.foundation.accounts.enums import FactorFrom, PasswordProfile
from luoshi.foundation.accounts.models import AccessPolicy
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid


def policy() -> AccessPolicy:
    """The policy in force; the defaults where nobody decided."""
    return AccessPolicy.objects.first() or AccessPolicy()


def set_policy(
    *, second_factor_from: str, password_profile: str, actor: Actor, at: datetime
) -> AccessPolicy:
    """Decide the policy; it holds from each person's next request. Refused: unknown words."""
    ensure(rules.may_set_policy(actor))
    if (
        second_factor_from not in FactorFrom.values
        or password_profile not in PasswordProfile.values
    ):
        raise Invalid(_("Not saved."), {"": [_("Choose one of the listed values.")]})
    with acting(actor=actor, at=at):
        before = policy()
        row, _made = AccessPolicy.objects.update_or_create(
            pk=1,
            defaults={
                "second_factor_from": second_factor_from,
                "password_profile": password_profile,
            },
        )
        record(
            "accounts.policy_changed",
            actor=actor,
            at=at,
            object_kind="policy",
            object_id="access",
            before={"policy": str(before)},
            after={"policy": str(row)},
        )
    return row
