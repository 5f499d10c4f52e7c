"""The second step of sign-in as a backend, so that wrong codes count towards the same lock-out as
wrong passwords (rows 3 and 4)."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.utils import timezone

from luoshi.foundation.accounts.domain.proving import spend_code
from luoshi.foundation.accounts.domain.signing_in import person
from luoshi.foundation.accounts.models import User


class CodeBackend(ModelBackend):
    """Takes user name and code, after the password was right."""

    def authenticate(  # type: ignore[override]
        self, request: Any, username: str | None = None, code: str | None = None
    ) -> User | None:
        """The user whose code fits; None otherwise."""
        user = User.objects.filter(username=username).first()
        if user is None or code is None or not self.user_can_authenticate(user):
            return None
        right = spend_code(
            user=user, code=code, actor=person(user), at=request.now, clock=timezone.now()
        )
        return user if right else None
