"""Leave sign-in and sign-out in the trail."""

from datetime import datetime

from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor


def person(user: User, address: str = "") -> Actor:
    """The person as such, without any post."""
    return Actor(
        kind="person",
        person_id=user.pk,
        person_name=user.full_name,
        username=user.username,
        address=address,
    )


def signed_in(*, user: User, address: str, at: datetime) -> None:
    """A session began."""
    actor = person(user, address)
    with acting(actor=actor, at=at):
        record("accounts.signed_in", actor=actor, at=at, obj=user)


def signed_out(*, user: User, at: datetime) -> None:
    """A session ended."""
    actor = person(user)
    with acting(actor=actor, at=at):
        record("accounts.signed_out", actor=actor, at=at, obj=user)
