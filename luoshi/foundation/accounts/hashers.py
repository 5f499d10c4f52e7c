"""Argon2 at 19 MiB, t=2, p=1: strong enough, and a small machine survives a sign-in storm."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class OfficeArgon2(Argon2PasswordHasher):
    """OWASP's smaller Argon2id profile (security.md 2)."""

    time_cost = 2
    memory_cost = 19456
    parallelism = 1
