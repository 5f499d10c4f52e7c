"""States of an account, and the preferences a person may set."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountState(models.TextChoices):
    """Created inactive, activated by a second officer (security.md 4)."""

    INACTIVE = "inactive", _("Inactive")
    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")


class Theme(models.TextChoices):
    """Appearance."""

    AUTO = "auto", _("As the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class OfficerRole(models.TextChoices):
    """The three officers, by the role words of their posts (security.md 4)."""

    SYSTEM = "system_admin", _("System administrator")
    SECURITY = "security_admin", _("Security administrator")
    AUDITOR = "auditor", _("Auditor")
