"""API tokens: issued by the security administrator, shown once, kept as a hash."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.accounts.enums import AccountState
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.questions import Question
from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations import rules
from luoshi.foundation.organizations.domain.queries.sight import place
from luoshi.foundation.organizations.models import ApiToken, Appointment

SCOPES = ("matters:read", "matters:write", "reports:read", "reports:write")
# stand in for those of a call
SOME_HASH, SOME_INSTANT, SOME_DAY = "hash", datetime(1900, 1, 1, tzinfo=UTC), date(1900, 1, 1)
PLACE = ("path", "seat_path", "level", "system")
READ = (
    *("scopes", "appointment__person__full_name", "appointment__person__username"),
    "appointment__post__role",
    *(f"appointment__post__unit__{name}" for name in ("name", "short_name", *PLACE)),
)
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


@cache
def token_in_force() -> Question:
    """The question of `actor_for` about some token: every call of the API asks it."""
    held = Q(appointment__ends_on=None) | Q(appointment__ends_on__gte=SOME_DAY)
    rows = ApiToken.objects.filter(
        held,
        hash=SOME_HASH,
        revoked_at=None,
        expires_at__gt=SOME_INSTANT,
        appointment__starts_on__lte=SOME_DAY,
        appointment__person__state=AccountState.ACTIVE,
        appointment__post__unit__is_active=True,
    )
    rows = rows.select_related("appointment__person", "appointment__post__unit")
    return Question(rows.only(*READ).order_by("pk")[:1])


def actor_for(secret: str, *, at: datetime, address: str = "", request: str = "") -> Actor | None:
    """The actor a valid token stands for; None for unknown, expired or revoked ones, and when the
    person no longer holds the post."""
    given = {SOME_HASH: hashed(secret), SOME_INSTANT: at, SOME_DAY: office_date(at)}
    token = next(iter(token_in_force().ask(given)), None)
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
