"""Which suites sign here and which are accepted, and whose key is good at an instant."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from luoshi.foundation.exchange.envelopes.refusing import Reason, Unacceptable


@dataclass(frozen=True)
class Policy:
    """`signing`: every envelope carries a signature of each; `accepted`: one good signature of one
    of these is enough."""

    signing: tuple[str, ...] = ("SM2-SM3",)
    accepted: frozenset[str] = frozenset({"SM2-SM3", "ED25519-SHA256"})


@dataclass(frozen=True)
class SigningKey:
    """One of our own keys with both halves."""

    suite: str
    id: str
    private: bytes
    public: bytes

    def __repr__(self) -> str:
        return f"SigningKey({self.suite}, {self.id[:8]}…)"


@dataclass(frozen=True)
class KnownKey:
    """A neighbour's public key. Good for envelopes signed from `since` until `until` (empty: no
    end); a revoked key is good for none, whenever they say they were signed."""

    suite: str
    public: bytes
    since: datetime
    until: datetime | None = None
    revoked: bool = False

    def refuse_unless_good(self, at: datetime) -> None:
        """Refuse an envelope that says it was signed at this instant."""
        if self.revoked:
            raise Unacceptable(Reason.REVOKED_KEY)
        if at < self.since or (self.until is not None and at >= self.until):
            raise Unacceptable(Reason.EXPIRED_KEY)


# (node code, key id) → the key, or None when it is not one of that node's
Lookup = Callable[[str, str], KnownKey | None]
