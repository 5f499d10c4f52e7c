"""Password rules of the profile `dengbao3` (GB/T 22239 4.1a): ≥ 10 characters, 3 of 4 classes,
the last five refused, words of the user refused, at most 128 long."""

import string

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from luoshi.foundation.accounts.models import User

MINIMUM, MAXIMUM, CLASSES, HISTORY = 10, 128, 3, 5


class DengbaoValidator:
    """Django password validator for the profile."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise `ValidationError` with the sentence that helps."""
        if not MINIMUM <= len(password) <= MAXIMUM:
            raise ValidationError(_("Use 10 to 128 characters."), code="password_length")
        kinds = (string.ascii_lowercase, string.ascii_uppercase, string.digits)
        found = sum(any(c in kind for c in password) for kind in kinds)
        found += any(not (c.isascii() and c.isalnum()) for c in password)
        if found < CLASSES:
            raise ValidationError(
                _("Use three of: small letters, capitals, digits, other characters."),
                code="password_classes",
            )
        if user is not None and user.username and user.username.lower() in password.lower():
            raise ValidationError(_("Do not use your user name in it."), code="password_name")
        if user is not None and used_before(user, password):
            raise ValidationError(
                _("This is one of your last five passwords."), code="password_used"
            )

    def get_help_text(self) -> str:
        """The rule in one line."""
        return _("At least 10 characters of three kinds; not one of your last five passwords.")


def used_before(user: User, password: str) -> bool:
    """Whether the password is the current one or among the last five."""
    if user.pk is None or user._state.adding:
        return False
    former = user.former_passwords.order_by("-replaced_at").values_list("hash", flat=True)
    return any(check_password(password, old) for old in [user.password, *former[:HISTORY]] if old)
