"""People who sign in: one person, one account; the user name never changes.

Verbs: `domain.opening` (create, activate, suspend), `domain.passwords`, `domain.enrolling` and
`domain.proving` (second factor), `domain.policing`, `domain.submissions`.
"""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from luoshi.foundation.accounts.enums import (
    AccountState,
    FactorFrom,
    PasswordProfile,
    Theme,
)
from luoshi.foundation.accounts.sealing import SealedField


class UserManager(BaseUserManager["User"]):
    """Look-up by the natural key; accounts are made by `domain.opening` only."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """User names are compared exactly."""
        return self.get(username=username)


class User(AbstractBaseUser):
    """A person. Rights come from appointments, never from flags here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=40, unique=True)
    full_name = models.CharField(max_length=60)
    sort_key = models.CharField(max_length=120, db_index=True)
    phone = SealedField(max_length=40, blank=True)
    state = models.CharField(
        max_length=10, choices=AccountState.choices, default=AccountState.INACTIVE
    )
    must_change_password = models.BooleanField(default=True)
    password_changed_at = models.DateTimeField(null=True)
    factor_since = models.DateTimeField(null=True)
    language = models.CharField(max_length=8, blank=True)
    theme = models.CharField(max_length=5, choices=Theme.choices, default=Theme.AUTO)
    single_keys = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        ordering = ("sort_key", "username")

    def __str__(self) -> str:
        return self.full_name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Django's question, answered from the state."""
        return self.state == AccountState.ACTIVE


class FormerPassword(models.Model):
    """Hashes of earlier passwords; the last five are refused (security row 2)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="former_passwords")
    hash = models.CharField(max_length=256)
    replaced_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.user_id)


class SecondFactor(models.Model):
    """A person's authenticator: the seed in use and one that waits for its first code, both sealed.
    `last_step` is the step of the last code taken, so that no code works twice (row 4)."""

    user = models.OneToOneField(
        User, models.CASCADE, primary_key=True, related_name="second_factor"
    )
    seed = SealedField(blank=True)
    pending_seed = SealedField(blank=True)
    last_step = models.BigIntegerField(default=0)
    began_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.user_id)


class RecoveryCode(models.Model):
    """The hash of a code that stands in for the authenticator once (row 18)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user", "hash"), name="accounts_recovery_code_once"),
        )

    def __str__(self) -> str:
        return str(self.user_id)


class AccessPolicy(models.Model):
    """What the security administrator decided for all accounts; one row, made when first changed.
    Verb: `domain.policing`."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    second_factor_from = models.CharField(
        max_length=10, choices=FactorFrom.choices, default=FactorFrom.CITY
    )
    password_profile = models.CharField(
        max_length=10, choices=PasswordProfile.choices, default=PasswordProfile.DENGBAO3
    )

    def __str__(self) -> str:
        return f"{self.second_factor_from} {self.password_profile}"


class SignIn(models.Model):
    """A session that is open now: whose it is, since when, from where (security row 5)."""

    session_key = models.CharField(primary_key=True, max_length=40)
    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins")
    began_at = models.DateTimeField()
    address = models.CharField(max_length=45, blank=True)

    class Meta:
        ordering = ("-began_at",)

    def __str__(self) -> str:
        return f"{self.user_id} {self.began_at}"


class SubmissionKey(models.Model):
    """A form's random key: a second POST with it gets the first result (security.md 5, rule 8)."""

    key = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    route = models.CharField(max_length=120)
    location = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key)


class UseCounter(models.Model):
    """Uses of one thing by one account or token in the running minute; `domain.throttling`."""

    key = models.CharField(primary_key=True, max_length=80)
    window_start = models.DateTimeField()
    uses = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.key


class Installation(models.Model):
    """The start of an empty site: its one-time code as a hash, and what has been done of the six
    steps that the facts do not show (security row 8)."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    code_hash = models.CharField(max_length=64, blank=True)
    expires_at = models.DateTimeField()
    calendar_checked_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return "installation"


class DatabaseNature(models.Model):
    """Whether this database is a demo: written once, never changed (security.md 3, demo)."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    demo = models.BooleanField(default=False)
    demo_day = models.DateField(null=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return "demo" if self.demo else "office"
