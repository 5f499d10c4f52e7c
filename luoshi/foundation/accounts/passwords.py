"""Password rules of two profiles (row 2).

`dengbao3` (GB/T 22239 4.1a): ≥ 10 characters, 3 of 4 classes, changed every 90 days, the last five
refused. `asvs` (OWASP ASVS 5.0.0, 6.2): ≥ 15 characters, no classes, no forced change. Both: at
most 128 characters, words of the office and of the user refused, common passwords refused.
"""

import string
from dataclasses import dataclass

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.foundation.accounts.domain.policing import policy
from luoshi.foundation.accounts.enums import PasswordProfile
from luoshi.foundation.accounts.models import User

MAXIMUM, SHORTEST_WORD = 128, 4
OFFICE_WORDS = ("luoshi", "落实", "ducha", "duban", "督查", "督办", "shiwei", "zhengfu", "dangwei")


@dataclass(frozen=True)
class Profile:
    """Least length, least number of character classes, refused former passwords."""

    minimum: int
    classes: int
    history: int
    help: object


PROFILES = {
    PasswordProfile.DENGBAO3: Profile(
        10,
        3,
        5,
        gettext_lazy("At least 10 characters of three kinds; not one of your last five passwords."),
    ),
    PasswordProfile.ASVS: Profile(
        15, 0, 0, gettext_lazy("At least 15 characters; several words make a good password.")
    ),
}


def profile() -> Profile:
    """The profile in force."""
    return PROFILES[PasswordProfile(policy().password_profile)]


class ProfileValidator:
    """Django password validator for the profile in force."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise `ValidationError` with the sentence that helps."""
        rules = profile()
        if not rules.minimum <= len(password) <= MAXIMUM:
            raise ValidationError(
                _("Use %(least)d to %(most)d characters.")
                % {"least": rules.minimum, "most": MAXIMUM},
                code="password_length",
            )
        if classes(password) < rules.classes:
            raise ValidationError(
                _("Use three of: small letters, capitals, digits, other characters."),
                code="password_classes",
            )
        if repeated(password):
            raise ValidationError(_("Do not repeat one short piece."), code="password_repeated")
        if any(word in password.lower() for word in own_words(user)):
            raise ValidationError(
                _("Do not use your name, your user name or a word of the office in it."),
                code="password_name",
            )
        if user is not None and used_before(user, password, rules.history):
            raise ValidationError(
                _("This is one of your last five passwords."), code="password_used"
            )

    def get_help_text(self) -> str:
        """The rule in one line."""
        return str(profile().help)


def classes(password: str) -> int:
    """How many of four kinds of characters there are."""
    kinds = (string.ascii_lowercase, string.ascii_uppercase, string.digits)
    found = sum(any(c in kind for c in password) for kind in kinds)
    return found + any(not (c.isascii() and c.isalnum()) for c in password)


def repeated(password: str) -> bool:
    """Whether it is one piece said again and again, which no list of common words catches."""
    return password in (password + password)[1:-1]


def own_words(user: User | None) -> list[str]:
    """Words of the office and of the user, in small letters; short ones would hit by chance."""
    if user is None:
        return list(OFFICE_WORDS)
    pinyin = user.sort_key.replace(" ", "").lower()
    latin = [word for word in (user.username.lower(), pinyin) if len(word) >= SHORTEST_WORD]
    return [*OFFICE_WORDS, *latin, *([user.full_name.lower()] if user.full_name else [])]


def used_before(user: User, password: str, history: int) -> bool:
    """Whether the password is the current one or among the last `history`."""
    if user.pk is None or user._state.adding:
        return False
    former = user.former_passwords.order_by("-replaced_at").values_list("hash", flat=True)
    return any(check_password(password, old) for old in [user.password, *former[:history]] if old)
