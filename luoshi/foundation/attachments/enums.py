"""What is known about a file's text."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TextState(models.TextChoices):
    """Storing and reading are two questions."""

    READY = "ready", _("Searchable")
    NONE = "none", _("No text layer, not searchable")
    UNREADABLE = "unreadable", _("Cannot be read here")


class Remark(models.TextChoices):
    """Active content of a file, reported to its reader (security.md 7)."""

    MACROS = "macros", _("Holds macros")
    EMBEDDED = "embedded", _("Holds embedded files")
    LINKS = "links", _("Links to addresses outside")
    SCRIPTS = "scripts", _("Holds scripts")
    ACTIONS = "actions", _("Acts when opened")
