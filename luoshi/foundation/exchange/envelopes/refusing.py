"""Why an envelope is not accepted: a code that machines read and the sender is told."""

from enum import StrEnum


class Reason(StrEnum):
    """Stable across versions and languages; `luoshi.foundation.exchange.enums` words them."""

    TOO_LARGE = "too-large"
    MALFORMED = "malformed"
    UNKNOWN_VERSION = "unknown-version"
    BAD_NAME = "bad-name"
    GRADED = "graded"
    UNSIGNED = "unsigned"
    WRONG_SIGNATURE = "wrong-signature"
    UNKNOWN_KEY = "unknown-key"
    EXPIRED_KEY = "expired-key"
    REVOKED_KEY = "revoked-key"
    WRONG_DIGEST = "wrong-digest"
    NOT_FOR_US = "not-for-us"
    UNKNOWN_SENDER = "unknown-sender"
    NOT_ALLOWED = "not-allowed"
    FOREIGN_UNIT = "foreign-unit"
    NOT_OPENED = "not-opened"
    ID_TAKEN = "id-taken"
    SEQUENCE_TAKEN = "sequence-taken"
    FORKED = "forked"
    DECLINED = "declined"


class Unacceptable(Exception):
    """The bytes are no envelope we accept; nothing was written, nothing unpacked."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail
