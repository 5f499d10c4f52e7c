"""A person's own preferences; no business fact, so no trail entry."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.accounts.enums import Theme
from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.refusals import Invalid


def prefer(*, user: User, language: str, theme: str, single_keys: bool) -> User:
    """Save language, theme and the single-key switch; refuses unknown words."""
    if language not in {"", "zh-hans", "en"} or theme not in Theme.values:
        raise Invalid(_("Not saved."), {"language": [_("Choose one of the listed values.")]})
    user.language, user.theme, user.single_keys = language, theme, single_keys
    user.save(update_fields=("language", "theme", "single_keys"))
    return user
