"""API tokens: issued by the security administrator, shown once, kept as a hash."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.accounts.enums import AccountState
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations import rules
from luoshi.foundation.organizations.domain.queries.sight import place
from luoshi.foundation.organizations.models import ApiToken, Appointment

SCOPES = ("matters:read", "matters:write", "reports:read", "reports:write")
LONGEST = timedelta(days=366)


def hashed(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def issue_token(
    *,
    appointment: Appointment,
    name: str,
    scopes: Sequence[str],
    expires_at: datetime,
    actor: Actor,
    at: datetime,
) -> tuple[ApiToken, str]:
    """Make a token; returns the row and the secret, which is never shown again."""
    ensure(rules.may_grant(actor, appointment.person))
    if not scopes or set(scopes) - set(SCOPES):
        raise Invalid(_("Not issued."), {"scopes": [_("Choose among the listed scopes.")]})
    if not at < expires_at <= at + LONGEST:
        raise Invalid(_("Not issued."), {"expires_at": [_("At most one year from now.")]})
    secret = "luoshi_" + secrets.token_urlsafe(32)
    with acting(actor=actor, at=at):
        token = ApiToken.objects.create(
            appointment=appointment,
            name=name.strip()[:60],
            prefix=secret[:12],
            hash=hashed(secret),
            scopes=sorted(set(scopes)),
            made_at=at,
            expires_at=expires_at,
        )
        record(
            "organizations.token_issued", actor=actor, at=at, obj=token, after={"scopes": scopes}
        )
    return token, secret


def revoke_token(*, token: ApiToken, actor: Actor, at: datetime) -> ApiToken:
    """End a token at once; revoking twice changes nothing."""
    ensure(rules.may_grant(actor, token.appointment.person))
    if token.revoked_at is not None:
        return token
    with acting(actor=actor, at=at):
        token.revoked_at = at
        token.save(update_fields=("revoked_at",))
        record("organizations.token_revoked", actor=actor, at=at, obj=token)
    return token


def actor_for(secret: str, *, at: datetime, address: str = "", request: str = "") -> Actor | None:
    """The actor a valid token stands for; None for unknown, expired or revoked ones, and when the
    person no longer holds the post."""
    on = office_date(at)
    held = Q(appointment__ends_on=None) | Q(appointment__ends_on__gte=on)
    rows = ApiToken.objects.select_related("appointment__person", "appointment__post__unit")
    token = rows.filter(
        held,
        hash=hashed(secret),
        revoked_at=None,
        expires_at__gt=at,
        appointment__starts_on__lte=on,
        appointment__person__state=AccountState.ACTIVE,
        appointment__post__unit__is_active=True,
    ).first()
    if token is None:
        return None
    appointment = token.appointment
    unit = appointment.post.unit
    return Actor(
        kind="person",
        person_id=appointment.person_id,
        person_name=appointment.person.full_name,
        username=appointment.person.username,
        appointment_id=appointment.pk,
        role=appointment.post.role,
        unit_id=unit.pk,
        unit_name=str(unit),
        place=place(unit),
        via="api",
        token_id=token.pk,
        scopes=frozenset(token.scopes),
        address=address,
        request_id=request,
    )
