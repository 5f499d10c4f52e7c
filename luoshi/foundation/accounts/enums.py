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


class FactorFrom(models.TextChoices):
    """From which level of the unit on a post needs a second factor; officers and leaders always
    do (row 4)."""

    NEVER = "never", _("Never (officers and leaders only)")
    PROVINCE = "province", _("Province")
    CITY = "city", _("City and above")
    COUNTY = "county", _("County and above")
    TOWNSHIP = "township", _("Everybody")


class PasswordProfile(models.TextChoices):
    """The two sets of password rules (row 2)."""

    DENGBAO3 = "dengbao3", _("GB/T 22239 level 3")
    ASVS = "asvs", _("OWASP ASVS level 2")
